package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * TCP header, <a href="https://www.rfc-editor.org/rfc/rfc9293">RFC 9293</a> §3.1.
 *
 * <pre>
 *   0     3 4             15 16                  31
 *  +-----------------------+-----------------------+
 *  |      source port      |   destination port    |
 *  +-----------------------+-----------------------+
 *  |                sequence number                |
 *  +-----------------------------------------------+
 *  |             acknowledgment number             |
 *  +-------+---------------+-----------------------+
 *  |offset |     flags     |        window         |
 *  +-------+---------------+-----------------------+
 *  |       checksum        |    urgent pointer     |
 *  +-----------------------+-----------------------+
 *  |           options, to the data offset         |
 *  +-----------------------------------------------+
 * </pre>
 *
 * <p>Call {@link #check} once. After it answers {@link Verdict#OK} every accessor here stays inside the captured bytes;
 * before that their answers mean nothing.
 */
public final class Tcp {
    /** Bytes of header without options. */
    public static final int LENGTH = 20;

    public static final int FIN = 0x01;
    public static final int SYN = 0x02;
    public static final int RST = 0x04;
    public static final int PSH = 0x08;
    public static final int ACK = 0x10;
    public static final int URG = 0x20;
    public static final int ECE = 0x40;
    public static final int CWR = 0x80;

    private static final int SOURCE_PORT = 0;
    private static final int DESTINATION_PORT = 2;
    private static final int SEQUENCE = 4;
    private static final int ACKNOWLEDGMENT = 8;
    private static final int DATA_OFFSET = 12;
    private static final int WINDOW = 14;
    private static final int CHECKSUM = 16;
    private static final int URGENT_POINTER = 18;

    private Tcp() {}

    /** Does a whole, plausible header with its options start at {@code at}, with {@code available} bytes left to the end? */
    public static Verdict check(Packet packet, int at, int available) {
        if (available < LENGTH) return Verdict.TRUNCATED;
        int headerLength = headerLength(packet, at);
        if (headerLength < LENGTH) return Verdict.MALFORMED;
        return available < headerLength ? Verdict.TRUNCATED : Verdict.OK;
    }

    public static int sourcePort(Packet packet, int at) {
        return packet.u16(at + SOURCE_PORT);
    }

    public static int destinationPort(Packet packet, int at) {
        return packet.u16(at + DESTINATION_PORT);
    }

    public static long sequence(Packet packet, int at) {
        return Integer.toUnsignedLong(packet.u32(at + SEQUENCE));
    }

    /** Means something only if {@link #ACK} is set. */
    public static long acknowledgment(Packet packet, int at) {
        return Integer.toUnsignedLong(packet.u32(at + ACKNOWLEDGMENT));
    }

    /** Header with options, bytes: the data offset. */
    public static int headerLength(Packet packet, int at) {
        return packet.u8(at + DATA_OFFSET) >>> 4 << 2;
    }

    /** The twelve bits beside the data offset: four reserved ones (the lowest is AE, RFC 9768), then CWR to {@link #FIN}. */
    public static int flags(Packet packet, int at) {
        return packet.u16(at + DATA_OFFSET) & 0x0fff;
    }

    /** As sent, before any scaling. */
    public static int window(Packet packet, int at) {
        return packet.u16(at + WINDOW);
    }

    public static int checksum(Packet packet, int at) {
        return packet.u16(at + CHECKSUM);
    }

    public static int urgentPointer(Packet packet, int at) {
        return packet.u16(at + URGENT_POINTER);
    }

    /** The same fields as a value; options are left out. */
    public record Header(
            int sourcePort,
            int destinationPort,
            long sequence,
            long acknowledgment,
            int headerLength,
            int flags,
            int window,
            int checksum,
            int urgentPointer) {}

    public static Header header(Packet packet, int at) {
        return new Header(
                sourcePort(packet, at),
                destinationPort(packet, at),
                sequence(packet, at),
                acknowledgment(packet, at),
                headerLength(packet, at),
                flags(packet, at),
                window(packet, at),
                checksum(packet, at),
                urgentPointer(packet, at));
    }
}
