package io.pairwire.engine.analyse;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A view onto what is remembered about one TCP connection: its ends, what both directions carried, and where their
 * sequence numbers stand. The view moves. The lower end in the order of addresses sends upwards.
 *
 * <pre>
 *  0    addresses, ports, IP version, marks     (48 bytes)
 *  48   times, number of the first packet       (40)
 *  88   counters                                (8)
 *  96   what goes up                            (88)
 *  184  what goes down                          (88)
 * </pre>
 */
final class Stream {
    /** Bytes of a record. */
    static final int LENGTH = 272;

    static final int LOWER_HIGH = 0;
    static final int LOWER_LOW = 8;
    static final int UPPER_HIGH = 16;
    static final int UPPER_LOW = 24;

    /** Lower port above the upper one. */
    static final int PORTS = 32;

    /** IP version. */
    static final int VERSION = 36;

    /** {@link #SHOWN}. */
    static final int MARKS = 40;

    static final int FIRST = 48;
    static final int LAST = 56;

    /** Number of the first packet twice, and 1 if the upper end sent it. */
    static final int NUMBER = 64;

    /** When the last SYN came. */
    static final int SYN_TIME = 72;

    /** How long the handshake took, nanoseconds; 0 if it was not seen. */
    static final int HANDSHAKE = 80;

    static final int RETRANSMISSIONS = 88;
    static final int SYNS = 92;

    /** {@link #MARKS}: it was the outermost TCP of some packet. */
    static final int SHOWN = 1;

    static final int UP = 96;
    static final int DOWN = 184;

    // Within a direction.
    static final int PACKETS = 0;
    static final int BYTES = 8;
    static final int PAYLOAD = 16;

    /** When the highest sequence number came, and the last segment of all. */
    static final int NEXT_TIME = 24;

    static final int ACK_TIME = 32;

    /** Behind the highest byte that was sent. */
    static final int NEXT = 40;

    /** What was acknowledged last, to the other direction. */
    static final int ACK = 44;

    /** Behind the bytes that were seen without a gap; 0 if that is not known. */
    static final int CONTIGUOUS = 48;

    /** Initial sequence number, if known. */
    static final int INITIAL = 52;

    /** The window told last, as it was sent. */
    static final int WINDOW = 56;

    static final int SCALE = 60;
    static final int KNOWN = 64;

    /** Duplicate acknowledgments in a row. */
    static final int DUPLICATES = 68;

    /** Of the segment before. */
    static final int EVENTS = 72;

    /** The list of segments that were not acknowledged, and how many these are. */
    static final int UNACKED = 76;

    static final int UNACKED_COUNT = 80;

    private static final ValueLayout.OfLong U64 = ValueLayout.JAVA_LONG_UNALIGNED;
    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED;

    private MemorySegment memory = MemorySegment.NULL;
    private long at;

    Stream moveTo(MemorySegment memory, long at) {
        this.memory = memory;
        this.at = at;
        return this;
    }

    long longAt(int field) {
        return memory.get(U64, at + field);
    }

    int intAt(int field) {
        return memory.get(U32, at + field);
    }

    void set(int field, long value) {
        memory.set(U64, at + field, value);
    }

    void set(int field, int value) {
        memory.set(U32, at + field, value);
    }

    void add(int field, long value) {
        set(field, longAt(field) + value);
    }

    void increment(int field) {
        set(field, intAt(field) + 1);
    }

    boolean isBetween(long lowerHigh, long lowerLow, long upperHigh, long upperLow, int ports, int version) {
        return intAt(PORTS) == ports
                && longAt(LOWER_LOW) == lowerLow
                && longAt(UPPER_LOW) == upperLow
                && longAt(LOWER_HIGH) == lowerHigh
                && longAt(UPPER_HIGH) == upperHigh
                && intAt(VERSION) == version;
    }
}
