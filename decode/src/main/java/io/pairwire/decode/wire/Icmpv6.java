package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * ICMPv6 header, <a href="https://www.rfc-editor.org/rfc/rfc4443">RFC 4443</a> §2.1; the body depends on the type.
 *
 * <pre>
 *   0            7 8            15 16            31
 *  +--------------+---------------+---------------+
 *  |     type     |     code      |   checksum    |
 *  +--------------+---------------+---------------+
 * </pre>
 *
 * <p>Call {@link #check} once. After it answers {@link Verdict#OK} every accessor here stays inside the captured bytes;
 * before that their answers mean nothing.
 */
public final class Icmpv6 {
    /** Bytes of header. */
    public static final int LENGTH = 4;

    /** Bytes of errors and echoes before what they carry. */
    public static final int LONG_LENGTH = 8;

    public static final int UNREACHABLE = 1;
    public static final int PACKET_TOO_BIG = 2;
    public static final int TIME_EXCEEDED = 3;
    public static final int PARAMETER_PROBLEM = 4;
    public static final int ECHO = 128;
    public static final int ECHO_REPLY = 129;

    private static final int TYPE = 0;
    private static final int CODE = 1;
    private static final int CHECKSUM = 2;

    private Icmpv6() {}

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

    /** Does the message quote the start of the packet that it is about, behind its first {@link #LONG_LENGTH} bytes? */
    public static boolean isQuoting(Packet packet, int at) {
        return type(packet, at) >= UNREACHABLE && type(packet, at) <= PARAMETER_PROBLEM;
    }

    /** Of echoes, if {@link #LONG_LENGTH} bytes are there: whose question it is. */
    public static int identifier(Packet packet, int at) {
        return packet.u16(at + 4);
    }

    /** Of echoes, if {@link #LONG_LENGTH} bytes are there: which question it is. */
    public static int sequence(Packet packet, int at) {
        return packet.u16(at + 6);
    }

    /** Of {@link #PACKET_TOO_BIG}, if {@link #LONG_LENGTH} bytes are there: what would fit through the next link, bytes. */
    public static long mtu(Packet packet, int at) {
        return Integer.toUnsignedLong(packet.u32(at + 4));
    }

    /** Of {@link #PARAMETER_PROBLEM}, if {@link #LONG_LENGTH} bytes are there: which byte of the quoted packet is wrong. */
    public static long pointer(Packet packet, int at) {
        return Integer.toUnsignedLong(packet.u32(at + 4));
    }

    /** The same fields as a value. */
    public record Header(int type, int code, int checksum) {}

    public static Header header(Packet packet, int at) {
        return new Header(type(packet, at), code(packet, at), checksum(packet, at));
    }
}
