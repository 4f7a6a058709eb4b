package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * UDP header, <a href="https://www.rfc-editor.org/rfc/rfc768">RFC 768</a>.
 *
 * <pre>
 *   0      7 8     15 16    23 24    31
 *  +--------+--------+--------+--------+
 *  |   source port   | destination port|
 *  +--------+--------+--------+--------+
 *  |     length      |    checksum     |
 *  +--------+--------+--------+--------+
 * </pre>
 *
 * <p>Call {@link #check} once. After it answers {@link Verdict#OK} every accessor here stays inside the captured bytes;
 * before that their answers mean nothing.
 */
public final class Udp {
    /** Bytes of header. */
    public static final int LENGTH = 8;

    private static final int SOURCE_PORT = 0;
    private static final int DESTINATION_PORT = 2;
    private static final int DATAGRAM_LENGTH = 4;
    private static final int CHECKSUM = 6;

    private Udp() {}

    /** Does a whole, plausible header start at {@code at}, with {@code available} bytes left to the end? */
    public static Verdict check(Packet packet, int at, int available) {
        if (available < LENGTH) return Verdict.TRUNCATED;
        int length = datagramLength(packet, at);
        return length != 0 && length < LENGTH ? Verdict.MALFORMED : Verdict.OK;
    }

    public static int sourcePort(Packet packet, int at) {
        return packet.u16(at + SOURCE_PORT);
    }

    public static int destinationPort(Packet packet, int at) {
        return packet.u16(at + DESTINATION_PORT);
    }

    /** Header and data, bytes; 0 in a jumbogram (RFC 2675 §4) and before offloading. May exceed what was captured. */
    public static int datagramLength(Packet packet, int at) {
        return packet.u16(at + DATAGRAM_LENGTH);
    }

    /** 0 if the sender computed none. */
    public static int checksum(Packet packet, int at) {
        return packet.u16(at + CHECKSUM);
    }

    /** The same fields as a value. */
    public record Header(int sourcePort, int destinationPort, int length, int checksum) {}

    public static Header header(Packet packet, int at) {
        return new Header(
                sourcePort(packet, at), destinationPort(packet, at), datagramLength(packet, at), checksum(packet, at));
    }
}
