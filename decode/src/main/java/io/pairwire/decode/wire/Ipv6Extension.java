package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * IPv6 extension header in its common form, <a href="https://www.rfc-editor.org/rfc/rfc8200">RFC 8200</a> §4 and
 * <a href="https://www.rfc-editor.org/rfc/rfc6564">RFC 6564</a>: hop-by-hop options, routing, destination options, mobility
 * (RFC 6275), host identity (RFC 7401) and Shim6 (RFC 5533). {@link Ipv6Fragment} and {@link AuthenticationHeader} differ.
 *
 * <pre>
 *   0            7 8            15 16            31
 *  +--------------+---------------+---------------+
 *  | next header  |    length     |               |
 *  +--------------+---------------+               +
 *  |                body of the kind              |
 *  +----------------------------------------------+
 * </pre>
 *
 * <p>Call {@link #check} once. After it answers {@link Verdict#OK} every accessor here stays inside the captured bytes;
 * before that their answers mean nothing.
 */
public final class Ipv6Extension {
    /** The shortest, bytes; all are multiples of it. */
    public static final int UNIT = 8;

    private static final int NEXT_HEADER = 0;
    private static final int LENGTH = 1;

    private Ipv6Extension() {}

    /** Does a whole header start at {@code at}, with {@code available} bytes left to the end? */
    public static Verdict check(Packet packet, int at, int available) {
        return available < UNIT || available < headerLength(packet, at) ? Verdict.TRUNCATED : Verdict.OK;
    }

    /** {@link IpProtocol} of what follows. */
    public static int nextHeader(Packet packet, int at) {
        return packet.u8(at + NEXT_HEADER);
    }

    /** The whole header, bytes; 8 to 2048. */
    public static int headerLength(Packet packet, int at) {
        return (packet.u8(at + LENGTH) + 1) * UNIT;
    }

    /** The same fields as a value. */
    public record Header(int nextHeader, int headerLength) {}

    public static Header header(Packet packet, int at) {
        return new Header(nextHeader(packet, at), headerLength(packet, at));
    }
}
