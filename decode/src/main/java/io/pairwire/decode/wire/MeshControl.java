package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * Mesh control field, IEEE 802.11 §9.2.4.8.3, before what a mesh data frame carries.
 *
 * <pre>
 *   0       7 8      15 16                 47 48
 *  +---------+---------+----------------------+-----------------------+
 *  |  flags  |   TTL   |      sequence        | (one or two addresses)|
 *  +---------+---------+----------------------+-----------------------+
 * </pre>
 *
 * <p>Call {@link #check} once. After it answers {@link Verdict#OK} every accessor here stays inside the captured bytes;
 * before that their answers mean nothing.
 */
public final class MeshControl {
    /** Bytes without further addresses. */
    public static final int LENGTH = 6;

    private MeshControl() {}

    /** Does a whole, plausible header start at {@code at}, with {@code available} bytes left to the end? */
    public static Verdict check(Packet packet, int at, int available) {
        if (available < LENGTH) return Verdict.TRUNCATED;
        if (packet.u8(at) > 2) return Verdict.MALFORMED;
        return available < headerLength(packet, at) ? Verdict.TRUNCATED : Verdict.OK;
    }

    /** 6, 12 or 18 bytes. */
    public static int headerLength(Packet packet, int at) {
        return LENGTH + 6 * addresses(packet, at);
    }

    /** Further addresses, 0 to 2. */
    public static int addresses(Packet packet, int at) {
        return packet.u8(at) & 3;
    }

    public static int ttl(Packet packet, int at) {
        return packet.u8(at + 1);
    }

    /** Unsigned. */
    public static int sequence(Packet packet, int at) {
        return packet.littleU32(at + 2);
    }

    /** The same fields as a value. */
    public record Header(int headerLength, int addresses, int ttl, int sequence) {}

    public static Header header(Packet packet, int at) {
        return new Header(headerLength(packet, at), addresses(packet, at), ttl(packet, at), sequence(packet, at));
    }
}
