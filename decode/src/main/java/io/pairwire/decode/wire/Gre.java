package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * Generic routing encapsulation: version 0, <a href="https://www.rfc-editor.org/rfc/rfc2784">RFC 2784</a>,
 * <a href="https://www.rfc-editor.org/rfc/rfc2890">RFC 2890</a> and the routing of
 * <a href="https://www.rfc-editor.org/rfc/rfc1701">RFC 1701</a>; version 1 of PPTP,
 * <a href="https://www.rfc-editor.org/rfc/rfc2637">RFC 2637</a> §4.1; NVGRE,
 * <a href="https://www.rfc-editor.org/rfc/rfc7637">RFC 7637</a>, which keeps a network in the key.
 *
 * <pre>
 *   0 1 2 3 4      8 9   12 13 15 16             31
 *  +-+-+-+-+-+------+------+-----+----------------+
 *  |C|R|K|S| |      | A    | ver |      type      |
 *  +-+-+-+-+-+------+------+-----+----------------+
 *  |    checksum (C or R)        | offset (C or R)|
 *  +-----------------------------+----------------+
 *  |  key (K); version 1: payload length, call    |
 *  +----------------------------------------------+
 *  |              sequence number (S)             |
 *  +----------------------------------------------+
 *  |     version 1: acknowledgment number (A)     |
 *  +----------------------------------------------+
 *  |     version 0: source route entries (R)      |
 *  +----------------------------------------------+
 * </pre>
 *
 * <p>Call {@link #check} once. After it answers {@link Verdict#OK} every accessor here stays inside the captured bytes;
 * before that their answers mean nothing.
 */
public final class Gre {
    /** Bytes of the shortest header. */
    public static final int LENGTH = 4;

    private static final int CHECKSUM_PRESENT = 0x8000;
    private static final int ROUTING_PRESENT = 0x4000;
    private static final int KEY_PRESENT = 0x2000;
    private static final int SEQUENCE_PRESENT = 0x1000;
    private static final int ACKNOWLEDGMENT_PRESENT = 0x0080;
    private static final int ROUTE_ENTRY = 4;

    private Gre() {}

    /** Does a whole, plausible header with all its fields start at {@code at}, with {@code available} bytes left to the end? */
    public static Verdict check(Packet packet, int at, int available) {
        if (available < LENGTH) return Verdict.TRUNCATED;
        int version = version(packet, at);
        if (version > 1 || version == 1 && !hasKey(packet, at)) return Verdict.MALFORMED;
        return fixedLength(packet, at) > available || routesLength(packet, at, available) < 0
                ? Verdict.TRUNCATED
                : Verdict.OK;
    }

    /** 0 to 7, of which 0 and 1 exist. */
    public static int version(Packet packet, int at) {
        return packet.u16(at) & 0b111;
    }

    /** The {@link EtherType} of what follows. */
    public static int type(Packet packet, int at) {
        return packet.u16(at + 2);
    }

    public static boolean hasChecksum(Packet packet, int at) {
        return version(packet, at) == 0 && (packet.u16(at) & CHECKSUM_PRESENT) != 0;
    }

    public static boolean hasKey(Packet packet, int at) {
        return (packet.u16(at) & KEY_PRESENT) != 0;
    }

    public static boolean hasSequence(Packet packet, int at) {
        return (packet.u16(at) & SEQUENCE_PRESENT) != 0;
    }

    /** Only in version 1. */
    public static boolean hasAcknowledgment(Packet packet, int at) {
        return version(packet, at) == 1 && (packet.u16(at) & ACKNOWLEDGMENT_PRESENT) != 0;
    }

    /** Over header and payload; means something only with {@link #hasChecksum}. */
    public static int checksum(Packet packet, int at) {
        return hasChecksum(packet, at) ? packet.u16(at + 4) : 0;
    }

    /** 32 bits, 0 without {@link #hasKey}. NVGRE: network in the upper 24 bits, flow in the rest. */
    public static int key(Packet packet, int at) {
        return hasKey(packet, at) ? packet.u32(at + keyAt(packet, at)) : 0;
    }

    /** Version 1: bytes behind the header. */
    public static int payloadLength(Packet packet, int at) {
        return key(packet, at) >>> 16;
    }

    /** Version 1: the call of the receiver that the packet belongs to. */
    public static int callId(Packet packet, int at) {
        return key(packet, at) & 0xffff;
    }

    /** 0 without {@link #hasSequence}. */
    public static long sequence(Packet packet, int at) {
        return hasSequence(packet, at) ? Integer.toUnsignedLong(packet.u32(at + sequenceAt(packet, at))) : 0;
    }

    /** 0 without {@link #hasAcknowledgment}. */
    public static long acknowledgment(Packet packet, int at) {
        if (!hasAcknowledgment(packet, at)) return 0;
        int behind = sequenceAt(packet, at) + (hasSequence(packet, at) ? 4 : 0);
        return Integer.toUnsignedLong(packet.u32(at + behind));
    }

    /** The whole header, bytes. */
    public static int headerLength(Packet packet, int at) {
        return fixedLength(packet, at) + routesLength(packet, at, Integer.MAX_VALUE);
    }

    private static int keyAt(Packet packet, int at) {
        boolean both = version(packet, at) == 0 && (packet.u16(at) & (CHECKSUM_PRESENT | ROUTING_PRESENT)) != 0;
        return both ? LENGTH + 4 : LENGTH;
    }

    private static int sequenceAt(Packet packet, int at) {
        return keyAt(packet, at) + (hasKey(packet, at) ? 4 : 0);
    }

    private static int fixedLength(Packet packet, int at) {
        return sequenceAt(packet, at) + (hasSequence(packet, at) ? 4 : 0) + (hasAcknowledgment(packet, at) ? 4 : 0);
    }

    /** Length of the source route entries with the empty one that ends them, or -1 if {@code available} ends before. */
    private static int routesLength(Packet packet, int at, int available) {
        if (version(packet, at) != 0 || (packet.u16(at) & ROUTING_PRESENT) == 0) return 0;
        int fixed = fixedLength(packet, at);
        int length = 0;
        while (available - fixed - length >= ROUTE_ENTRY) {
            int entry = packet.u32(at + fixed + length);
            length += ROUTE_ENTRY + (entry & 0xff);
            if (entry >>> 16 == 0 && (entry & 0xff) == 0) return length;
        }
        return -1;
    }

    /** The same fields as a value. */
    public record Header(int version, int type, int headerLength, int checksum, int key, long sequence) {}

    public static Header header(Packet packet, int at) {
        return new Header(
                version(packet, at),
                type(packet, at),
                headerLength(packet, at),
                checksum(packet, at),
                key(packet, at),
                sequence(packet, at));
    }
}
