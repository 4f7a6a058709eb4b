package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * IGMP message, <a href="https://www.rfc-editor.org/rfc/rfc1112">RFC 1112</a>,
 * <a href="https://www.rfc-editor.org/rfc/rfc2236">RFC 2236</a> and
 * <a href="https://www.rfc-editor.org/rfc/rfc3376">RFC 3376</a> §4: eight bytes in all versions, more in version 3.
 *
 * <pre>
 *   0            7 8            15 16            31
 *  +--------------+---------------+---------------+
 *  |     type     | response time |   checksum    |
 *  +--------------+---------------+---------------+
 *  |      group address, or what the type says    |
 *  +----------------------------------------------+
 * </pre>
 *
 * <p>Call {@link #check} once. After it answers {@link Verdict#OK} every accessor here stays inside the captured bytes;
 * before that their answers mean nothing.
 */
public final class Igmp {
    /** Bytes that every message has. */
    public static final int LENGTH = 8;

    public static final int QUERY = 0x11;
    public static final int REPORT_V1 = 0x12;
    public static final int REPORT_V2 = 0x16;
    public static final int LEAVE = 0x17;
    public static final int REPORT_V3 = 0x22;

    private static final int QUERY_V3_LENGTH = 12;
    private static final int RECORD_LENGTH = 8;
    private static final int TYPE = 0;
    private static final int RESPONSE_TIME = 1;
    private static final int CHECKSUM = 2;
    private static final int GROUP = 4;
    private static final int RECORDS = 6;
    private static final int SOURCES = 10;

    private Igmp() {}

    /** Do the first eight bytes of a message start at {@code at}, with {@code available} bytes left to the end? */
    public static Verdict check(Packet packet, int at, int available) {
        return available < LENGTH ? Verdict.TRUNCATED : Verdict.OK;
    }

    public static int type(Packet packet, int at) {
        return packet.u8(at + TYPE);
    }

    /** Version 2: tenths of a second; version 3: a code for them (RFC 3376 §4.1.1); 0 in version 1. */
    public static int responseTime(Packet packet, int at) {
        return packet.u8(at + RESPONSE_TIME);
    }

    public static int checksum(Packet packet, int at) {
        return packet.u16(at + CHECKSUM);
    }

    /** The IPv4 address of the group in the low 32 bits; not in a report of version 3. */
    public static long group(Packet packet, int at) {
        return Integer.toUnsignedLong(packet.u32(at + GROUP));
    }

    /** 1 to 3, or 0 for a type that none of them has; a query tells its version by its length (RFC 3376 §7.1). */
    public static int version(Packet packet, int at, int messageLength) {
        return switch (type(packet, at)) {
            case QUERY -> messageLength >= QUERY_V3_LENGTH ? 3 : responseTime(packet, at) == 0 ? 1 : 2;
            case REPORT_V1 -> 1;
            case REPORT_V2, LEAVE -> 2;
            case REPORT_V3 -> 3;
            default -> 0;
        };
    }

    /** Group records in a report of version 3, as it says itself. */
    public static int records(Packet packet, int at) {
        return packet.u16(at + RECORDS);
    }

    /** Source addresses in a query of version 3, which must be 12 bytes long at least; as it says itself. */
    public static int sources(Packet packet, int at) {
        return packet.u16(at + SOURCES);
    }

    /** Length of the group record at {@code at}, bytes, or -1 if it does not fit into {@code available}. */
    public static int recordLength(Packet packet, int at, int available) {
        if (available < RECORD_LENGTH) return -1;
        int length = RECORD_LENGTH + 4 * packet.u16(at + 2) + 4 * packet.u8(at + 1);
        return length <= available ? length : -1;
    }

    /** The same fields as a value. */
    public record Header(int type, int responseTime, int checksum, long group) {}

    public static Header header(Packet packet, int at) {
        return new Header(type(packet, at), responseTime(packet, at), checksum(packet, at), group(packet, at));
    }
}
