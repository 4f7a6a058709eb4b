package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * IPv6 routing header, <a href="https://www.rfc-editor.org/rfc/rfc8200">RFC 8200</a> §4.4: source routes (type 0,
 * <a href="https://www.rfc-editor.org/rfc/rfc5095">RFC 5095</a> forbids it), mobile IPv6 (type 2,
 * <a href="https://www.rfc-editor.org/rfc/rfc6275">RFC 6275</a>), segment routing (type 4,
 * <a href="https://www.rfc-editor.org/rfc/rfc8754">RFC 8754</a> §2).
 *
 * <pre>
 *   0            7 8            15 16         23 24       31
 *  +--------------+---------------+-------------+----------+
 *  | next header  |    length     |    type     |   left   |
 *  +--------------+---------------+-------------+----------+
 *  |  type 4: last, flags         |  tag (others: reserved)|
 *  +------------------------------+------------------------+
 *  |          addresses of 16 bytes, then options          |
 *  +-------------------------------------------------------+
 * </pre>
 *
 * <p>Call {@link #check} once. After it answers {@link Verdict#OK} every accessor here stays inside the captured bytes;
 * before that their answers mean nothing.
 */
public final class Ipv6Routing {
    /** Bytes before the addresses. */
    public static final int LENGTH = 8;

    public static final int SOURCE_ROUTE = 0;
    public static final int MOBILE = 2;
    public static final int SEGMENT_ROUTING = 4;

    private static final int ADDRESS = 16;

    private Ipv6Routing() {}

    /** Does a whole, plausible header start at {@code at}, with {@code available} bytes left to the end? */
    public static Verdict check(Packet packet, int at, int available) {
        Verdict checked = Ipv6Extension.check(packet, at, available);
        if (checked != Verdict.OK) return checked;
        boolean lies = type(packet, at) == SEGMENT_ROUTING && packet.u8(at + 4) + 1 > room(packet, at);
        return lies || segmentsLeft(packet, at) > 0 && hasAddresses(packet, at) && addresses(packet, at) == 0
                ? Verdict.MALFORMED
                : Verdict.OK;
    }

    /** {@link IpProtocol} of what follows. */
    public static int nextHeader(Packet packet, int at) {
        return Ipv6Extension.nextHeader(packet, at);
    }

    /** The whole header, bytes. */
    public static int headerLength(Packet packet, int at) {
        return Ipv6Extension.headerLength(packet, at);
    }

    public static int type(Packet packet, int at) {
        return packet.u8(at + 2);
    }

    /** Stations that are still to be visited. */
    public static int segmentsLeft(Packet packet, int at) {
        return packet.u8(at + 3);
    }

    /** Segment routing: eight flags, none defined. */
    public static int flags(Packet packet, int at) {
        return packet.u8(at + 5);
    }

    /** Segment routing: which packets belong together. */
    public static int tag(Packet packet, int at) {
        return packet.u16(at + 6);
    }

    /** How many addresses there are; 0 for a type that keeps them in another form. */
    public static int addresses(Packet packet, int at) {
        if (!hasAddresses(packet, at)) return 0;
        return type(packet, at) == SEGMENT_ROUTING ? packet.u8(at + 4) + 1 : room(packet, at);
    }

    private static boolean hasAddresses(Packet packet, int at) {
        int type = type(packet, at);
        return type == SOURCE_ROUTE || type == MOBILE || type == SEGMENT_ROUTING;
    }

    private static int room(Packet packet, int at) {
        return (headerLength(packet, at) - LENGTH) / ADDRESS;
    }

    /** The upper 64 bits of an address; {@code index} below {@link #addresses}. */
    public static long addressHigh(Packet packet, int at, int index) {
        return packet.u64(at + LENGTH + index * ADDRESS);
    }

    /** The lower 64 bits of an address. */
    public static long addressLow(Packet packet, int at, int index) {
        return packet.u64(at + LENGTH + index * ADDRESS + 8);
    }

    /** Index of the address where the packet ends, or -1 if there is none; segment routing lists them backwards. */
    public static int lastStation(Packet packet, int at) {
        return type(packet, at) == SEGMENT_ROUTING ? 0 : addresses(packet, at) - 1;
    }

    /** The same fields as a value; addresses are left out. */
    public record Header(int nextHeader, int headerLength, int type, int segmentsLeft, int addresses) {}

    public static Header header(Packet packet, int at) {
        return new Header(
                nextHeader(packet, at),
                headerLength(packet, at),
                type(packet, at),
                segmentsLeft(packet, at),
                addresses(packet, at));
    }
}
