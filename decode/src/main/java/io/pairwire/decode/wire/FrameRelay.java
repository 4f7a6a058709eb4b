package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * Frame Relay header: the address of Q.922 §3.3, and what names the protocol inside, either as in
 * <a href="https://www.rfc-editor.org/rfc/rfc2427">RFC 2427</a> §3 or as Cisco does.
 *
 * <pre>
 *   0       7 8     15 (31)
 *  +---------+-------------+---------+---------+---------+
 *  |   address, 2 to 4 B   |  0x03   | (0x00)  |  NLPID  |   RFC 2427
 *  +---------+-------------+---------+---------+---------+
 *  |   address, 2 to 4 B   |       type        |             Cisco
 *  +---------+-------------+-------------------+
 * </pre>
 *
 * <p>Call {@link #check} once. After it answers {@link Verdict#OK} every accessor here stays inside the captured bytes;
 * before that their answers mean nothing.
 */
public final class FrameRelay {
    /** Bytes of the shortest header. */
    public static final int LENGTH = 4;

    private static final int LONGEST_ADDRESS = 4;
    private static final int UNNUMBERED_INFORMATION = 0x03;

    private FrameRelay() {}

    /** Does a whole, plausible header start at {@code at}, with {@code available} bytes left to the end? */
    public static Verdict check(Packet packet, int at, int available) {
        if (available < LENGTH) return Verdict.TRUNCATED;
        int length = addressLength(packet, at);
        if (length < 2) return Verdict.MALFORMED;
        if (available - length < 2) return Verdict.TRUNCATED;
        return available < headerLength(packet, at) ? Verdict.TRUNCATED : Verdict.OK;
    }

    /** Bytes of address, 2 to 4; 0 if none of four is marked as the last. Needs four bytes. */
    public static int addressLength(Packet packet, int at) {
        for (int i = 0; i < LONGEST_ADDRESS; i++) {
            if ((packet.u8(at + i) & 1) != 0) return i + 1;
        }
        return 0;
    }

    /** 4 to 7 bytes. */
    public static int headerLength(Packet packet, int at) {
        return nlpidAt(packet, at) + 1 - at;
    }

    /** The data link connection identifier, 10, 16 or 23 bits. */
    public static int connection(Packet packet, int at) {
        int upper = packet.u8(at) >>> 2 << 4 | packet.u8(at + 1) >>> 4;
        return switch (addressLength(packet, at)) {
            case 3 -> upper << 6 | packet.u8(at + 2) >>> 2;
            case 4 -> (upper << 7 | packet.u8(at + 2) >>> 1) << 6 | packet.u8(at + 3) >>> 2;
            default -> upper;
        };
    }

    /** Is the protocol named by an {@link EtherType} right behind the address? */
    public static boolean isCisco(Packet packet, int at) {
        return packet.u8(at + addressLength(packet, at)) != UNNUMBERED_INFORMATION;
    }

    /** An {@link EtherType} if {@link #isCisco}, otherwise an {@link Nlpid}. */
    public static int protocol(Packet packet, int at) {
        int last = nlpidAt(packet, at);
        return isCisco(packet, at) ? packet.u16(last - 1) : packet.u8(last);
    }

    private static int nlpidAt(Packet packet, int at) {
        int behind = at + addressLength(packet, at);
        boolean padded = packet.u16(behind) == UNNUMBERED_INFORMATION << 8;
        return padded ? behind + 2 : behind + 1;
    }

    /** The same fields as a value. */
    public record Header(int headerLength, int connection, boolean cisco, int protocol) {}

    public static Header header(Packet packet, int at) {
        return new Header(headerLength(packet, at), connection(packet, at), isCisco(packet, at), protocol(packet, at));
    }
}
