package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * Header of OpenBSD's view into IPsec, <a href="https://www.tcpdump.org/linktypes/LINKTYPE_ENC.html">LINKTYPE_ENC</a>, in the byte
 * order of the capturing host.
 *
 * <pre>
 *   0                31 32             63 64             95
 *  +-------------------+-----------------+-----------------+
 *  |  address family   | security index  |      flags      |
 *  +-------------------+-----------------+-----------------+
 * </pre>
 *
 * <p>Call {@link #check} once. After it answers {@link Verdict#OK} every accessor here stays inside the captured bytes;
 * before that their answers mean nothing.
 */
public final class Enc {
    /** Bytes of header. */
    public static final int LENGTH = 12;

    private Enc() {}

    /** Does a whole header start at {@code at}, with {@code available} bytes left to the end? */
    public static Verdict check(Packet packet, int at, int available) {
        return available < LENGTH ? Verdict.TRUNCATED : Verdict.OK;
    }

    /** Address family of the capturing system; {@link AddressFamily} knows those of IP. */
    public static int family(Packet packet, int at) {
        return AddressFamily.inEitherOrder(packet.u32(at));
    }

    /** Security parameters index, unsigned, as the bytes are on the wire. */
    public static int securityIndex(Packet packet, int at) {
        return packet.u32(at + 4);
    }

    /** The same fields as a value. */
    public record Header(int family, int securityIndex) {}

    public static Header header(Packet packet, int at) {
        return new Header(family(packet, at), securityIndex(packet, at));
    }
}
