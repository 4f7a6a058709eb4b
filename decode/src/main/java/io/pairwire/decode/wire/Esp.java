package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * IP encapsulating security payload, <a href="https://www.rfc-editor.org/rfc/rfc4303">RFC 4303</a> §2; also over UDP
 * (<a href="https://www.rfc-editor.org/rfc/rfc3948">RFC 3948</a>). What follows is encrypted.
 *
 * <pre>
 *   0                              31
 *  +---------------------------------+
 *  |    security parameters index    |
 *  +---------------------------------+
 *  |         sequence number         |
 *  +---------------------------------+
 * </pre>
 *
 * <p>Call {@link #check} once. After it answers {@link Verdict#OK} every accessor here stays inside the captured bytes;
 * before that their answers mean nothing.
 */
public final class Esp {
    /** Bytes that are not encrypted. */
    public static final int LENGTH = 8;

    private Esp() {}

    /** Does a whole header start at {@code at}, with {@code available} bytes left to the end? */
    public static Verdict check(Packet packet, int at, int available) {
        return available < LENGTH ? Verdict.TRUNCATED : Verdict.OK;
    }

    /** 32 bits; 1 to 255 are reserved, 0 is not used on the wire. */
    public static int securityParameters(Packet packet, int at) {
        return packet.u32(at);
    }

    public static long sequence(Packet packet, int at) {
        return Integer.toUnsignedLong(packet.u32(at + 4));
    }

    /** The same fields as a value. */
    public record Header(int securityParameters, long sequence) {}

    public static Header header(Packet packet, int at) {
        return new Header(securityParameters(packet, at), sequence(packet, at));
    }
}
