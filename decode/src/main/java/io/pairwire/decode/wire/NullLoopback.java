package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * BSD loopback header, <a href="https://www.tcpdump.org/linktypes/LINKTYPE_NULL.html">LINKTYPE_NULL</a> and LINKTYPE_LOOP: the
 * address family, in the byte order of the capturing host or (LOOP) of the network.
 *
 * <pre>
 *   0                                31
 *  +----------------------------------+
 *  |          address family          |
 *  +----------------------------------+
 * </pre>
 *
 * <p>Call {@link #check} once. After it answers {@link Verdict#OK} every accessor here stays inside the captured bytes;
 * before that their answers mean nothing.
 */
public final class NullLoopback {
    /** Bytes of header. */
    public static final int LENGTH = 4;

    private NullLoopback() {}

    /** Does a whole header start at {@code at}, with {@code available} bytes left to the end? */
    public static Verdict check(Packet packet, int at, int available) {
        return available < LENGTH ? Verdict.TRUNCATED : Verdict.OK;
    }

    /** The number of the family; whoever wrote it, families are small numbers, so the order shows itself. */
    public static int family(Packet packet, int at) {
        return AddressFamily.inEitherOrder(packet.u32(at));
    }

    /** {@link EtherType#IPV4} or {@link EtherType#IPV6} as the family says on any system, or 0 for other families. */
    public static int etherType(Packet packet, int at) {
        return AddressFamily.etherType(family(packet, at));
    }

    /** The same field as a value. */
    public record Header(int family) {}

    public static Header header(Packet packet, int at) {
        return new Header(family(packet, at));
    }
}
