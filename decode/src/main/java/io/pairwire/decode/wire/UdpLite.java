package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * UDP-Lite header, <a href="https://www.rfc-editor.org/rfc/rfc3828">RFC 3828</a> §3.1. It is as long as IP says.
 *
 * <pre>
 *   0      7 8     15 16    23 24    31
 *  +--------+--------+--------+--------+
 *  |   source port   | destination port|
 *  +--------+--------+--------+--------+
 *  |    coverage     |    checksum     |
 *  +--------+--------+--------+--------+
 * </pre>
 *
 * <p>Call {@link #check} once. After it answers {@link Verdict#OK} every accessor here stays inside the captured bytes;
 * before that their answers mean nothing.
 */
public final class UdpLite {
    /** Bytes of header. */
    public static final int LENGTH = 8;

    private static final int SOURCE_PORT = 0;
    private static final int DESTINATION_PORT = 2;
    private static final int COVERAGE = 4;
    private static final int CHECKSUM = 6;

    private UdpLite() {}

    /** Does a whole, plausible header start at {@code at}, with {@code available} bytes left to the end? */
    public static Verdict check(Packet packet, int at, int available) {
        if (available < LENGTH) return Verdict.TRUNCATED;
        int coverage = coverage(packet, at);
        return coverage != 0 && coverage < LENGTH ? Verdict.MALFORMED : Verdict.OK;
    }

    public static int sourcePort(Packet packet, int at) {
        return packet.u16(at + SOURCE_PORT);
    }

    public static int destinationPort(Packet packet, int at) {
        return packet.u16(at + DESTINATION_PORT);
    }

    /** How many bytes, from the first of the header on, the checksum covers; 0 means all. */
    public static int coverage(Packet packet, int at) {
        return packet.u16(at + COVERAGE);
    }

    /** Never 0: unlike in UDP there is always one. */
    public static int checksum(Packet packet, int at) {
        return packet.u16(at + CHECKSUM);
    }

    /** The same fields as a value. */
    public record Header(int sourcePort, int destinationPort, int coverage, int checksum) {}

    public static Header header(Packet packet, int at) {
        return new Header(
                sourcePort(packet, at), destinationPort(packet, at), coverage(packet, at), checksum(packet, at));
    }
}
