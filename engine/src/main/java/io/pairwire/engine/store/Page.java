package io.pairwire.engine.store;

/**
 * A part of {@link UnmatchedTable}: open addressing over slots of four longs {key low, key high, time, reference}.
 *
 * <p>A slot's home grows with its key, so a larger page takes the slots over in one pass from front to back. A slot is
 * empty if its reference is 0; a negative reference stands for several packets and belongs to {@link Chains}.
 */
final class Page {
    static final int STRIDE = 4;
    static final int KEY_HIGH = 1;
    static final int TIME = 2;
    static final int REFERENCE = 3;

    final long[] slots;
    final int capacity;
    /** Leading key bits that all keys of this page share. */
    final int depth;

    int used;

    Page(int capacity, int depth) {
        this.slots = new long[capacity * STRIDE];
        this.capacity = capacity;
        this.depth = depth;
    }

    int home(long keyLow) {
        return (int) ((keyLow << depth >>> 32) * capacity >>> 32);
    }

    /** The slot of the key, or the complement of the empty slot where it belongs. */
    int find(long keyLow, long keyHigh) {
        final long[] table = slots;
        int slot = home(keyLow);
        while (true) {
            int at = slot * STRIDE;
            if (table[at + REFERENCE] == 0) return ~slot;
            if (table[at] == keyLow && table[at + KEY_HIGH] == keyHigh) return slot;
            slot = next(slot);
        }
    }

    void put(int slot, long keyLow, long keyHigh, long time, long reference) {
        int at = slot * STRIDE;
        slots[at] = keyLow;
        slots[at + KEY_HIGH] = keyHigh;
        slots[at + TIME] = time;
        slots[at + REFERENCE] = reference;
        used++;
    }

    /** Empties a slot and moves up those behind it that had to evade it. */
    void remove(int slot) {
        int hole = slot;
        int look = slot;
        while (true) {
            look = next(look);
            int at = look * STRIDE;
            if (slots[at + REFERENCE] == 0) break;
            int home = home(slots[at]);
            boolean mayMove = hole <= look ? home <= hole || home > look : home <= hole && home > look;
            if (mayMove) {
                System.arraycopy(slots, at, slots, hole * STRIDE, STRIDE);
                hole = look;
            }
        }
        slots[hole * STRIDE + REFERENCE] = 0;
        used--;
    }

    /** Copies every slot into one of two pages, by the key bit behind {@link #depth}; both may be the same page. */
    void copyInto(Page lower, Page upper) {
        for (int at = 0; at < slots.length; at += STRIDE) {
            if (slots[at + REFERENCE] == 0) continue;
            long keyLow = slots[at];
            Page page = keyLow << depth < 0 ? upper : lower;
            int slot = page.find(keyLow, slots[at + KEY_HIGH]);
            page.put(~slot, keyLow, slots[at + KEY_HIGH], slots[at + TIME], slots[at + REFERENCE]);
        }
    }

    int next(int slot) {
        return slot + 1 == capacity ? 0 : slot + 1;
    }
}
