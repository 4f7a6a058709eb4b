package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * PPP over Ethernet header, <a href="https://www.rfc-editor.org/rfc/rfc2516">RFC 2516</a> §4.
 *
 * <pre>
 *   0    3 4    7 8     15 16            31
 *  +------+------+--------+---------------+
 *  | ver. | type |  code  |   session     |
 *  +------+------+--------+---------------+
 *  |       length         |
 *  +----------------------+
 * </pre>
 *
 * <p>Call {@link #check} once. After it answers {@link Verdict#OK} every accessor here stays inside the captured bytes;
 * before that their answers mean nothing.
 */
public final class Pppoe {
    /** Bytes of header. */
    public static final int LENGTH = 6;

    /** Code of the session stage: PPP follows. */
    public static final int SESSION = 0;

    private static final int VERSION_1_TYPE_1 = 0x11;

    private Pppoe() {}

    /** Does a whole, plausible header start at {@code at}, with {@code available} bytes left to the end? */
    public static Verdict check(Packet packet, int at, int available) {
        if (available < LENGTH) return Verdict.TRUNCATED;
        return packet.u8(at) == VERSION_1_TYPE_1 ? Verdict.OK : Verdict.MALFORMED;
    }

    /** {@link #SESSION}, or a packet type of the discovery stage. */
    public static int code(Packet packet, int at) {
        return packet.u8(at + 1);
    }

    public static int session(Packet packet, int at) {
        return packet.u16(at + 2);
    }

    /** Bytes behind the header. May exceed what was captured. */
    public static int payloadLength(Packet packet, int at) {
        return packet.u16(at + 4);
    }

    /** The same fields as a value. */
    public record Header(int code, int session, int payloadLength) {}

    public static Header header(Packet packet, int at) {
        return new Header(code(packet, at), session(packet, at), payloadLength(packet, at));
    }
}
