package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * Per-packet information header, <a href="https://www.tcpdump.org/linktypes/LINKTYPE_PPI.html">LINKTYPE_PPI</a>. Little-endian.
 *
 * <pre>
 *   0       7 8      15 16            31 32                    63
 *  +---------+---------+---------------+-------------------------+
 *  | version |  flags  |    length     |        link type        |
 *  +---------+---------+---------------+-------------------------+
 *  |  fields: type, length, contents                             |
 *  +-------------------------------------------------------------+
 * </pre>
 *
 * <p>Call {@link #check} once. After it answers {@link Verdict#OK} every accessor here stays inside the captured bytes;
 * before that their answers mean nothing.
 */
public final class Ppi {
    /** Bytes of the shortest header. */
    public static final int LENGTH = 8;

    private static final int FIELD_HEADER = 4;
    private static final int COMMON = 2; // the field about any 802.11 frame

    private Ppi() {}

    /** Does a whole, plausible header start at {@code at}, with {@code available} bytes left to the end? */
    public static Verdict check(Packet packet, int at, int available) {
        if (available < LENGTH) return Verdict.TRUNCATED;
        int length = headerLength(packet, at);
        if (packet.u8(at) != 0 || length < LENGTH) return Verdict.MALFORMED;
        return available < length ? Verdict.TRUNCATED : Verdict.OK;
    }

    /** Bytes of header with all fields. */
    public static int headerLength(Packet packet, int at) {
        return packet.littleU16(at + 2);
    }

    /** Number of the link type of what follows; see {@code LinkType}. */
    public static int linkType(Packet packet, int at) {
        return packet.littleU32(at + 4);
    }

    /** Flags of the field that any 802.11 frame has: 1 check sequence present, 2 time in milliseconds, 4 damaged; or 0. */
    public static int commonFlags(Packet packet, int at) {
        int end = headerLength(packet, at);
        int field = LENGTH;
        while (end - field >= FIELD_HEADER) { // each turn goes on by four bytes at least
            int length = packet.littleU16(at + field + 2);
            boolean common = packet.littleU16(at + field) == COMMON && length >= 10;
            if (common && end - field >= FIELD_HEADER + 10) return packet.littleU16(at + field + FIELD_HEADER + 8);
            field += FIELD_HEADER + length;
        }
        return 0;
    }

    /** The same fields as a value. */
    public record Header(int headerLength, int linkType, int commonFlags) {}

    public static Header header(Packet packet, int at) {
        return new Header(headerLength(packet, at), linkType(packet, at), commonFlags(packet, at));
    }
}
