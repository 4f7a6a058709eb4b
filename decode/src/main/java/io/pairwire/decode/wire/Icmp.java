package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * ICMP header, <a href="https://www.rfc-editor.org/rfc/rfc792">RFC 792</a>: every message has these eight bytes.
 *
 * <pre>
 *   0            7 8            15 16            31
 *  +--------------+---------------+---------------+
 *  |     type     |     code      |   checksum    |
 *  +--------------+---------------+---------------+
 *  |            depends on type and code          |
 *  +----------------------------------------------+
 * </pre>
 *
 * <p>Call {@link #check} once. After it answers {@link Verdict#OK} every accessor here stays inside the captured bytes;
 * before that their answers mean nothing.
 */
public final class Icmp {
    /** Bytes of header. */
    public static final int LENGTH = 8;

    public static final int ECHO_REPLY = 0;
    public static final int UNREACHABLE = 3;
    public static final int SOURCE_QUENCH = 4;
    public static final int REDIRECT = 5;
    public static final int ECHO = 8;
    public static final int TIME_EXCEEDED = 11;
    public static final int PARAMETER_PROBLEM = 12;

    private static final int TYPE = 0;
    private static final int CODE = 1;
    private static final int CHECKSUM = 2;

    private Icmp() {}

    /** Does a whole header start at {@code at}, with {@code available} bytes left to the end? */
    public static Verdict check(Packet packet, int at, int available) {
        return available < LENGTH ? Verdict.TRUNCATED : Verdict.OK;
    }

    public static int type(Packet packet, int at) {
        return packet.u8(at + TYPE);
    }

    public static int code(Packet packet, int at) {
        return packet.u8(at + CODE);
    }

    public static int checksum(Packet packet, int at) {
        return packet.u16(at + CHECKSUM);
    }

    /** Does the message quote the start of the packet that it is about, behind these eight bytes? */
    public static boolean isQuoting(Packet packet, int at) {
        return switch (type(packet, at)) {
            case UNREACHABLE, SOURCE_QUENCH, REDIRECT, TIME_EXCEEDED, PARAMETER_PROBLEM -> true;
            default -> false;
        };
    }

    /** Of echoes, time stamps and address masks: whose question it is. */
    public static int identifier(Packet packet, int at) {
        return packet.u16(at + 4);
    }

    /** Of echoes, time stamps and address masks: which question it is. */
    public static int sequence(Packet packet, int at) {
        return packet.u16(at + 6);
    }

    /** Of a redirect: the IPv4 address of the better router, the low 32 bits. */
    public static long gateway(Packet packet, int at) {
        return Integer.toUnsignedLong(packet.u32(at + 4));
    }

    /** Of {@link #UNREACHABLE} with code 4: what would fit through the next link, bytes (RFC 1191 §4); 0 from old routers. */
    public static int nextHopMtu(Packet packet, int at) {
        return packet.u16(at + 6);
    }

    /** Of {@link #PARAMETER_PROBLEM}: which byte of the quoted packet is wrong. */
    public static int pointer(Packet packet, int at) {
        return packet.u8(at + 4);
    }

    /** Of errors: bytes of the quoted packet if extensions follow (RFC 4884 §4), or 0. */
    public static int quotedLength(Packet packet, int at) {
        return packet.u8(at + 5) * 4;
    }

    /** The same fields as a value. */
    public record Header(int type, int code, int checksum) {}

    public static Header header(Packet packet, int at) {
        return new Header(type(packet, at), code(packet, at), checksum(packet, at));
    }
}
