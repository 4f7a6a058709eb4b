package io.pairwire.engine.index;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.capture.index.FlowReader;
import io.pairwire.capture.index.FlowTuple;
import io.pairwire.decode.LayerDecoder;
import io.pairwire.decode.Layers;
import io.pairwire.decode.wire.Verdict;

/**
 * Flows by the outermost IP header and the transport on it. A packet is left to whoever asks, whatever he asks for, if it is
 * malformed, is cut before its ports, or comes from a link where filters look elsewhere. Not thread-safe.
 */
public final class DecodedFlows implements FlowReader {
    private final LayerDecoder decoder = new LayerDecoder();
    private final Layers layers = new Layers();

    public DecodedFlows() {}

    @Override
    public void read(Packet packet, FlowTuple into) {
        if (!isPlain(packet.linkType())) {
            into.other();
            return;
        }
        Verdict verdict = decoder.decode(packet, layers);
        boolean ports = layers.transportAt() >= 0;
        boolean sure = verdict == Verdict.OK || verdict == Verdict.TRUNCATED && ports;
        if (!sure) {
            into.other();
            return;
        }
        if (!layers.isIp()) {
            into.noIp();
            return;
        }
        boolean ipv6 = layers.ipVersion() == 6;
        into.set(
                address(ipv6, layers.sourceHigh(), layers.sourceLow()),
                ports ? layers.sourcePort() : 0,
                address(ipv6, layers.destinationHigh(), layers.destinationLow()),
                ports ? layers.destinationPort() : 0,
                layers.ipProtocol(),
                (ipv6 ? FlowTuple.IPV6 : 0) | (ports ? FlowTuple.PORTS : 0));
    }

    private static int address(boolean ipv6, long high, long low) {
        return ipv6 ? FlowTuple.fingerprint(high, low) : (int) low;
    }

    private static boolean isPlain(int linkType) {
        return switch (linkType) {
            case LinkType.ETHERNET,
                    LinkType.RAW,
                    LinkType.IPV4,
                    LinkType.IPV6,
                    LinkType.LINUX_SLL,
                    LinkType.LINUX_SLL2,
                    LinkType.NULL,
                    LinkType.LOOP -> true;
            default -> false;
        };
    }
}
