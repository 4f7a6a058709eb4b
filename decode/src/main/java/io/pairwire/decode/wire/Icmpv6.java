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

    /** The same fields as a value. */
    public record Header(int type, int code, int checksum) {}

    public static Header header(Packet packet, int at) {
        return new Header(type(packet, at), code(packet, at), checksum(packet, at));
    }
}
