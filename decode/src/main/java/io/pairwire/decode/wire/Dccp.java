package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * DCCP generic header, <a href="https://www.rfc-editor.org/rfc/rfc4340">RFC 4340</a> §5.1; with X set the sequence number
 * has 48 bits and the header four bytes more.
 *
 * <pre>
 *   0           7 8     11 12    15 16             31
 *  +----------------------------------+---------------+
 *  |           source port            |  dest. port   |
 *  +-------------+--------+-----------+---------------+
 *  | data offset | CCVal  | coverage  |   checksum    |
 *  +----+------+-+--------+-----------+---------------+
 *  |res | type |X|  sequence number, high or all bits |
 *  +----+------+-+------------------------------------+
 *  |             sequence number, low bits            |
 *  +--------------------------------------------------+
 * </pre>
 *
 * <p>Call {@link #check} once. After it answers {@link Verdict#OK} every accessor here stays inside the captured bytes;
 * before that their answers mean nothing.
 */
public final class Dccp {
    /** Bytes of the shortest header. */
    public static final int LENGTH = 12;

    private static final int SOURCE_PORT = 0;
    private static final int DESTINATION_PORT = 2;
    private static final int DATA_OFFSET = 4;
    private static final int COVERAGE = 5;
    private static final int CHECKSUM = 6;
    private static final int TYPE = 8;

    private Dccp() {}

    /** Does a whole, plausible header with its options start at {@code at}, with {@code available} bytes left to the end? */
    public static Verdict check(Packet packet, int at, int available) {
        if (available < LENGTH) return Verdict.TRUNCATED;
        int headerLength = headerLength(packet, at);
        if (headerLength < (isExtended(packet, at) ? LENGTH + 4 : LENGTH)) return Verdict.MALFORMED;
        return available < headerLength ? Verdict.TRUNCATED : Verdict.OK;
    }

    public static int sourcePort(Packet packet, int at) {
        return packet.u16(at + SOURCE_PORT);
    }

    public static int destinationPort(Packet packet, int at) {
        return packet.u16(at + DESTINATION_PORT);
    }

    /** Header with options, bytes; 0 to 1020. */
    public static int headerLength(Packet packet, int at) {
        return packet.u8(at + DATA_OFFSET) * 4;
    }

    /** 0: the checksum covers all; n: the header and the first (n - 1) * 4 bytes of the data (RFC 4340 §9.2). */
    public static int coverage(Packet packet, int at) {
        return packet.u8(at + COVERAGE) & 0xf;
    }

    public static int checksum(Packet packet, int at) {
        return packet.u16(at + CHECKSUM);
    }

    /** 0 request, 1 response, 2 data, 3 ack, 4 data and ack, 5 close request, 6 close, 7 reset, 8 sync, 9 its ack. */
    public static int type(Packet packet, int at) {
        return packet.u8(at + TYPE) >>> 1 & 0xf;
    }

    /** Has the sequence number 48 bits? */
    public static boolean isExtended(Packet packet, int at) {
        return (packet.u8(at + TYPE) & 1) != 0;
    }

    /** 48 bits, or 24. */
    public static long sequence(Packet packet, int at) {
        return isExtended(packet, at) ? packet.u64(at + TYPE) & 0xffff_ffff_ffffL : packet.u32(at + TYPE) & 0xff_ffffL;
    }

    /** The same fields as a value; options are left out. */
    public record Header(
            int sourcePort,
            int destinationPort,
            int headerLength,
            int coverage,
            int checksum,
            int type,
            boolean extended,
            long sequence) {}

    public static Header header(Packet packet, int at) {
        return new Header(
                sourcePort(packet, at),
                destinationPort(packet, at),
                headerLength(packet, at),
                coverage(packet, at),
                checksum(packet, at),
                type(packet, at),
                isExtended(packet, at),
                sequence(packet, at));
    }
}
