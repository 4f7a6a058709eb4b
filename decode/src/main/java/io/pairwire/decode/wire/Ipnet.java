package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * Header of Solaris' IP observability, <a href="https://www.tcpdump.org/linktypes/LINKTYPE_IPNET.html">LINKTYPE_IPNET</a>.
 *
 * <pre>
 *   0       7 8      15 16            31 32             63
 *  +---------+---------+---------------+-----------------+
 *  | version | family  |   hook type   |  packet length  |
 *  +---------+---------+---------------+-----------------+
 *  | interface index, group index, zone of source        |
 *  | zone of destination                                 |
 *  +-----------------------------------------------------+
 * </pre>
 *
 * <p>Call {@link #check} once. After it answers {@link Verdict#OK} every accessor here stays inside the captured bytes;
 * before that their answers mean nothing.
 */
public final class Ipnet {
    /** Bytes of header. */
    public static final int LENGTH = 24;

    private Ipnet() {}

    /** Does a whole, plausible header start at {@code at}, with {@code available} bytes left to the end? */
    public static Verdict check(Packet packet, int at, int available) {
        if (available < LENGTH) return Verdict.TRUNCATED;
        return packet.u8(at) == 1 ? Verdict.OK : Verdict.MALFORMED;
    }

    /** Address family of Solaris: 2 IPv4, 26 IPv6. */
    public static int family(Packet packet, int at) {
        return packet.u8(at + 1);
    }

    /** Bytes of the packet, unsigned. */
    public static int packetLength(Packet packet, int at) {
        return packet.u32(at + 4);
    }

    /** The same fields as a value. */
    public record Header(int family, int packetLength) {}

    public static Header header(Packet packet, int at) {
        return new Header(family(packet, at), packetLength(packet, at));
    }
}
