package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * Token Ring header, IEEE 802.5 §3.2. An {@link Llc} header follows in frames of data.
 *
 * <pre>
 *   0       7 8      15 16          63 64         111 112
 *  +---------+---------+--------------+--------------+-----------------+
 *  | access  | control | destination  |    source    | (source routing)|
 *  +---------+---------+--------------+--------------+-----------------+
 * </pre>
 *
 * <p>Call {@link #check} once. After it answers {@link Verdict#OK} every accessor here stays inside the captured bytes;
 * before that their answers mean nothing.
 */
public final class TokenRing {
    /** Bytes of header without source routing. */
    public static final int LENGTH = 14;

    private static final int ROUTED = 0x80;

    private TokenRing() {}

    /** Does a whole, plausible header start at {@code at}, with {@code available} bytes left to the end? */
    public static Verdict check(Packet packet, int at, int available) {
        if (available < LENGTH) return Verdict.TRUNCATED;
        if (!isRouted(packet, at)) return Verdict.OK;
        if (available < LENGTH + 2) return Verdict.TRUNCATED;
        int length = headerLength(packet, at);
        if (length < LENGTH + 2) return Verdict.MALFORMED;
        return available < length ? Verdict.TRUNCATED : Verdict.OK;
    }

    /** 14 bytes and those of the route. */
    public static int headerLength(Packet packet, int at) {
        return isRouted(packet, at) ? LENGTH + (packet.u8(at + LENGTH) & 0x1f) : LENGTH;
    }

    public static int control(Packet packet, int at) {
        return packet.u8(at + 1);
    }

    /** MAC address, the low 48 bits. */
    public static long destination(Packet packet, int at) {
        return packet.u64(at + 2) >>> 16;
    }

    /** MAC address, the low 48 bits, without the bit that says that a route follows. */
    public static long source(Packet packet, int at) {
        return packet.u64(at + 6) & 0x7fff_ffff_ffffL;
    }

    /** Does the header go on with a route? */
    public static boolean isRouted(Packet packet, int at) {
        return (packet.u8(at + 8) & ROUTED) != 0;
    }

    /** Does an {@link Llc} header follow? */
    public static boolean isLlc(Packet packet, int at) {
        return (control(packet, at) & 0xc0) == 0x40;
    }

    /** The same fields as a value. */
    public record Header(int headerLength, int control, long destination, long source) {}

    public static Header header(Packet packet, int at) {
        return new Header(headerLength(packet, at), control(packet, at), destination(packet, at), source(packet, at));
    }
}
