package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * SCTP common header, <a href="https://www.rfc-editor.org/rfc/rfc9260">RFC 9260</a> §3.1; chunks follow.
 *
 * <pre>
 *   0              15 16              31
 *  +-----------------+-----------------+
 *  |   source port   | destination port|
 *  +-----------------+-----------------+
 *  |         verification tag          |
 *  +-----------------------------------+
 *  |         checksum (CRC32c)         |
 *  +-----------------------------------+
 * </pre>
 *
 * <p>Call {@link #check} once. After it answers {@link Verdict#OK} every accessor here stays inside the captured bytes;
 * before that their answers mean nothing.
 */
public final class Sctp {
    /** Bytes of header. */
    public static final int LENGTH = 12;

    private static final int SOURCE_PORT = 0;
    private static final int DESTINATION_PORT = 2;
    private static final int VERIFICATION_TAG = 4;
    private static final int CHECKSUM = 8;

    private Sctp() {}

    /** Does a whole header start at {@code at}, with {@code available} bytes left to the end? */
    public static Verdict check(Packet packet, int at, int available) {
        return available < LENGTH ? Verdict.TRUNCATED : Verdict.OK;
    }

    public static int sourcePort(Packet packet, int at) {
        return packet.u16(at + SOURCE_PORT);
    }

    public static int destinationPort(Packet packet, int at) {
        return packet.u16(at + DESTINATION_PORT);
    }

    /** 32 bits. */
    public static int verificationTag(Packet packet, int at) {
        return packet.u32(at + VERIFICATION_TAG);
    }

    /** CRC32c as it is sent, least significant byte first (RFC 9260 appendix A). */
    public static int checksum(Packet packet, int at) {
        return packet.littleU32(at + CHECKSUM);
    }

    /** The same fields as a value. */
    public record Header(int sourcePort, int destinationPort, int verificationTag, int checksum) {}

    public static Header header(Packet packet, int at) {
        return new Header(
                sourcePort(packet, at), destinationPort(packet, at), verificationTag(packet, at), checksum(packet, at));
    }
}
