package io.pairwire.engine.analyse;

import io.pairwire.capture.inspect.PacketCounts;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is in a capture.
 *
 * @param file name of the capture, as the user wrote it
 * @param end how reading it ended
 * @param counts over its packets
 * @param tcpStreams TCP connections, counted as Wireshark numbers them; -1 if nothing asked for needs them
 * @param udpStreams UDP conversations, counted in the same way
 * @param protocols the outermost protocols, most packets first, with what they carried
 * @param layers who talked, a layer each, all of them
 * @param talkers the largest addresses, by each measure
 * @param lengths of packets on the wire, bytes
 * @param gaps between a packet and the one before, nanoseconds; steps back in time are left out
 * @param handshakes from SYN to the acknowledgment that ended the handshake, nanoseconds
 * @param roundTrips from a segment to its acknowledgment, where the capture was taken, nanoseconds
 * @param findings what somebody should look at, most important first
 * @param memoryBytes the most memory its tables took
 * @param spilledBytes written to temporary files because the tables did not fit
 * @param parts what was asked for; the others are empty
 */
public record CaptureReport(
        String file,
        CaptureEnd end,
        PacketCounts counts,
        long tcpStreams,
        long udpStreams,
        TcpCounts tcp,
        List<ProtocolNode> protocols,
        List<LayerTalk> layers,
        Map<TalkMeasure, List<Endpoint>> talkers,
        TimeSeries series,
        Distribution lengths,
        Distribution gaps,
        Distribution handshakes,
        Distribution roundTrips,
        List<Finding> findings,
        long memoryBytes,
        long spilledBytes,
        Set<ReportPart> parts) {

    public CaptureReport {
        protocols = List.copyOf(protocols);
        layers = List.copyOf(layers);
        talkers = Map.copyOf(talkers);
        findings = List.copyOf(findings);
        parts = Set.copyOf(parts);
    }

    /** Who talked on that layer. */
    public LayerTalk layer(TalkLayer layer) {
        return layers.get(layer.ordinal());
    }

    /** Does it tell that? */
    public boolean tells(ReportPart part) {
        return parts.contains(part);
    }

    /** Could everything be read? */
    public boolean isWhole() {
        return end.damageCount() == 0;
    }
}
