package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * AVS header of 802.11 captures, <a href="https://www.tcpdump.org/linktypes/LINKTYPE_IEEE802_11_AVS.html">LINKTYPE_IEEE802_11_AVS</a>.
 *
 * <pre>
 *   0                    31 32                    63
 *  +-----------------------+------------------------+
 *  |        version        |         length         |
 *  +-----------------------+------------------------+
 * </pre>
 *
 * <p>Call {@link #check} once. After it answers {@link Verdict#OK} every accessor here stays inside the captured bytes;
 * before that their answers mean nothing.
 */
public final class Avs {
    /** Bytes of what all versions begin with. */
    public static final int LENGTH = 8;

    private static final int MAGIC = 0x8021_1000;
    private static final int LONGEST = 4096;

    private Avs() {}

    /** Does a whole, plausible header start at {@code at}, with {@code available} bytes left to the end? */
    public static Verdict check(Packet packet, int at, int available) {
        if (available < LENGTH) return Verdict.TRUNCATED;
        int length = headerLength(packet, at);
        if (!isMarked(packet, at) || length < LENGTH || length > LONGEST) return Verdict.MALFORMED;
        return available < length ? Verdict.TRUNCATED : Verdict.OK;
    }

    /** Do the first four bytes belong to such a header? */
    public static boolean isMarked(Packet packet, int at) {
        return (packet.u32(at) & 0xffff_f000) == MAGIC;
    }

    /** 1 or 2. */
    public static int version(Packet packet, int at) {
        return packet.u32(at) & 0xfff;
    }

    /** Bytes of the whole header. */
    public static int headerLength(Packet packet, int at) {
        return packet.u32(at + 4);
    }

    /** The same fields as a value. */
    public record Header(int version, int headerLength) {}

    public static Header header(Packet packet, int at) {
        return new Header(version(packet, at), headerLength(packet, at));
    }
}
