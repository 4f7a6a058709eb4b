package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * Options of a TCP header, <a href="https://www.rfc-editor.org/rfc/rfc9293">RFC 9293</a> §3.2, as in the
 * <a href="https://www.iana.org/assignments/tcp-parameters">registry of IANA</a>.
 *
 * <pre>
 *   0            7 8            15
 *  +--------------+---------------+------------------+
 *  |     kind     |    length     | body of the kind |
 *  +--------------+---------------+------------------+
 * </pre>
 */
public final class TcpOptions extends Items {
    /** Filling; one byte, and it ends the list. */
    public static final int END = 0;

    /** Filling; one byte. */
    public static final int NO_OPERATION = 1;

    public static final int MAXIMUM_SEGMENT_SIZE = 2;

    /** RFC 7323. */
    public static final int WINDOW_SCALE = 3;

    /** RFC 2018. */
    public static final int SACK_PERMITTED = 4;

    /** RFC 2018. */
    public static final int SACK = 5;

    /** RFC 7323. */
    public static final int TIMESTAMPS = 8;

    /** RFC 2385. */
    public static final int MD5_SIGNATURE = 19;

    /** RFC 5482. */
    public static final int USER_TIMEOUT = 28;

    /** RFC 5925. */
    public static final int AUTHENTICATION = 29;

    /** RFC 8684. */
    public static final int MULTIPATH = 30;

    /** RFC 7413. */
    public static final int FAST_OPEN = 34;

    /** RFC 4727; tells by an identifier whose it is (RFC 6994). */
    public static final int EXPERIMENT_1 = 253;

    public static final int EXPERIMENT_2 = 254;

    private static final int HEADER = 2;
    private static final int BLOCK = 8;

    /** A view onto nothing; {@link #moveTo} gives it a header. */
    public TcpOptions() {}

    /** Goes before the first option of a header that {@link Tcp#check} accepted. */
    public TcpOptions moveTo(Packet packet, int at) {
        int end = at + Tcp.headerLength(packet, at);
        begin(packet, at + Tcp.LENGTH, end, end);
        return this;
    }

    @Override
    int measure(Packet packet, int from, int left) {
        int type = packet.u8(from);
        if (type == END) return LAST;
        if (type == NO_OPERATION) return 1;
        if (left < HEADER) return CUT;
        int length = packet.u8(from + 1);
        return isPossible(type, length) ? length : IMPOSSIBLE;
    }

    private static boolean isPossible(int type, int length) {
        return switch (type) {
            case MAXIMUM_SEGMENT_SIZE, USER_TIMEOUT -> length == 4;
            case WINDOW_SCALE -> length == 3;
            case SACK_PERMITTED -> length == 2;
            case SACK -> length >= HEADER + BLOCK && (length - HEADER) % BLOCK == 0;
            case TIMESTAMPS -> length == 10;
            case MD5_SIGNATURE -> length == 18;
            case AUTHENTICATION, EXPERIMENT_1, EXPERIMENT_2 -> length >= 4;
            case MULTIPATH -> length >= 3;
            default -> length >= HEADER;
        };
    }

    @Override
    public int type() {
        return packet.u8(at);
    }

    /** Of {@link #MAXIMUM_SEGMENT_SIZE}: the most bytes of data the sender wants in one segment. */
    public int maximumSegmentSize() {
        return packet.u16(at + HEADER);
    }

    /** Of {@link #WINDOW_SCALE}: by how many bits windows are shifted; above 14 means 14 (RFC 7323 §2.3). */
    public int windowScale() {
        return packet.u8(at + HEADER);
    }

    /** Of {@link #SACK}: how many blocks, 1 to 4. */
    public int sackBlocks() {
        return (length() - HEADER) / BLOCK;
    }

    /** Of {@link #SACK}: the first sequence number of a block; {@code index} below {@link #sackBlocks}. */
    public long sackLeft(int index) {
        return Integer.toUnsignedLong(packet.u32(at + HEADER + index * BLOCK));
    }

    /** Of {@link #SACK}: the sequence number behind a block. */
    public long sackRight(int index) {
        return Integer.toUnsignedLong(packet.u32(at + HEADER + index * BLOCK + 4));
    }

    /** Of {@link #TIMESTAMPS}: the sender's clock. */
    public long timestamp() {
        return Integer.toUnsignedLong(packet.u32(at + HEADER));
    }

    /** Of {@link #TIMESTAMPS}: the other side's clock, as it was heard last. */
    public long timestampEcho() {
        return Integer.toUnsignedLong(packet.u32(at + HEADER + 4));
    }

    /** Of {@link #USER_TIMEOUT}: its granularity in the highest bit (1: minutes, 0: seconds) and the time. */
    public int userTimeout() {
        return packet.u16(at + HEADER);
    }

    /** Of {@link #AUTHENTICATION}: which key the sender used. */
    public int authenticationKey() {
        return packet.u8(at + HEADER);
    }

    /** Of {@link #MULTIPATH}: 0 capable, 1 join, 2 data sequence, 3 add address, 4 remove it, 5 priority, 6 fail … */
    public int multipathSubtype() {
        return packet.u8(at + HEADER) >>> 4;
    }

    /** Of {@link #FAST_OPEN}: bytes of the cookie; 0 asks for one. */
    public int fastOpenCookieLength() {
        return length() - HEADER;
    }

    /** Of an experiment: the first 16 bits of the identifier of RFC 6994. */
    public int experiment() {
        return packet.u16(at + HEADER);
    }
}
