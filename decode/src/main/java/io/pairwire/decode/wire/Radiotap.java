package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * Radiotap header, <a href="https://www.radiotap.org">radiotap.org</a>: what a receiver says of an 802.11 frame. Little-endian.
 *
 * <pre>
 *   0       7 8      15 16            31 32                     63
 *  +---------+---------+---------------+--------------------------+
 *  | version |   pad   |    length     |  present, chained by     |
 *  +---------+---------+---------------+  the highest bit of each |
 *  | fields, each aligned to its size  |  word                    |
 *  +-----------------------------------+--------------------------+
 * </pre>
 *
 * <p>Call {@link #check} once. After it answers {@link Verdict#OK} every accessor here stays inside the captured bytes;
 * before that their answers mean nothing.
 */
public final class Radiotap {
    /** Bytes of the shortest header. */
    public static final int LENGTH = 8;

    private static final int PRESENT = 4;
    private static final int MORE_PRESENT = 1 << 31;
    private static final int TIMESTAMP_PRESENT = 1;
    private static final int FLAGS_PRESENT = 2;

    private Radiotap() {}

    /** Does a whole, plausible header start at {@code at}, with {@code available} bytes left to the end? */
    public static Verdict check(Packet packet, int at, int available) {
        if (available < LENGTH) return Verdict.TRUNCATED;
        int length = headerLength(packet, at);
        if (version(packet, at) != 0 || length < LENGTH) return Verdict.MALFORMED;
        if (available < length) return Verdict.TRUNCATED;
        int fields = PRESENT;
        while ((packet.littleU32(at + fields) & MORE_PRESENT) != 0) {
            fields += 4;
            if (length - fields < 4) return Verdict.MALFORMED;
        }
        return length < flagsAt(packet, at) - at ? Verdict.MALFORMED : Verdict.OK;
    }

    /** 0 is the only one there is. */
    public static int version(Packet packet, int at) {
        return packet.u8(at);
    }

    /** Bytes of the whole header. */
    public static int headerLength(Packet packet, int at) {
        return packet.littleU16(at + 2);
    }

    /** Which fields there are, the first word of it. */
    public static int present(Packet packet, int at) {
        return packet.littleU32(at + PRESENT);
    }

    /** The field of flags; 0 if there is none. */
    public static int flags(Packet packet, int at) {
        return (present(packet, at) & FLAGS_PRESENT) == 0 ? 0 : packet.u8(flagsAt(packet, at) - 1);
    }

    /** Does the frame end with its check sequence? */
    public static boolean hasCheckSequence(Packet packet, int at) {
        return (flags(packet, at) & 0x10) != 0;
    }

    /** Is there padding between the 802.11 header and what it carries, up to a multiple of four bytes? */
    public static boolean isPadded(Packet packet, int at) {
        return (flags(packet, at) & 0x20) != 0;
    }

    /** Did the receiver find the check sequence wrong? */
    public static boolean isDamaged(Packet packet, int at) {
        return (flags(packet, at) & 0x40) != 0;
    }

    /** Where the field of flags ends, or would: a timestamp may stand before it, aligned to eight bytes. */
    private static int flagsAt(Packet packet, int at) {
        int present = present(packet, at);
        if ((present & FLAGS_PRESENT) == 0) return at + LENGTH;
        int fields = PRESENT;
        while ((packet.littleU32(at + fields) & MORE_PRESENT) != 0) fields += 4;
        fields += 4;
        if ((present & TIMESTAMP_PRESENT) != 0) fields = (fields + 7 & ~7) + 8;
        return at + fields + 1;
    }

    /** The same fields as a value. */
    public record Header(int version, int headerLength, int present, int flags) {}

    public static Header header(Packet packet, int at) {
        return new Header(version(packet, at), headerLength(packet, at), present(packet, at), flags(packet, at));
    }
}
