package io.pairwire.engine.analyse;

/**
 * What two ends said to each other on one layer. The first packet names the originator.
 *
 * @param packetsOut packets of the originator
 * @param bytesOut bytes of these on the wire, whole frames
 * @param packetsIn packets of the responder
 * @param bytesIn bytes of these
 * @param firstNanos time of the first packet; 0 if not known
 * @param lastNanos time of the last one
 * @param firstPacket number of the first packet in the capture
 * @param stream number of the TCP stream, from 0; -1 on other layers
 * @param sessions conversations of the transport in it; 1 for one of the transport
 * @param retransmissions TCP segments sent again in it
 * @param handshakeNanos from SYN to the acknowledgment that ended the handshake; 0 if not seen
 */
public record Conversation(
        TalkLayer layer,
        End originator,
        End responder,
        long packetsOut,
        long bytesOut,
        long packetsIn,
        long bytesIn,
        long firstNanos,
        long lastNanos,
        long firstPacket,
        long stream,
        long sessions,
        long retransmissions,
        long handshakeNanos) {

    /** Packets both ways. */
    public long packets() {
        return packetsOut + packetsIn;
    }

    /** Bytes both ways. */
    public long bytes() {
        return bytesOut + bytesIn;
    }
}
