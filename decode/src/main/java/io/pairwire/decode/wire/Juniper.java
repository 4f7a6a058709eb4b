package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * Header of captures on Juniper routers, as tcpdump's {@code print-juniper} reads it.
 *
 * <pre>
 *   0                       23 24     31 32            47
 *  +---------------------------+---------+---------------+
 *  |         "MGC"             |  flags  | (length, ext.)|
 *  +---------------------------+---------+---------------+
 * </pre>
 *
 * <p>Call {@link #check} once. After it answers {@link Verdict#OK} every accessor here stays inside the captured bytes;
 * before that their answers mean nothing.
 */
public final class Juniper {
    /** Bytes of header without extension. */
    public static final int LENGTH = 4;

    private static final int MAGIC = 0x4d4743;
    private static final int NO_LINK_HEADER = 0x02;
    private static final int EXTENDED = 0x80;

    private Juniper() {}

    /** Does a whole, plausible header start at {@code at}, with {@code available} bytes left to the end? */
    public static Verdict check(Packet packet, int at, int available) {
        if (available < LENGTH) return Verdict.TRUNCATED;
        if (packet.u32(at) >>> 8 != MAGIC) return Verdict.MALFORMED;
        if ((flags(packet, at) & EXTENDED) == 0) return Verdict.OK;
        if (available < LENGTH + 2) return Verdict.TRUNCATED;
        return available < headerLength(packet, at) ? Verdict.TRUNCATED : Verdict.OK;
    }

    public static int flags(Packet packet, int at) {
        return packet.u8(at + 3);
    }

    /** 4 bytes, or 6 and those of the extension. */
    public static int headerLength(Packet packet, int at) {
        return (flags(packet, at) & EXTENDED) == 0 ? LENGTH : LENGTH + 2 + packet.u16(at + LENGTH);
    }

    /** Does the number of a protocol follow, and no link header? */
    public static boolean isWithoutLinkHeader(Packet packet, int at) {
        return (flags(packet, at) & NO_LINK_HEADER) != 0;
    }

    /** The same fields as a value. */
    public record Header(int flags, int headerLength) {}

    public static Header header(Packet packet, int at) {
        return new Header(flags(packet, at), headerLength(packet, at));
    }
}
