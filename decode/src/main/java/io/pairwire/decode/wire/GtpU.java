package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * GTP version 1 header as the user plane has it, 3GPP TS 29.281 §5.1; {@link GtpExtensions} walks its extension headers.
 *
 * <pre>
 *   0   2 3 4 5 6 7 8          15 16                    31
 *  +-----+-+-+-+-+-+-------------+------------------------+
 *  |  1  |1| |E|S|N|   message   |         length         |
 *  +-----+-+-+-+-+-+-------------+------------------------+
 *  |              tunnel endpoint identifier              |
 *  +-----------------------------+----------+-------------+
 *  |     sequence number (ESN)   |N-PDU(ESN)|  next (ESN) |
 *  +-----------------------------+----------+-------------+
 *  |             extension headers, with E                |
 *  +------------------------------------------------------+
 * </pre>
 *
 * <p>Call {@link #check} once. After it answers {@link Verdict#OK} every accessor here stays inside the captured bytes;
 * before that their answers mean nothing.
 */
public final class GtpU {
    /** Bytes of the shortest header. */
    public static final int LENGTH = 8;

    /** {@link #message} that carries a packet of the user. */
    public static final int USER_PACKET = 255;

    private static final int OPTIONAL = 4;
    private static final int EXTENSION = 0b100;
    private static final int SEQUENCE = 0b010;
    private static final int ANY_OPTIONAL = 0b111;

    private GtpU() {}

    /**
     * Does a whole, plausible header with its extension headers start at {@code at}, with {@code available} bytes left
     * to the end? A chain of extension headers that leaves the length of the message is malformed.
     */
    public static Verdict check(Packet packet, int at, int available) {
        if (available < LENGTH) return Verdict.TRUNCATED;
        if ((packet.u8(at) & 0b1111_1000) != 0b0011_0000) return Verdict.MALFORMED;
        int sent = LENGTH + length(packet, at);
        int fixed = fixedLength(packet, at);
        if (sent < fixed) return Verdict.MALFORMED;
        if (available < fixed) return Verdict.TRUNCATED;
        int left = Math.min(available, sent) - fixed;
        int extensions = extensionsLength(packet, at, left);
        if (extensions == 0) return Verdict.MALFORMED;
        if (extensions > 0) return Verdict.OK;
        return sent > available ? Verdict.TRUNCATED : Verdict.MALFORMED;
    }

    /** {@link #USER_PACKET}, or a message between the ends of the tunnel. */
    public static int message(Packet packet, int at) {
        return packet.u8(at + 1);
    }

    /** Bytes after the first eight. */
    public static int length(Packet packet, int at) {
        return packet.u16(at + 2);
    }

    /** 32 bits. */
    public static int tunnel(Packet packet, int at) {
        return packet.u32(at + 4);
    }

    public static boolean hasSequence(Packet packet, int at) {
        return (packet.u8(at) & SEQUENCE) != 0;
    }

    /** 0 without {@link #hasSequence}. */
    public static int sequence(Packet packet, int at) {
        return hasSequence(packet, at) ? packet.u16(at + LENGTH) : 0;
    }

    public static boolean hasExtensions(Packet packet, int at) {
        return (packet.u8(at) & EXTENSION) != 0;
    }

    /** Type of the first extension header, 0 if there is none. */
    public static int firstExtension(Packet packet, int at) {
        return hasExtensions(packet, at) ? packet.u8(at + LENGTH + 3) : 0;
    }

    /** Header with extension headers, bytes. */
    public static int headerLength(Packet packet, int at) {
        return fixedLength(packet, at) + extensionsLength(packet, at, Integer.MAX_VALUE) - 1;
    }

    /** Header without extension headers, bytes: 8 or 12. */
    static int fixedLength(Packet packet, int at) {
        return (packet.u8(at) & ANY_OPTIONAL) != 0 ? LENGTH + OPTIONAL : LENGTH;
    }

    /** One more than the bytes of all extension headers; 0 if one has no length, -1 if one leaves {@code available}. */
    private static int extensionsLength(Packet packet, int at, int available) {
        int from = at + fixedLength(packet, at);
        int length = 0;
        for (int type = firstExtension(packet, at); type != 0; ) {
            if (available - length < 1) return -1;
            int extension = packet.u8(from + length) * 4;
            if (extension == 0) return 0;
            if (available - length < extension) return -1;
            length += extension;
            type = packet.u8(from + length - 1);
        }
        return length + 1;
    }

    /** The same fields as a value; extension headers are left out. */
    public record Header(int message, int length, int tunnel, int sequence, int headerLength) {}

    public static Header header(Packet packet, int at) {
        return new Header(
                message(packet, at),
                length(packet, at),
                tunnel(packet, at),
                sequence(packet, at),
                headerLength(packet, at));
    }
}
