package io.pairwire.engine.store;

/**
 * A part of {@link UnmatchedTable}: open addressing over slots of four longs {key low, key high, time, reference}.
 *
 * <p>Linear probing in which keys stand in their own order: a key never stands before a smaller one (but for those that
 * ran over the end and continue at the front). So looking for a key that is not there, the usual case, ends at the first
 * greater one rather than at the next gap, and since a slot's home grows with its key, a larger page takes the slots over
 * in one pass from front to back. A slot is empty if its reference is 0; a negative reference stands for several packets
 * and belongs to {@link Chains}.
 */
final class Page {
    static final int STRIDE = 4;
    static final int KEY_HIGH = 1;
    static final int TIME = 2;
    static final int REFERENCE = 3;

    /** Longs of two cache lines: a look mostly ends there. So many stay empty behind the last slot. */
    private static final int NEAR = 16;

    final long[] slots;
    final int capacity;
    /** Leading key bits that all keys of this page share. */
    final int depth;

    int used;

    Page(int capacity, int depth) {
        this.slots = new long[capacity * STRIDE + NEAR];
        this.capacity = capacity;
        this.depth = depth;
    }

    /** Where the slots end in {@link #slots}. */
    int end() {
        return capacity * STRIDE;
    }

    /** Reads where a look for the key begins, and a line further. */
    long touch(long keyLow) {
        int at = home(keyLow) * STRIDE;
        return slots[at] ^ slots[at + NEAR / 2] ^ slots[at + NEAR - 1];
    }

    int home(long keyLow) {
        return (int) ((keyLow << depth >>> 32) * capacity >>> 32);
    }

    /** Does it hold as many keys as probing stays short with? */
    boolean isFull() {
        return used >= capacity - capacity / 5;
    }

    /** The slot of the key, or the complement of the slot where it belongs. */
    int find(long keyLow, long keyHigh) {
        final long[] table = slots;
        int slot = home(keyLow);
        int distance = 0;
        while (true) {
            int at = slot * STRIDE;
            if (table[at + REFERENCE] == 0) return ~slot;
            long low = table[at];
            if (low == keyLow) {
                if (table[at + KEY_HIGH] == keyHigh) return slot;
            } else {
                int its = distance(slot, low);
                if (its < distance || its == distance && Long.compareUnsigned(low, keyLow) > 0) return ~slot;
            }
            slot = next(slot);
            distance++;
        }
    }

    /** How far a slot lies behind the home of the key in it. */
    private int distance(int slot, long keyLow) {
        int distance = slot - home(keyLow);
        return distance < 0 ? distance + capacity : distance;
    }

    /** Writes into the slot that {@link #find} named; what stands there and behind it moves on by one. */
    void put(int slot, long keyLow, long keyHigh, long time, long reference) {
        if (slots[slot * STRIDE + REFERENCE] != 0) makeRoom(slot);
        set(slot, keyLow, keyHigh, time, reference);
    }

    private void set(int slot, long keyLow, long keyHigh, long time, long reference) {
        int at = slot * STRIDE;
        slots[at] = keyLow;
        slots[at + KEY_HIGH] = keyHigh;
        slots[at + TIME] = time;
        slots[at + REFERENCE] = reference;
        used++;
    }

    private void makeRoom(int slot) {
        int gap = next(slot);
        while (slots[gap * STRIDE + REFERENCE] != 0) gap = next(gap);
        if (gap < slot) {
            move(0, 1, gap);
            move(capacity - 1, 0, 1);
            gap = capacity - 1;
        }
        move(slot, slot + 1, gap - slot);
    }

    /** Empties a slot and moves up those behind it that are not at home. */
    void remove(int slot) {
        int end = next(slot);
        while (slots[end * STRIDE + REFERENCE] != 0 && distance(end, slots[end * STRIDE]) != 0) end = next(end);
        if (end <= slot) {
            move(slot + 1, slot, capacity - 1 - slot);
            if (end > 0) {
                move(0, capacity - 1, 1);
                move(1, 0, end - 1);
            }
        } else {
            move(slot + 1, slot, end - 1 - slot);
        }
        slots[(end == 0 ? capacity - 1 : end - 1) * STRIDE + REFERENCE] = 0;
        used--;
    }

    private void move(int from, int to, int count) {
        System.arraycopy(slots, from * STRIDE, slots, to * STRIDE, count * STRIDE);
    }

    /** Copies every slot into one of two pages, by the key bit behind {@link #depth}; both may be the same page. */
    void copyInto(Page lower, Page upper) {
        int slot = 0; // the first key that did not run over the end
        while (slots[slot * STRIDE + REFERENCE] != 0 && home(slots[slot * STRIDE]) > slot) slot++;
        Page page = lower;
        int free = 0;
        for (int i = 0; i < capacity; i++, slot = next(slot)) {
            int at = slot * STRIDE;
            if (slots[at + REFERENCE] == 0) continue;
            long keyLow = slots[at];
            if (page != upper && keyLow << depth < 0) {
                page = upper;
                free = 0;
            }
            int to = Math.max(page.home(keyLow), free);
            if (to < page.capacity) {
                page.set(to, keyLow, slots[at + KEY_HIGH], slots[at + TIME], slots[at + REFERENCE]);
                free = to + 1;
            } else {
                to = ~page.find(keyLow, slots[at + KEY_HIGH]); // runs over the end
                page.put(to, keyLow, slots[at + KEY_HIGH], slots[at + TIME], slots[at + REFERENCE]);
            }
        }
    }

    /** How many of its keys have the bit behind {@link #depth}. */
    int upperHalf() {
        int count = 0;
        for (int at = 0; at < end(); at += STRIDE) {
            if (slots[at + REFERENCE] != 0 && slots[at] << depth < 0) count++;
        }
        return count;
    }

    int next(int slot) {
        return slot + 1 == capacity ? 0 : slot + 1;
    }
}
