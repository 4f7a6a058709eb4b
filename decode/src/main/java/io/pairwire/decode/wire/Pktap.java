package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * Header of captures on several interfaces of Darwin,
 * <a href="https://www.tcpdump.org/linktypes/LINKTYPE_PKTAP.html">LINKTYPE_PKTAP</a>. Little-endian.
 *
 * <pre>
 *   0              31 32             63 64             95 96             287
 *  +-----------------+-----------------+-----------------+------------------+
 *  |     length      |      type       |    link type    | name of interface|
 *  +-----------------+-----------------+-----------------+------------------+
 * </pre>
 *
 * <p>Call {@link #check} once. After it answers {@link Verdict#OK} every accessor here stays inside the captured bytes;
 * before that their answers mean nothing.
 */
public final class Pktap {
    /** Bytes of the shortest header. */
    public static final int LENGTH = 108;

    private static final int LONGEST = 4096;
    private static final int PACKET = 1;

    private Pktap() {}

    /** Does a whole, plausible header start at {@code at}, with {@code available} bytes left to the end? */
    public static Verdict check(Packet packet, int at, int available) {
        if (available < 4) return Verdict.TRUNCATED;
        int length = headerLength(packet, at);
        if (length < LENGTH || length > LONGEST) return Verdict.MALFORMED;
        return available < length ? Verdict.TRUNCATED : Verdict.OK;
    }

    /** Bytes of the whole header. */
    public static int headerLength(Packet packet, int at) {
        return packet.littleU32(at);
    }

    /** Does a packet follow? */
    public static boolean isPacket(Packet packet, int at) {
        return packet.littleU32(at + 4) == PACKET;
    }

    /** Number of the link type of what follows; see {@code LinkType}. */
    public static int linkType(Packet packet, int at) {
        return packet.littleU32(at + 8);
    }

    /** The same fields as a value. */
    public record Header(int headerLength, boolean packet, int linkType) {}

    public static Header header(Packet packet, int at) {
        return new Header(headerLength(packet, at), isPacket(packet, at), linkType(packet, at));
    }
}
