package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * Options of a hop-by-hop or destination options header, <a href="https://www.rfc-editor.org/rfc/rfc8200">RFC 8200</a> §4.2,
 * as in the <a href="https://www.iana.org/assignments/ipv6-parameters">registry of IANA</a>.
 *
 * <pre>
 *   0 1 2  3    7 8            15
 *  +---+--+------+---------------+------------------+
 *  |act| C| rest |  body length  | body of the kind |
 *  +---+--+------+---------------+------------------+
 * </pre>
 */
public final class Ipv6Options extends Items {
    /** Filling; one byte. */
    public static final int PAD_1 = 0;

    /** Filling. */
    public static final int PAD_N = 1;

    public static final int ROUTER_ALERT = 0x05;
    public static final int CALIPSO = 0x07;
    public static final int IOAM = 0x31;
    public static final int JUMBO_PAYLOAD = 0xc2;
    public static final int HOME_ADDRESS = 0xc9;

    private static final int HEADER = 2;

    /** A view onto nothing; {@link #moveTo} gives it a header. */
    public Ipv6Options() {}

    /** Goes before the first option of a header that {@link Ipv6Extension#check} accepted. */
    public Ipv6Options moveTo(Packet packet, int at) {
        int end = at + Ipv6Extension.headerLength(packet, at);
        begin(packet, at + HEADER, end, end);
        return this;
    }

    @Override
    int measure(Packet packet, int from, int left) {
        int type = packet.u8(from);
        if (type == PAD_1) return 1;
        if (left < HEADER) return CUT;
        int body = packet.u8(from + 1);
        boolean possible = switch (type) {
            case ROUTER_ALERT -> body == 2;
            case JUMBO_PAYLOAD -> body == 4;
            case HOME_ADDRESS -> body == 16;
            default -> true;
        };
        return possible ? HEADER + body : IMPOSSIBLE;
    }

    @Override
    public int type() {
        return packet.u8(at);
    }

    /** What a node does that does not know the option: 0 skip, 1 discard, 2 and 3 discard and answer (RFC 8200 §4.2). */
    public int actionIfUnknown() {
        return type() >>> 6;
    }

    /** May routers change the body? */
    public boolean isChangeable() {
        return (type() & 0x20) != 0;
    }

    /** Of a router alert: 0 multicast listener discovery, 1 RSVP, and others (RFC 2711 §2.1). */
    public int alert() {
        return packet.u16(at + HEADER);
    }

    /** Of a jumbo payload: bytes behind the IPv6 header (RFC 2675 §2). */
    public long jumboLength() {
        return Integer.toUnsignedLong(packet.u32(at + HEADER));
    }

    /** Of a home address: its upper 64 bits (RFC 6275 §6.3). */
    public long homeAddressHigh() {
        return packet.u64(at + HEADER);
    }

    /** Of a home address: its lower 64 bits. */
    public long homeAddressLow() {
        return packet.u64(at + HEADER + 8);
    }
}
