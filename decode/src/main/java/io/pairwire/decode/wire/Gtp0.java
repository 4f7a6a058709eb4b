package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * GTP version 0 header, 3GPP TS 09.60 §6 (ETSI EN 301 347).
 *
 * <pre>
 *   0   2 3 4     6 7 8           15 16                   31
 *  +-----+-+-------+-+--------------+-----------------------+
 *  |  0  |1| 1 1 1 |S|   message    |         length        |
 *  +-----+-+-------+-+--------------+-----------------------+
 *  |        sequence number         |      flow label       |
 *  +----------------+---------------+-----------------------+
 *  |  N-PDU number  |                 spare                 |
 *  +----------------+---------------------------------------+
 *  |                tunnel identifier, 8 bytes              |
 *  +--------------------------------------------------------+
 * </pre>
 *
 * <p>Call {@link #check} once. After it answers {@link Verdict#OK} every accessor here stays inside the captured bytes;
 * before that their answers mean nothing.
 */
public final class Gtp0 {
    /** Bytes of header. */
    public static final int LENGTH = 20;

    /** {@link #message} that carries a packet of the user. */
    public static final int USER_PACKET = 255;

    private Gtp0() {}

    /** Does a whole, plausible header start at {@code at}, with {@code available} bytes left to the end? */
    public static Verdict check(Packet packet, int at, int available) {
        if (available < LENGTH) return Verdict.TRUNCATED;
        return (packet.u8(at) & 0xfe) == 0x1e ? Verdict.OK : Verdict.MALFORMED;
    }

    /** {@link #USER_PACKET}, or a message between the ends of the tunnel. */
    public static int message(Packet packet, int at) {
        return packet.u8(at + 1);
    }

    /** Bytes after the header. */
    public static int length(Packet packet, int at) {
        return packet.u16(at + 2);
    }

    public static int sequence(Packet packet, int at) {
        return packet.u16(at + 4);
    }

    public static int flowLabel(Packet packet, int at) {
        return packet.u16(at + 6);
    }

    /** 64 bits: the subscriber and which of his connections. */
    public static long tunnel(Packet packet, int at) {
        return packet.u64(at + 12);
    }

    /** The same fields as a value. */
    public record Header(int message, int length, int sequence, int flowLabel, long tunnel) {}

    public static Header header(Packet packet, int at) {
        return new Header(
                message(packet, at),
                length(packet, at),
                sequence(packet, at),
                flowLabel(packet, at),
                tunnel(packet, at));
    }
}
