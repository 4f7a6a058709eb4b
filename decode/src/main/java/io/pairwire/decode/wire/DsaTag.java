package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * Tag of a distributed switch, <a href="https://www.tcpdump.org/linktypes/LINKTYPE_DSA_TAG_DSA.html">LINKTYPE_DSA_TAG_DSA</a> and its
 * relatives: it stands between the addresses and the type of an Ethernet frame, so header and tag are one here.
 *
 * <pre>
 *   0              5 6             11 12               15 (19)       +2
 *  +----------------+----------------+-------------------+----------+
 *  |  destination   |     source     | tag, 4 or 8 bytes |   type   |
 *  +----------------+----------------+-------------------+----------+
 * </pre>
 *
 * <p>Call {@link #check} once. After it answers {@link Verdict#OK} every accessor here stays inside the captured bytes;
 * before that their answers mean nothing.
 */
public final class DsaTag {
    /** Bytes of addresses, short tag and type. */
    public static final int LENGTH = 18;

    /** How much longer it is with the tag that begins with a type of its own. */
    public static final int LONGER = 4;

    private DsaTag() {}

    /** Does a whole header start at {@code at}, with {@code available} bytes left to the end? */
    public static Verdict check(Packet packet, int at, int available) {
        return available < LENGTH ? Verdict.TRUNCATED : Verdict.OK;
    }

    /** MAC address, the low 48 bits. */
    public static long destination(Packet packet, int at) {
        return packet.u64(at) >>> 16;
    }

    /** MAC address, the low 48 bits. */
    public static long source(Packet packet, int at) {
        return packet.u64(at + 6) >>> 16;
    }

    /** The first four bytes of the tag. */
    public static int tag(Packet packet, int at) {
        return packet.u32(at + 12);
    }

    /** The same fields as a value. */
    public record Header(long destination, long source, int tag) {}

    public static Header header(Packet packet, int at) {
        return new Header(destination(packet, at), source(packet, at), tag(packet, at));
    }
}
