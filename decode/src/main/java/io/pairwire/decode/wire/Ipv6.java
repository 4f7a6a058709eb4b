package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * IPv6 header, <a href="https://www.rfc-editor.org/rfc/rfc8200">RFC 8200</a> §3.
 *
 * <pre>
 *   0   3 4        11 12      15 16         23 24       31
 *  +-----+-----------+-----------------------------------+
 *  |  6  |   class   |            flow label             |
 *  +-----+-----------+----------+-------------+----------+
 *  |      payload length        | next header | hop limit|
 *  +----------------------------+-------------+----------+
 *  |               source address, 16 bytes              |
 *  +-----------------------------------------------------+
 *  |            destination address, 16 bytes            |
 *  +-----------------------------------------------------+
 * </pre>
 *
 * <p>Call {@link #check} once. After it answers {@link Verdict#OK} every accessor here stays inside the captured bytes;
 * before that their answers mean nothing.
 */
public final class Ipv6 {
    /** Bytes of header, without extension headers. */
    public static final int LENGTH = 40;

    private static final int PAYLOAD_LENGTH = 4;
    private static final int NEXT_HEADER = 6;
    private static final int HOP_LIMIT = 7;
    private static final int SOURCE = 8;
    private static final int DESTINATION = 24;

    private Ipv6() {}

    /** Does a whole, plausible header start at {@code at}, with {@code available} bytes left to the end? */
    public static Verdict check(Packet packet, int at, int available) {
        if (available < LENGTH) return Verdict.TRUNCATED;
        return version(packet, at) == 6 ? Verdict.OK : Verdict.MALFORMED;
    }

    public static int version(Packet packet, int at) {
        return packet.u8(at) >>> 4;
    }

    public static int trafficClass(Packet packet, int at) {
        return packet.u16(at) >>> 4 & 0xff;
    }

    /** 20 bits. */
    public static int flowLabel(Packet packet, int at) {
        return packet.u32(at) & 0xf_ffff;
    }

    /** Bytes after this header, extension headers included; 0 in a jumbogram (RFC 2675) and before offloading. */
    public static int payloadLength(Packet packet, int at) {
        return packet.u16(at + PAYLOAD_LENGTH);
    }

    /** {@link IpProtocol} of the first extension header, or of the transport. */
    public static int nextHeader(Packet packet, int at) {
        return packet.u8(at + NEXT_HEADER);
    }

    public static int hopLimit(Packet packet, int at) {
        return packet.u8(at + HOP_LIMIT);
    }

    /** The upper 64 bits of the address. */
    public static long sourceHigh(Packet packet, int at) {
        return packet.u64(at + SOURCE);
    }

    /** The lower 64 bits of the address. */
    public static long sourceLow(Packet packet, int at) {
        return packet.u64(at + SOURCE + 8);
    }

    /** The upper 64 bits of the address. */
    public static long destinationHigh(Packet packet, int at) {
        return packet.u64(at + DESTINATION);
    }

    /** The lower 64 bits of the address. */
    public static long destinationLow(Packet packet, int at) {
        return packet.u64(at + DESTINATION + 8);
    }

    /** The same fields as a value. */
    public record Header(
            int trafficClass,
            int flowLabel,
            int payloadLength,
            int nextHeader,
            int hopLimit,
            long sourceHigh,
            long sourceLow,
            long destinationHigh,
            long destinationLow) {}

    public static Header header(Packet packet, int at) {
        return new Header(
                trafficClass(packet, at),
                flowLabel(packet, at),
                payloadLength(packet, at),
                nextHeader(packet, at),
                hopLimit(packet, at),
                sourceHigh(packet, at),
                sourceLow(packet, at),
                destinationHigh(packet, at),
                destinationLow(packet, at));
    }
}
