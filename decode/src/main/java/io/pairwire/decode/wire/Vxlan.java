package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * VXLAN header, <a href="https://www.rfc-editor.org/rfc/rfc7348">RFC 7348</a> §5, with the group policy of
 * <a href="https://datatracker.ietf.org/doc/html/draft-smith-vxlan-group-policy">draft-smith-vxlan-group-policy</a> and the
 * protocol of <a href="https://datatracker.ietf.org/doc/html/draft-ietf-nvo3-vxlan-gpe">draft-ietf-nvo3-vxlan-gpe</a>.
 *
 * <pre>
 *   0            7 8            15 16         23 24       31
 *  +--------------+---------------+-------------+----------+
 *  |    flags     |   reserved, or group policy | protocol |
 *  +--------------+---------------+-------------+----------+
 *  |              network identifier            | reserved |
 *  +--------------------------------------------+----------+
 * </pre>
 *
 * <p>Call {@link #check} once. After it answers {@link Verdict#OK} every accessor here stays inside the captured bytes;
 * before that their answers mean nothing.
 */
public final class Vxlan {
    /** Bytes of header. */
    public static final int LENGTH = 8;

    /** {@link #protocol} of an extended header. */
    public static final int IPV4 = 1;

    public static final int IPV6 = 2;
    public static final int ETHERNET = 3;

    private static final int NETWORK_PRESENT = 0x08;
    private static final int GROUP_POLICY = 0x80;
    private static final int PROTOCOL_PRESENT = 0x04;

    private Vxlan() {}

    /** Does a whole, plausible header start at {@code at}, with {@code available} bytes left to the end? */
    public static Verdict check(Packet packet, int at, int available) {
        if (available < LENGTH) return Verdict.TRUNCATED;
        int flags = flags(packet, at);
        boolean plausible = (flags & NETWORK_PRESENT) != 0 && (flags & ~(NETWORK_PRESENT | GROUP_POLICY)) == 0;
        return plausible ? Verdict.OK : Verdict.MALFORMED;
    }

    /** The same for the extended header, which comes over a port of its own. */
    public static Verdict checkExtended(Packet packet, int at, int available) {
        if (available < LENGTH) return Verdict.TRUNCATED;
        int flags = flags(packet, at);
        boolean plausible = (flags & NETWORK_PRESENT) != 0 && (flags & 0xf0) == 0;
        return plausible ? Verdict.OK : Verdict.MALFORMED;
    }

    public static int flags(Packet packet, int at) {
        return packet.u8(at);
    }

    /** Is the group of the sender there? */
    public static boolean hasGroup(Packet packet, int at) {
        return (flags(packet, at) & GROUP_POLICY) != 0;
    }

    /** 16 bits; means something only with {@link #hasGroup}. */
    public static int group(Packet packet, int at) {
        return packet.u16(at + 2);
    }

    /** What an extended header carries: {@link #IPV4}, {@link #IPV6}, {@link #ETHERNET} or another number. */
    public static int protocol(Packet packet, int at) {
        return (flags(packet, at) & PROTOCOL_PRESENT) != 0 ? packet.u8(at + 3) : ETHERNET;
    }

    /** The virtual network, 24 bits. */
    public static int network(Packet packet, int at) {
        return packet.u32(at + 4) >>> 8;
    }

    /** The same fields as a value. */
    public record Header(int flags, int group, int protocol, int network) {}

    public static Header header(Packet packet, int at) {
        return new Header(flags(packet, at), group(packet, at), protocol(packet, at), network(packet, at));
    }
}
