package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * Header of mirrored traffic in GRE: ERSPAN type II (version 1) and type III (version 2), as in
 * <a href="https://datatracker.ietf.org/doc/html/draft-foschiano-erspan-03">draft-foschiano-erspan-03</a> §4. Type I has none.
 *
 * <pre>
 *   0   3 4              15 16 18 19 20 21 22        31
 *  +-----+-----------------+-----+-----+--+------------+
 *  | ver |      VLAN       | CoS | enc | T|  session   |
 *  +-----+-----------------+-----+-----+--+------------+
 *  |  version 1: reserved, index; version 2: time      |
 *  +---------------------------------------------------+
 *  |  version 2: group tag, frame type, hardware, O    |
 *  +---------------------------------------------------+
 *  |  version 2 with O: eight bytes of the platform    |
 *  +---------------------------------------------------+
 * </pre>
 *
 * <p>Call {@link #check} once. After it answers {@link Verdict#OK} every accessor here stays inside the captured bytes;
 * before that their answers mean nothing.
 */
public final class Erspan {
    /** Bytes of the header of type II. */
    public static final int LENGTH = 8;

    private static final int LENGTH_III = 12;
    private static final int PLATFORM = 8;

    private Erspan() {}

    /** Does a whole, plausible header start at {@code at}, with {@code available} bytes left to the end? */
    public static Verdict check(Packet packet, int at, int available) {
        if (available < LENGTH) return Verdict.TRUNCATED;
        int version = version(packet, at);
        if (version != 1 && version != 2) return Verdict.MALFORMED;
        if (version == 2 && available < LENGTH_III) return Verdict.TRUNCATED;
        return available < headerLength(packet, at) ? Verdict.TRUNCATED : Verdict.OK;
    }

    /** 1 for type II, 2 for type III. */
    public static int version(Packet packet, int at) {
        return packet.u8(at) >>> 4;
    }

    /** The VLAN of the mirrored frame, 0 to 4095. */
    public static int vlan(Packet packet, int at) {
        return packet.u16(at) & 0xfff;
    }

    /** Was the mirrored frame cut? */
    public static boolean isCut(Packet packet, int at) {
        return (packet.u16(at + 2) & 0x400) != 0;
    }

    /** The mirror session, 0 to 1023. */
    public static int session(Packet packet, int at) {
        return packet.u16(at + 2) & 0x3ff;
    }

    /** Type III: what is mirrored; 0 an Ethernet frame, 2 an IP packet. Always 0 for type II. */
    public static int frameType(Packet packet, int at) {
        return version(packet, at) == 2 ? packet.u16(at + 10) >>> 10 & 0x1f : 0;
    }

    /** The whole header, bytes: 8, 12 or 20. */
    public static int headerLength(Packet packet, int at) {
        if (version(packet, at) == 1) return LENGTH;
        return (packet.u16(at + 10) & 1) != 0 ? LENGTH_III + PLATFORM : LENGTH_III;
    }

    /** The same fields as a value. */
    public record Header(int version, int vlan, boolean cut, int session, int frameType, int headerLength) {}

    public static Header header(Packet packet, int at) {
        return new Header(
                version(packet, at),
                vlan(packet, at),
                isCut(packet, at),
                session(packet, at),
                frameType(packet, at),
                headerLength(packet, at));
    }
}
