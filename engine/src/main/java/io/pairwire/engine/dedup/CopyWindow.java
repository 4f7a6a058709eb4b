package io.pairwire.engine.dedup;

import java.util.Arrays;

/**
 * The last packets, found by key: a ring of them, and a hash table of the latest of each key, from which earlier ones are
 * chained. Takes the same number of steps whatever the length of the window. Not thread-safe.
 */
final class CopyWindow {
    /** No such packet in the window. */
    static final long NONE = -1;

    private final long[] keys;
    private final long[] times;
    private final long[] facts;
    private final long[] earlier;
    private final long[] slots;
    private final int mask;
    private long next;
    private long oldest;

    /** @param room packets that are remembered at most */
    CopyWindow(int room) {
        int size = Integer.highestOneBit(Math.max(room, 4) - 1) << 1;
        keys = new long[size];
        times = new long[size];
        facts = new long[size];
        earlier = new long[size];
        mask = size - 1;
        slots = new long[4 * size];
        Arrays.fill(slots, NONE);
    }

    /** The latest packet with that key, or {@link #NONE}. */
    long latest(long key) {
        int at = slot(key);
        while (slots[at] != NONE) {
            if (keys[index(slots[at])] == key) return slots[at];
            at = at + 1 & slots.length - 1;
        }
        return NONE;
    }

    /** The one before it with the same key, or {@link #NONE}. */
    long before(long packet) {
        long found = earlier[index(packet)];
        return found < oldest ? NONE : found;
    }

    long time(long packet) {
        return times[index(packet)];
    }

    /** Whatever {@link #add} was given. */
    long facts(long packet) {
        return facts[index(packet)];
    }

    /** Remembers a packet; its number is one more than that of the last. */
    void add(long key, long time, long known) {
        if (next - oldest > mask) forgetOldest();
        int index = index(next);
        keys[index] = key;
        times[index] = time;
        facts[index] = known;
        int at = slot(key);
        while (slots[at] != NONE && keys[index(slots[at])] != key) at = at + 1 & slots.length - 1;
        earlier[index] = slots[at];
        slots[at] = next++;
    }

    /** The packet that was remembered first, of those still there. */
    long oldest() {
        return oldest;
    }

    /** Packets that are remembered at most. */
    long room() {
        return mask + 1L;
    }

    long count() {
        return next - oldest;
    }

    void forgetOldest() {
        int at = slot(keys[index(oldest)]);
        while (keys[index(slots[at])] != keys[index(oldest)]) at = at + 1 & slots.length - 1;
        if (slots[at] == oldest) remove(at);
        oldest++;
    }

    /** Closes the gap: whoever stands behind it because of it moves up. */
    private void remove(int from) {
        int gap = from;
        int at = from;
        while (true) {
            at = at + 1 & slots.length - 1;
            if (slots[at] == NONE) break;
            int home = slot(keys[index(slots[at])]);
            boolean stays = gap <= at ? gap < home && home <= at : gap < home || home <= at;
            if (stays) continue;
            slots[gap] = slots[at];
            gap = at;
        }
        slots[gap] = NONE;
    }

    private int slot(long key) {
        return (int) (key * 0x9e37_79b9_7f4a_7c15L >>> 32) & slots.length - 1;
    }

    private int index(long packet) {
        return (int) packet & mask;
    }
}
