package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * L2TP version 3 header directly over IP, <a href="https://www.rfc-editor.org/rfc/rfc3931">RFC 3931</a> §4.1.1. A cookie and
 * a sublayer may follow, whose lengths only the ends of the tunnel know.
 *
 * <pre>
 *   0                              31
 *  +---------------------------------+
 *  |      session, 0 for control     |
 *  +---------------------------------+
 * </pre>
 *
 * <p>Call {@link #check} once. After it answers {@link Verdict#OK} every accessor here stays inside the captured bytes;
 * before that their answers mean nothing.
 */
public final class L2tp3 {
    /** Bytes of header. */
    public static final int LENGTH = 4;

    private L2tp3() {}

    /** Does a whole header start at {@code at}, with {@code available} bytes left to the end? */
    public static Verdict check(Packet packet, int at, int available) {
        return available < LENGTH ? Verdict.TRUNCATED : Verdict.OK;
    }

    /** 32 bits; 0 in messages between the ends of the tunnel. */
    public static int session(Packet packet, int at) {
        return packet.u32(at);
    }

    /** The same field as a value. */
    public record Header(int session) {}

    public static Header header(Packet packet, int at) {
        return new Header(session(packet, at));
    }
}
