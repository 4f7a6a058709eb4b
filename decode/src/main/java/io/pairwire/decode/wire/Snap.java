package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * Subnetwork access protocol header, IEEE 802 §9.5, behind an {@link Llc} header that announces it.
 *
 * <pre>
 *   0                       23 24           39
 *  +---------------------------+---------------+
 *  |       organization        |     type      |
 *  +---------------------------+---------------+
 * </pre>
 *
 * <p>Call {@link #check} once. After it answers {@link Verdict#OK} every accessor here stays inside the captured bytes;
 * before that their answers mean nothing.
 */
public final class Snap {
    /** Bytes of header. */
    public static final int LENGTH = 5;

    /** The type is an {@link EtherType} (RFC 1042). */
    public static final int ETHERNET = 0x000000;

    /** The same for frames of bridges (IEEE 802.1H). */
    public static final int BRIDGE_TUNNEL = 0x0000f8;

    /** The type is one of a bridged frame (RFC 2684 §5.2). */
    public static final int BRIDGED = 0x0080c2;

    private Snap() {}

    /** Does a whole header start at {@code at}, with {@code available} bytes left to the end? */
    public static Verdict check(Packet packet, int at, int available) {
        return available < LENGTH ? Verdict.TRUNCATED : Verdict.OK;
    }

    /** Who gives the type its meaning, 24 bits. */
    public static int organization(Packet packet, int at) {
        return packet.u16(at) << 8 | packet.u8(at + 2);
    }

    public static int type(Packet packet, int at) {
        return packet.u16(at + 3);
    }

    /** Is the type an {@link EtherType}? */
    public static boolean isEtherType(Packet packet, int at) {
        int organization = organization(packet, at);
        return organization == ETHERNET || organization == BRIDGE_TUNNEL;
    }

    /** The same fields as a value. */
    public record Header(int organization, int type) {}

    public static Header header(Packet packet, int at) {
        return new Header(organization(packet, at), type(packet, at));
    }
}
