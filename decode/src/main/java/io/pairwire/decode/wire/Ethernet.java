package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * Ethernet header, IEEE 802.3 §3.1.1, without preamble and check sequence.
 *
 * <pre>
 *   0              5 6             11 12   13
 *  +----------------+----------------+-------+
 *  |  destination   |     source     | type  |
 *  +----------------+----------------+-------+
 * </pre>
 *
 * <p>Call {@link #check} once. After it answers {@link Verdict#OK} every accessor here stays inside the captured bytes;
 * before that their answers mean nothing.
 */
public final class Ethernet {
    /** Bytes of header. */
    public static final int LENGTH = 14;

    private static final int DESTINATION = 0;
    private static final int SOURCE = 6;
    private static final int TYPE = 12;

    private Ethernet() {}

    /** Does a whole header start at {@code at}, with {@code available} bytes left to the end? */
    public static Verdict check(Packet packet, int at, int available) {
        return available < LENGTH ? Verdict.TRUNCATED : Verdict.OK;
    }

    /** MAC address, the low 48 bits. */
    public static long destination(Packet packet, int at) {
        return packet.u64(at + DESTINATION) >>> 16;
    }

    /** MAC address, the low 48 bits. */
    public static long source(Packet packet, int at) {
        return packet.u64(at + SOURCE) >>> 16;
    }

    /** {@link EtherType}, or below {@link EtherType#SMALLEST} the length of an IEEE 802.3 frame. */
    public static int type(Packet packet, int at) {
        return packet.u16(at + TYPE);
    }

    /** The same fields as a value. */
    public record Header(long destination, long source, int type) {}

    public static Header header(Packet packet, int at) {
        return new Header(destination(packet, at), source(packet, at), type(packet, at));
    }
}
