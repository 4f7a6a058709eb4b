package io.pairwire.decode;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.decode.wire.Verdict;

/**
 * The decoder for Ethernet, 802.11, PPP, Linux cooked, raw IP and the other link types that {@code docs/protocols.md}
 * lists. Stateless: one may serve all threads.
 *
 * <p>A packet ends where its IP header says; what follows is padding. A header that does not fit is
 * {@link Verdict#TRUNCATED} if the capture cut the packet before that end, otherwise {@link Verdict#MALFORMED}. An IP
 * header that promises more than was on the wire is malformed, but the look goes on, so that ports are still found.
 */
public final class LayerDecoder implements PacketDecoder {
    /** A decoder. */
    public LayerDecoder() {}

    @Override
    public Verdict decode(Packet packet, Layers layers) {
        if (packet.linkType() == LinkType.ETHERNET && UsualFrame.decode(packet, layers)) return Verdict.OK;
        return decodeAny(packet, layers);
    }

    /** The general way: any packet, header by header. */
    static Verdict decodeAny(Packet packet, Layers layers) {
        layers.reset();
        int end = Math.max(packet.originalLength(), packet.capturedLength());
        LinkHeaders.decode(packet.linkType(), packet, layers, 0, end);
        return layers.verdict();
    }

    /** Bytes of the packet that may be read from {@code at} on; negative if it ends before. */
    static int available(Packet packet, int at, int end) {
        return Math.min(packet.capturedLength(), end) - at;
    }

    /** Notes a header that was checked; if it is none, why, and false. */
    static boolean enter(Layer kind, Verdict checked, Packet packet, Layers layers, int at, int end) {
        if (checked == Verdict.OK) {
            if (layers.add(kind, at)) return true;
            layers.fail(Verdict.TOO_DEEP, kind, at);
            return false;
        }
        boolean complete = packet.capturedLength() >= end; // then it was the sender who left something out
        int failedAt = Math.min(at, packet.capturedLength());
        layers.fail(checked == Verdict.TRUNCATED && complete ? Verdict.MALFORMED : checked, kind, failedAt);
        return false;
    }

    /** Ends with bytes of a protocol we name no further, if there are any. */
    static void other(Packet packet, Layers layers, int at, int end) {
        if (available(packet, at, end) > 0) enter(Layer.OTHER, Verdict.OK, packet, layers, at, end);
    }
}
