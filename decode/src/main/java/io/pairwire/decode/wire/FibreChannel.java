package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * Network header of IP over Fibre Channel, <a href="https://www.rfc-editor.org/rfc/rfc2625">RFC 2625</a> §3.1. An {@link Llc} header
 * follows.
 *
 * <pre>
 *   0                    63 64                  127
 *  +-----------------------+-----------------------+
 *  |      destination      |        source         |
 *  +-----------------------+-----------------------+
 * </pre>
 *
 * <p>Call {@link #check} once. After it answers {@link Verdict#OK} every accessor here stays inside the captured bytes;
 * before that their answers mean nothing.
 */
public final class FibreChannel {
    /** Bytes of header. */
    public static final int LENGTH = 16;

    private FibreChannel() {}

    /** Does a whole header start at {@code at}, with {@code available} bytes left to the end? */
    public static Verdict check(Packet packet, int at, int available) {
        return available < LENGTH ? Verdict.TRUNCATED : Verdict.OK;
    }

    /** World wide name. */
    public static long destination(Packet packet, int at) {
        return packet.u64(at);
    }

    /** World wide name. */
    public static long source(Packet packet, int at) {
        return packet.u64(at + 8);
    }

    /** The same fields as a value. */
    public record Header(long destination, long source) {}

    public static Header header(Packet packet, int at) {
        return new Header(destination(packet, at), source(packet, at));
    }
}
