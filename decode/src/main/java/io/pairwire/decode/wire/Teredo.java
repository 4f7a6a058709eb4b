package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * What may come before the IPv6 packet in Teredo, <a href="https://www.rfc-editor.org/rfc/rfc4380">RFC 4380</a> §5.1.1: an
 * authentication, an origin indication, both in this order, or nothing.
 *
 * <pre>
 *   0            7 8            15 16         23 24       31
 *  +--------------+---------------+-------------+----------+
 *  |      0       |       1       |  id length  |au length |
 *  +--------------+---------------+-------------+----------+
 *  |   identifier, value, nonce (8 bytes), confirmation    |
 *  +--------------+---------------+------------------------+
 *  |      0       |       0       |     port, inverted     |
 *  +--------------+---------------+------------------------+
 *  |             IPv4 address, inverted                    |
 *  +-------------------------------------------------------+
 * </pre>
 *
 * <p>Call {@link #check} once. After it answers {@link Verdict#OK} every accessor here stays inside the captured bytes;
 * before that their answers mean nothing.
 */
public final class Teredo {
    private static final int AUTHENTICATION = 1;
    private static final int AUTHENTICATION_LENGTH = 13;
    private static final int ORIGIN = 0;
    private static final int ORIGIN_LENGTH = 8;

    private Teredo() {}

    /** Do whole headers start at {@code at}, at least one, with {@code available} bytes left to the end? */
    public static Verdict check(Packet packet, int at, int available) {
        if (available < 4) return Verdict.TRUNCATED;
        int kind = packet.u16(at);
        if (kind != AUTHENTICATION && kind != ORIGIN) return Verdict.MALFORMED;
        int authentication = authenticationLength(packet, at);
        if (available < authentication) return Verdict.TRUNCATED;
        if (authentication > 0 && available - authentication < 2) return Verdict.OK;
        boolean origin = packet.u16(at + authentication) == ORIGIN;
        return origin && available - authentication < ORIGIN_LENGTH ? Verdict.TRUNCATED : Verdict.OK;
    }

    public static boolean hasAuthentication(Packet packet, int at) {
        return packet.u16(at) == AUTHENTICATION;
    }

    /** Bytes of the authentication, 0 without. */
    public static int authenticationLength(Packet packet, int at) {
        return hasAuthentication(packet, at) ? AUTHENTICATION_LENGTH + packet.u8(at + 2) + packet.u8(at + 3) : 0;
    }

    /** Where an origin indication would begin; {@link #isOrigin} says whether one does. */
    public static int originAt(Packet packet, int at) {
        return at + authenticationLength(packet, at);
    }

    /** Does an origin indication begin here? Two bytes must be there. */
    public static boolean isOrigin(Packet packet, int originAt) {
        return packet.u16(originAt) == ORIGIN;
    }

    /** The port of the sender as the server saw it. */
    public static int originPort(Packet packet, int originAt) {
        return ~packet.u16(originAt + 2) & 0xffff;
    }

    /** The IPv4 address of the sender as the server saw it, the low 32 bits. */
    public static long originAddress(Packet packet, int originAt) {
        return Integer.toUnsignedLong(~packet.u32(originAt + 4));
    }

    /** All headers, bytes, with {@code available} bytes left to the end. */
    public static int headerLength(Packet packet, int at, int available) {
        int authentication = authenticationLength(packet, at);
        boolean origin = available - authentication >= ORIGIN_LENGTH && isOrigin(packet, at + authentication);
        return authentication + (origin ? ORIGIN_LENGTH : 0);
    }
}
