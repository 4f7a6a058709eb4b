package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * Record header of Endace cards, <a href="https://www.tcpdump.org/linktypes/LINKTYPE_ERF.html">LINKTYPE_ERF</a>.
 *
 * <pre>
 *   0                         63 64    71 72    79 80            95
 *  +----------------------------+--------+--------+---------------+
 *  |  timestamp, little-endian  |  type  | flags  | record length |
 *  +----------------------------+--------+--------+---------------+
 *  |   loss or color   | length on the wire |  (extension headers, 8 B each)
 *  +-------------------+--------------------+
 * </pre>
 *
 * <p>Call {@link #check} once. After it answers {@link Verdict#OK} every accessor here stays inside the captured bytes;
 * before that their answers mean nothing.
 */
public final class Erf {
    /** Bytes of header without extensions. */
    public static final int LENGTH = 16;

    private static final int MORE = 0x80;
    private static final int EXTENSION = 8;
    private static final int MOST_EXTENSIONS = 16;

    private Erf() {}

    /** Does a whole, plausible header start at {@code at}, with {@code available} bytes left to the end? */
    public static Verdict check(Packet packet, int at, int available) {
        if (available < LENGTH) return Verdict.TRUNCATED;
        int length = LENGTH;
        boolean more = (packet.u8(at + 8) & MORE) != 0;
        for (int i = 0; more; i++) {
            if (i == MOST_EXTENSIONS) return Verdict.MALFORMED;
            if (available - length < EXTENSION) return Verdict.TRUNCATED;
            more = (packet.u8(at + length) & MORE) != 0;
            length += EXTENSION;
        }
        return Verdict.OK;
    }

    /** 16 bytes and 8 for every extension. */
    public static int headerLength(Packet packet, int at) {
        int length = LENGTH;
        boolean more = (packet.u8(at + 8) & MORE) != 0;
        while (more) { // check has found the last one
            more = (packet.u8(at + length) & MORE) != 0;
            length += EXTENSION;
        }
        return length;
    }

    /** What the record is about, 0 to 127. */
    public static int type(Packet packet, int at) {
        return packet.u8(at + 8) & ~MORE;
    }

    /** Bytes of the frame on the wire. */
    public static int wireLength(Packet packet, int at) {
        return packet.u16(at + 14);
    }

    /** The same fields as a value. */
    public record Header(int headerLength, int type, int wireLength) {}

    public static Header header(Packet packet, int at) {
        return new Header(headerLength(packet, at), type(packet, at), wireLength(packet, at));
    }
}
