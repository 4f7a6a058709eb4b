package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * IP authentication header, <a href="https://www.rfc-editor.org/rfc/rfc4302">RFC 4302</a> §2.
 *
 * <pre>
 *   0            7 8            15 16            31
 *  +--------------+---------------+---------------+
 *  | next header  |    length     |   reserved    |
 *  +--------------+---------------+---------------+
 *  |           security parameters index          |
 *  +----------------------------------------------+
 *  |                sequence number               |
 *  +----------------------------------------------+
 *  |            integrity check value             |
 *  +----------------------------------------------+
 * </pre>
 *
 * <p>Call {@link #check} once. After it answers {@link Verdict#OK} every accessor here stays inside the captured bytes;
 * before that their answers mean nothing.
 */
public final class AuthenticationHeader {
    /** Bytes of header without the check value. */
    public static final int LENGTH = 12;

    private static final int NEXT_HEADER = 0;
    private static final int PAYLOAD_LENGTH = 1;
    private static final int SECURITY_PARAMETERS = 4;
    private static final int SEQUENCE = 8;

    private AuthenticationHeader() {}

    /** Does a whole, plausible header start at {@code at}, with {@code available} bytes left to the end? */
    public static Verdict check(Packet packet, int at, int available) {
        if (available < LENGTH) return Verdict.TRUNCATED;
        int headerLength = headerLength(packet, at);
        if (headerLength < LENGTH) return Verdict.MALFORMED;
        return available < headerLength ? Verdict.TRUNCATED : Verdict.OK;
    }

    /** {@link IpProtocol} of what follows. */
    public static int nextHeader(Packet packet, int at) {
        return packet.u8(at + NEXT_HEADER);
    }

    /** The whole header, bytes. Counted in 32-bit words minus 2, unlike every other extension header. */
    public static int headerLength(Packet packet, int at) {
        return (packet.u8(at + PAYLOAD_LENGTH) + 2) * 4;
    }

    /** 32 bits. */
    public static int securityParameters(Packet packet, int at) {
        return packet.u32(at + SECURITY_PARAMETERS);
    }

    public static long sequence(Packet packet, int at) {
        return Integer.toUnsignedLong(packet.u32(at + SEQUENCE));
    }

    /** The same fields as a value; the check value is left out. */
    public record Header(int nextHeader, int headerLength, int securityParameters, long sequence) {}

    public static Header header(Packet packet, int at) {
        return new Header(
                nextHeader(packet, at), headerLength(packet, at), securityParameters(packet, at), sequence(packet, at));
    }
}
