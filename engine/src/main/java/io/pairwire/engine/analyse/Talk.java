package io.pairwire.engine.analyse;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A view onto an entry of a {@link TalkTable}: who talks with whom, or who talks at all, and how much. The view moves.
 *
 * <pre>
 *  word  0      1        2 3          4 5          6 7            8 9           10        11
 *        hash   kind,    lower end    upper end    up: packets,   down: packets, sessions  retransmissions
 *               ports    of the address order      bytes          bytes
 *        12 13           14                          15
 *        first, last     number of the first packet, marks
 *        nanoseconds     twice, and 1 if upper sent
 * </pre>
 */
final class Talk {
    /** Bytes of an entry: two cache lines. */
    static final int LENGTH = 128;

    /** Words of the key. */
    static final int KEYS = 5;

    static final int HASH = 0;

    private static final int KEY = Long.BYTES;

    static final int PACKETS_UP = 6 * Long.BYTES;
    static final int BYTES_UP = 7 * Long.BYTES;
    static final int PACKETS_DOWN = 8 * Long.BYTES;
    static final int BYTES_DOWN = 9 * Long.BYTES;
    static final int SESSIONS = 10 * Long.BYTES;
    static final int RETRANSMISSIONS = 11 * Long.BYTES;
    static final int FIRST = 12 * Long.BYTES;
    static final int LAST = 13 * Long.BYTES;
    static final int NUMBER = 14 * Long.BYTES;
    static final int MARKS = 15 * Long.BYTES;

    /** The layout of every word. */
    static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG_UNALIGNED;

    private MemorySegment memory = MemorySegment.NULL;
    private long at;

    Talk moveTo(MemorySegment memory, long at) {
        this.memory = memory;
        this.at = at;
        return this;
    }

    /** One of the fields above, or a word of the key by its number of bytes. */
    long get(int field) {
        return memory.get(WORD, at + field);
    }

    long key(int word) {
        return memory.get(WORD, at + KEY + (long) word * Long.BYTES);
    }

    void set(int field, long value) {
        memory.set(WORD, at + field, value);
    }

    void add(int field, long value) {
        memory.set(WORD, at + field, memory.get(WORD, at + field) + value);
    }

    /** One packet more. */
    void count(boolean up, long bytes) {
        add(up ? PACKETS_UP : PACKETS_DOWN, 1);
        add(up ? BYTES_UP : BYTES_DOWN, bytes);
    }

    /** Both moments may lie outside what is known so far. */
    void times(long first, long last) {
        if (first < get(FIRST)) set(FIRST, first);
        if (last > get(LAST)) set(LAST, last);
    }

    /** That packet may be before the first one; twice its number, and 1 if the upper end sent it. */
    void number(long numbered) {
        if (numbered < get(NUMBER)) set(NUMBER, numbered);
    }

    /** Everything the other counted as well. */
    void addAll(Talk other) {
        for (int field = PACKETS_UP; field <= RETRANSMISSIONS; field += Long.BYTES) add(field, other.get(field));
        times(other.get(FIRST), other.get(LAST));
        number(other.get(NUMBER));
        set(MARKS, get(MARKS) | other.get(MARKS));
    }

    /** Everything the other counted as well, with its directions exchanged. */
    void addReversed(Talk other) {
        add(PACKETS_UP, other.get(PACKETS_DOWN));
        add(BYTES_UP, other.get(BYTES_DOWN));
        add(PACKETS_DOWN, other.get(PACKETS_UP));
        add(BYTES_DOWN, other.get(BYTES_UP));
        add(SESSIONS, other.get(SESSIONS));
        add(RETRANSMISSIONS, other.get(RETRANSMISSIONS));
        times(other.get(FIRST), other.get(LAST));
        number(other.get(NUMBER) ^ 1);
    }

    /** A new entry with that key. */
    void begin(long hash, long k0, long k1, long k2, long k3, long k4) {
        memory.set(WORD, at + KEY, k0);
        memory.set(WORD, at + KEY + 8, k1);
        memory.set(WORD, at + KEY + 16, k2);
        memory.set(WORD, at + KEY + 24, k3);
        memory.set(WORD, at + KEY + 32, k4);
        for (int field = PACKETS_UP; field <= RETRANSMISSIONS; field += Long.BYTES) set(field, 0);
        set(FIRST, Long.MAX_VALUE);
        set(LAST, Long.MIN_VALUE);
        set(NUMBER, Long.MAX_VALUE);
        set(HASH, hash);
        set(MARKS, 0);
    }

    boolean isFor(long hash, long k0, long k1, long k2, long k3, long k4) {
        return get(HASH) == hash
                && memory.get(WORD, at + KEY) == k0
                && memory.get(WORD, at + KEY + 8) == k1
                && memory.get(WORD, at + KEY + 16) == k2
                && memory.get(WORD, at + KEY + 24) == k3
                && memory.get(WORD, at + KEY + 32) == k4;
    }

    /** The order of sorted runs: by hash, equal ones by key. */
    int compareTo(Talk other) {
        int order = Long.compare(get(HASH), other.get(HASH));
        for (int word = 0; order == 0 && word < KEYS; word++) order = Long.compare(key(word), other.key(word));
        return order;
    }

    void copyTo(MemorySegment to, long position) {
        MemorySegment.copy(memory, at, to, position, LENGTH);
    }
}
