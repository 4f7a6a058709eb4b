package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * Prism header of 802.11 captures,
 * <a href="https://www.tcpdump.org/linktypes/LINKTYPE_IEEE802_11_PRISM.html">LINKTYPE_IEEE802_11_PRISM</a>, in the byte order of the
 * capturing host.
 *
 * <pre>
 *   0                    31 32                    63 64            191
 *  +-----------------------+------------------------+------------------+
 *  |      message code     |         length         | name of device   |
 *  +-----------------------+------------------------+------------------+
 * </pre>
 *
 * <p>Call {@link #check} once. After it answers {@link Verdict#OK} every accessor here stays inside the captured bytes;
 * before that their answers mean nothing.
 */
public final class Prism {
    /** Bytes of what all begin with. */
    public static final int LENGTH = 24;

    private static final int MONITOR = 0x44;
    private static final int OTHER_MONITOR = 0x41;
    private static final int LONGEST = 4096;

    private Prism() {}

    /** Does a whole, plausible header start at {@code at}, with {@code available} bytes left to the end? */
    public static Verdict check(Packet packet, int at, int available) {
        if (available < LENGTH) return Verdict.TRUNCATED;
        int length = headerLength(packet, at);
        if (!isMarked(packet, at) || length < LENGTH || length > LONGEST) return Verdict.MALFORMED;
        return available < length ? Verdict.TRUNCATED : Verdict.OK;
    }

    /** Do the first four bytes belong to such a header? */
    public static boolean isMarked(Packet packet, int at) {
        return isLittleEndian(packet, at) || isCode(packet.u32(at));
    }

    /** 0x44, or 0x41 of older drivers. */
    public static int code(Packet packet, int at) {
        return isLittleEndian(packet, at) ? packet.littleU32(at) : packet.u32(at);
    }

    /** Bytes of the whole header. */
    public static int headerLength(Packet packet, int at) {
        return isLittleEndian(packet, at) ? packet.littleU32(at + 4) : packet.u32(at + 4);
    }

    private static boolean isLittleEndian(Packet packet, int at) {
        return isCode(packet.littleU32(at));
    }

    private static boolean isCode(int value) {
        return value == MONITOR || value == OTHER_MONITOR;
    }

    /** The same fields as a value. */
    public record Header(int code, int headerLength) {}

    public static Header header(Packet packet, int at) {
        return new Header(code(packet, at), headerLength(packet, at));
    }
}
