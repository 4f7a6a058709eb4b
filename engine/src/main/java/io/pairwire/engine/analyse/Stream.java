package io.pairwire.engine.analyse;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A view onto what is remembered about one TCP connection: its ends, what both directions carried, and where their
 * sequence numbers stand. The view moves. The lower end in the order of addresses sends upwards.
 *
 * <pre>
 *  0    addresses, key, when it began           (48 bytes)
 *  48   times, number of the first packet       (40)
 *  88   counters                                (8)
 *  96   what goes up                            (80)
 *  176  what goes down                          (80)
 * </pre>
 */
final class Stream {
    /** Bytes of a record: four cache lines. */
    static final int LENGTH = 256;

    static final int LOWER_HIGH = 0;
    static final int LOWER_LOW = 8;
    static final int UPPER_HIGH = 16;
    static final int UPPER_LOW = 24;

    /** IP version and ports, as {@link TalkCounter#word} puts them together. */
    static final int KEY = 32;

    /** The order of what began it. */
    static final int BORN = 40;

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

    static final int UP = 96;
    static final int DOWN = 176;

    // Within a direction.
    static final int PACKETS = 0;
    static final int BYTES = 8;

    /** When the highest sequence number came, and the last segment of all. */
    static final int NEXT_TIME = 16;

    static final int ACK_TIME = 24;

    /** Behind the highest byte that was sent. */
    static final int NEXT = 32;

    /** What was acknowledged last, to the other direction. */
    static final int ACK = 36;

    /** Behind the bytes that were seen without a gap; 0 if that is not known. */
    static final int CONTIGUOUS = 40;

    /** Initial sequence number, if known. */
    static final int INITIAL = 44;

    /** The window told last, as it was sent. */
    static final int WINDOW = 48;

    static final int SCALE = 52;
    static final int KNOWN = 56;

    /** Duplicate acknowledgments in a row. */
    static final int DUPLICATES = 60;

    /** Of the segment before. */
    static final int EVENTS = 64;

    /** The list of segments that were not acknowledged, and how many these are, and are new. */
    static final int UNACKED = 68;

    static final int UNACKED_COUNTS = 72;

    /** {@link #SHOWN}, kept beside what goes up. */
    static final int MARKS = UP + 76;

    /** {@link #MARKS}: it was the outermost TCP of some packet. */
    static final int SHOWN = 1;

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

    boolean isBetween(long key, long lowerHigh, long lowerLow, long upperHigh, long upperLow) {
        return longAt(KEY) == key
                && longAt(LOWER_LOW) == lowerLow
                && longAt(UPPER_LOW) == upperLow
                && longAt(LOWER_HIGH) == lowerHigh
                && longAt(UPPER_HIGH) == upperHigh;
    }
}
