package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * PIM header, <a href="https://www.rfc-editor.org/rfc/rfc7761">RFC 7761</a> §4.9; a register message has four bytes more and
 * carries the IP packet of a sender.
 *
 * <pre>
 *   0   3 4    7 8            15 16            31
 *  +-----+------+---------------+---------------+
 *  |  2  | type |   reserved    |   checksum    |
 *  +-----+------+---------------+---------------+
 *  |B|N|          register: reserved            |
 *  +--------------------------------------------+
 * </pre>
 *
 * <p>Call {@link #check} once. After it answers {@link Verdict#OK} every accessor here stays inside the captured bytes;
 * before that their answers mean nothing.
 */
public final class Pim {
    /** Bytes of the common header. */
    public static final int LENGTH = 4;

    /** Bytes of a register message before the packet it carries; its checksum covers no more. */
    public static final int REGISTER_LENGTH = 8;

    public static final int HELLO = 0;
    public static final int REGISTER = 1;
    public static final int REGISTER_STOP = 2;
    public static final int JOIN_PRUNE = 3;

    private Pim() {}

    /** Does a whole header start at {@code at}, with {@code available} bytes left to the end? */
    public static Verdict check(Packet packet, int at, int available) {
        if (available < LENGTH) return Verdict.TRUNCATED;
        return available < headerLength(packet, at) ? Verdict.TRUNCATED : Verdict.OK;
    }

    public static int version(Packet packet, int at) {
        return packet.u8(at) >>> 4;
    }

    public static int type(Packet packet, int at) {
        return packet.u8(at) & 0xf;
    }

    /** Is it a register message of version 2? */
    public static boolean isRegister(Packet packet, int at) {
        return packet.u8(at) == (2 << 4 | REGISTER);
    }

    /** Of a register: does it only ask whether registers are still wanted, with a packet of no meaning? */
    public static boolean isNullRegister(Packet packet, int at) {
        return isRegister(packet, at) && (packet.u8(at + LENGTH) & 0x40) != 0;
    }

    public static int checksum(Packet packet, int at) {
        return packet.u16(at + 2);
    }

    /** Bytes of the header, 4 or 8. */
    public static int headerLength(Packet packet, int at) {
        return isRegister(packet, at) ? REGISTER_LENGTH : LENGTH;
    }

    /** The same fields as a value. */
    public record Header(int version, int type, int checksum, int headerLength) {}

    public static Header header(Packet packet, int at) {
        return new Header(version(packet, at), type(packet, at), checksum(packet, at), headerLength(packet, at));
    }
}
