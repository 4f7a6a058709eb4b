package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * Options of an IPv4 header, <a href="https://www.rfc-editor.org/rfc/rfc791">RFC 791</a> §3.1, as in the
 * <a href="https://www.iana.org/assignments/ip-parameters">registry of IANA</a>.
 *
 * <pre>
 *   0 1   2 3   7 8            15
 *  +-+-----+-----+---------------+------------------+
 *  |C|class| no. |    length     | body of the kind |
 *  +-+-----+-----+---------------+------------------+
 * </pre>
 */
public final class Ipv4Options extends Items {
    /** Filling; one byte, and it ends the list. */
    public static final int END = 0;

    /** Filling; one byte. */
    public static final int NO_OPERATION = 1;

    public static final int RECORD_ROUTE = 7;
    public static final int TIMESTAMP = 68;
    public static final int SECURITY = 130;
    public static final int LOOSE_ROUTE = 131;
    public static final int COMMERCIAL_SECURITY = 134;
    public static final int STREAM = 136;
    public static final int STRICT_ROUTE = 137;
    public static final int ROUTER_ALERT = 148;

    private static final int ROUTE = 3;

    /** A view onto nothing; {@link #moveTo} gives it a header. */
    public Ipv4Options() {}

    /** Goes before the first option of a header that {@link Ipv4#check} accepted. */
    public Ipv4Options moveTo(Packet packet, int at) {
        int end = at + Ipv4.headerLength(packet, at);
        begin(packet, at + Ipv4.LENGTH, end, end);
        return this;
    }

    @Override
    int measure(Packet packet, int from, int left) {
        int type = packet.u8(from);
        if (type == END) return LAST;
        if (type == NO_OPERATION) return 1;
        if (left < 2) return CUT;
        int length = packet.u8(from + 1);
        int least = switch (type) {
            case RECORD_ROUTE, LOOSE_ROUTE, STRICT_ROUTE -> ROUTE;
            case TIMESTAMP, ROUTER_ALERT, STREAM -> 4;
            default -> 2;
        };
        return length < least ? IMPOSSIBLE : length;
    }

    /** The whole first byte: copied flag, class and number. */
    @Override
    public int type() {
        return packet.u8(at);
    }

    /** Is the option copied into every fragment? */
    public boolean isCopied() {
        return (type() & 0x80) != 0;
    }

    /** Of a route or time stamps: bytes from the start of the option, from 1, to the next free entry. */
    public int pointer() {
        return packet.u8(at + 2);
    }

    /** Of a route: room for addresses; those before {@link #pointer} are recorded, or passed already. */
    public int addresses() {
        return (length() - ROUTE) / 4;
    }

    /** Of a route: an address, the low 32 bits; {@code index} below {@link #addresses}. */
    public long address(int index) {
        return Integer.toUnsignedLong(packet.u32(at + ROUTE + index * 4));
    }

    /** Of time stamps: how many hosts found no room, 0 to 15. */
    public int overflow() {
        return packet.u8(at + 3) >>> 4;
    }

    /** Of time stamps: 0 times alone, 1 with addresses, 3 addresses given by the sender. */
    public int timestampFlag() {
        return packet.u8(at + 3) & 0xf;
    }

    /** Of a router alert: 0, look at every packet (RFC 2113 §2.1). */
    public int alert() {
        return packet.u16(at + 2);
    }
}
