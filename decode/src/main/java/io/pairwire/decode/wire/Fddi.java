package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * FDDI header, ISO 9314-2. An {@link Llc} header follows in frames of data.
 *
 * <pre>
 *   0       7 8           55 56         103
 *  +---------+--------------+--------------+
 *  | control | destination  |    source    |
 *  +---------+--------------+--------------+
 * </pre>
 *
 * <p>Call {@link #check} once. After it answers {@link Verdict#OK} every accessor here stays inside the captured bytes;
 * before that their answers mean nothing.
 */
public final class Fddi {
    /** Bytes of header. */
    public static final int LENGTH = 13;

    private Fddi() {}

    /** Does a whole header start at {@code at}, with {@code available} bytes left to the end? */
    public static Verdict check(Packet packet, int at, int available) {
        return available < LENGTH ? Verdict.TRUNCATED : Verdict.OK;
    }

    public static int control(Packet packet, int at) {
        return packet.u8(at);
    }

    /** MAC address as it was captured, the low 48 bits; some systems reverse the bits of each byte. */
    public static long destination(Packet packet, int at) {
        return packet.u64(at + 1) >>> 16;
    }

    /** MAC address as it was captured, the low 48 bits. */
    public static long source(Packet packet, int at) {
        return packet.u64(at + 5) & 0xffff_ffff_ffffL;
    }

    /** Does an {@link Llc} header follow? */
    public static boolean isLlc(Packet packet, int at) {
        return (control(packet, at) & 0x70) == 0x50;
    }

    /** The same fields as a value. */
    public record Header(int control, long destination, long source) {}

    public static Header header(Packet packet, int at) {
        return new Header(control(packet, at), destination(packet, at), source(packet, at));
    }
}
