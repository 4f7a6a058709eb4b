package io.pairwire.examples;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.decode.Layer;
import io.pairwire.decode.LayerDecoder;
import io.pairwire.decode.Layers;
import io.pairwire.decode.PacketDecoder;
import io.pairwire.decode.wire.Verdict;

/**
 * A decoder for a switch that puts four bytes in front of every Ethernet frame: {@code ca fe} and the port. Shows how
 * to take off a header of one's own and leave the rest to ours.
 */
public final class VendorTagDecoder implements PacketDecoder {
    /** A link type that is kept free for private use. */
    public static final int LINK_TYPE = LinkType.USER0;

    private static final int TAG_LENGTH = 4;
    private static final int MAGIC = 0xcafe;

    private final PacketDecoder ethernet = new LayerDecoder();
    private final Packet rest = new Packet().linkType(LinkType.ETHERNET);

    /** The frame with such a tag in front, for port 1. */
    public static byte[] tagged(byte[] frame) {
        byte[] bytes = new byte[TAG_LENGTH + frame.length];
        bytes[0] = (byte) (MAGIC >> 8);
        bytes[1] = (byte) MAGIC;
        bytes[3] = 1;
        System.arraycopy(frame, 0, bytes, TAG_LENGTH, frame.length);
        return bytes;
    }

    @Override
    public Verdict decode(Packet packet, Layers layers) {
        if (packet.linkType() != LINK_TYPE) return refuse(Verdict.UNSUPPORTED_LINK_TYPE, layers);
        int captured = packet.capturedLength();
        int original = Math.max(captured, packet.originalLength());
        if (original < TAG_LENGTH) return refuse(Verdict.MALFORMED, layers);
        if (captured < TAG_LENGTH) return refuse(Verdict.TRUNCATED, layers); // not the sender's fault
        if (packet.u16(0) != MAGIC) return refuse(Verdict.MALFORMED, layers);
        rest.moveTo(
                packet.memory(),
                packet.start() + TAG_LENGTH,
                captured - TAG_LENGTH,
                original - TAG_LENGTH,
                packet.epochNanos());
        ethernet.decode(rest, layers);
        layers.shift(TAG_LENGTH);
        return layers.verdict();
    }

    private static Verdict refuse(Verdict reason, Layers layers) {
        layers.reset();
        layers.fail(reason, Layer.OTHER, 0);
        return reason;
    }
}
