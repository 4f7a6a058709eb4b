package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * Header of Linux's netfilter log, <a href="https://www.tcpdump.org/linktypes/LINKTYPE_NFLOG.html">LINKTYPE_NFLOG</a>: attributes in
 * the byte order of the capturing host, of which one is the packet.
 *
 * <pre>
 *   0       7 8      15 16            31
 *  +---------+---------+---------------+
 *  | family  | version |   resource    |
 *  +---------+---------+---------------+
 *  |      length       |     type      |  each padded to a multiple of four bytes
 *  +-------------------+---------------+
 * </pre>
 *
 * <p>Call {@link #check} once. After it answers {@link Verdict#OK} every accessor here stays inside the captured bytes;
 * before that their answers mean nothing.
 */
public final class Nflog {
    /** Bytes before the first attribute. */
    public static final int LENGTH = 4;

    private static final int ATTRIBUTE_HEADER = 4;
    private static final int PAYLOAD = 9;
    private static final int LARGEST_TYPE = 255;

    private Nflog() {}

    /** Does a whole, plausible header start at {@code at}, with {@code available} bytes left to the end? */
    public static Verdict check(Packet packet, int at, int available) {
        if (available < LENGTH) return Verdict.TRUNCATED;
        if (packet.u8(at + 1) != 0) return Verdict.MALFORMED;
        int attribute = LENGTH;
        while (available - attribute >= ATTRIBUTE_HEADER) {
            int length = length(packet, at + attribute);
            if (length < ATTRIBUTE_HEADER) return Verdict.MALFORMED;
            if (type(packet, at + attribute) == PAYLOAD) return Verdict.OK;
            if (available - attribute < length) return Verdict.TRUNCATED;
            attribute += length + 3 & ~3;
        }
        return available <= attribute ? Verdict.OK : Verdict.TRUNCATED;
    }

    /** Address family of Linux; {@link AddressFamily} knows those of IP. */
    public static int family(Packet packet, int at) {
        return packet.u8(at);
    }

    /** Number of the group that was logged to. */
    public static int resource(Packet packet, int at) {
        return packet.u16(at + 2);
    }

    /** Bytes of header up to the packet, or 0 if there is none; {@code available} as {@link #check} was told. */
    public static int headerLength(Packet packet, int at, int available) {
        int attribute = LENGTH;
        while (available - attribute >= ATTRIBUTE_HEADER) {
            if (type(packet, at + attribute) == PAYLOAD) return attribute + ATTRIBUTE_HEADER;
            attribute += length(packet, at + attribute) + 3 & ~3;
        }
        return 0;
    }

    /** Bytes of the packet that {@code headerLength} found. May exceed what was captured. */
    public static int payloadLength(Packet packet, int at, int headerLength) {
        return length(packet, at + headerLength - ATTRIBUTE_HEADER) - ATTRIBUTE_HEADER;
    }

    private static int length(Packet packet, int at) {
        return isLittleEndian(packet, at) ? packet.littleU16(at) : packet.u16(at);
    }

    private static int type(Packet packet, int at) {
        return isLittleEndian(packet, at) ? packet.littleU16(at + 2) : packet.u16(at + 2);
    }

    /** Types are small numbers, so the order shows itself. */
    private static boolean isLittleEndian(Packet packet, int at) {
        return packet.littleU16(at + 2) <= LARGEST_TYPE;
    }

    /** The same fields as a value. */
    public record Header(int family, int resource) {}

    public static Header header(Packet packet, int at) {
        return new Header(family(packet, at), resource(packet, at));
    }
}
