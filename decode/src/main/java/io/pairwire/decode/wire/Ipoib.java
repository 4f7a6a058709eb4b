package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * IP over InfiniBand, <a href="https://www.rfc-editor.org/rfc/rfc4391">RFC 4391</a> §6, behind a global routing header.
 *
 * <pre>
 *   0                                 319 320           335 336      351
 *  +-------------------------------------+-----------------+----------+
 *  |        global routing header        |      type       | reserved |
 *  +-------------------------------------+-----------------+----------+
 * </pre>
 *
 * <p>Call {@link #check} once. After it answers {@link Verdict#OK} every accessor here stays inside the captured bytes;
 * before that their answers mean nothing.
 */
public final class Ipoib {
    /** Bytes of header. */
    public static final int LENGTH = 44;

    private Ipoib() {}

    /** Does a whole header start at {@code at}, with {@code available} bytes left to the end? */
    public static Verdict check(Packet packet, int at, int available) {
        return available < LENGTH ? Verdict.TRUNCATED : Verdict.OK;
    }

    /** {@link EtherType} of what follows. */
    public static int type(Packet packet, int at) {
        return packet.u16(at + 40);
    }

    /** The same fields as a value. */
    public record Header(int type) {}

    public static Header header(Packet packet, int at) {
        return new Header(type(packet, at));
    }
}
