package io.pairwire.engine.store;

/**
 * A part of {@link UnmatchedTable}: slots of four longs {key low, key high, time, reference} in groups of seven, and a
 * word for each group.
 *
 * <p>The word holds seven tags, a byte a slot: 0 for an empty one, otherwise seven bits of the key under a leading one. So a
 * look compares seven tags at once and mostly reads no slot but the one it is after. A key whose group has no room goes to
 * the next; the eighth byte counts the keys that passed by (up to {@value #MANY}, which stands for ever), and a look ends
 * at a group that nobody passed. Nothing ever moves but into another page.
 *
 * <p>The words of a page are a thirtieth of it, so those of ten million entries stay in the third-level cache while the
 * slots do not. A group grows with its key, so another page takes the keys over from front to back. The reference of an
 * empty slot is 0; a negative one stands for several packets and belongs to {@link Chains}.
 */
final class Page {
    static final int STRIDE = 4;
    static final int KEY_HIGH = 1;
    static final int TIME = 2;
    static final int REFERENCE = 3;

    /** Slots of a group. */
    static final int GROUP = 7;

    private static final long LANES = 0x0001_0101_0101_0101L; // the lowest bit of every tag
    private static final long TAKEN = LANES << 7;
    private static final int COUNT = 56; // where the count of keys that passed begins
    private static final int MANY = 255;

    /** Slots behind the last one, so that a look at a full group may read one that is none. */
    private static final int BEYOND = 2;

    final long[] slots;
    private final long[] groups;
    final int capacity;
    /** Leading key bits that all keys of this page share. */
    final int depth;

    int used;

    /** @param capacity slots, a multiple of {@value #GROUP} */
    Page(int capacity, int depth) {
        this.slots = new long[(capacity + BEYOND) * STRIDE];
        this.groups = new long[capacity / GROUP];
        this.capacity = capacity;
        this.depth = depth;
    }

    /** Where the slots end in {@link #slots}. */
    int end() {
        return capacity * STRIDE;
    }

    long bytes() {
        return (slots.length + groups.length) * (long) Long.BYTES;
    }

    /** Reads where the key seems to be, or where it will be put if its group has room. */
    long touch(long keyLow) {
        int group = home(keyLow);
        long tags = groups[group];
        long match = matches(tags, keyLow);
        long lane = match != 0 ? match : ~tags & TAKEN;
        int at = (group * GROUP + (Long.numberOfTrailingZeros(lane) >>> 3)) * STRIDE;
        return slots[at] ^ slots[at + REFERENCE];
    }

    private int home(long keyLow) {
        return (int) ((keyLow << depth >>> 32) * groups.length >>> 32);
    }

    private int next(int group) {
        return group + 1 == groups.length ? 0 : group + 1;
    }

    /** Bits of the key that neither the directory nor {@link #home} goes by. */
    private static long tag(long keyLow) {
        return keyLow >>> 12 & 0x7f | 0x80;
    }

    /** The top bit of every tag that is the key's; those above the lowest may be others. */
    private static long matches(long tags, long keyLow) {
        long differences = tags & (1L << COUNT) - 1 ^ tag(keyLow) * LANES;
        return differences - LANES & ~differences & TAKEN;
    }

    /** Does it hold as many keys as looks stay short with, six a group? */
    boolean isFull() {
        return used >= capacity - groups.length;
    }

    /** The slot of the key, or -1. */
    int find(long keyLow, long keyHigh) {
        int group = home(keyLow);
        for (int looks = groups.length; looks > 0; looks--) {
            long tags = groups[group];
            for (long match = matches(tags, keyLow); match != 0; match &= match - 1) {
                int slot = group * GROUP + (Long.numberOfTrailingZeros(match) >>> 3);
                if (slots[slot * STRIDE] == keyLow && slots[slot * STRIDE + KEY_HIGH] == keyHigh) return slot;
            }
            if (tags >>> COUNT == 0) return -1;
            group = next(group);
        }
        return -1;
    }

    /** Puts in a key that is not there; the page must not be full. */
    void put(long keyLow, long keyHigh, long time, long reference) {
        int group = home(keyLow);
        long free;
        while ((free = ~groups[group] & TAKEN) == 0) {
            if (groups[group] >>> COUNT != MANY) groups[group] += 1L << COUNT;
            group = next(group);
        }
        int lane = Long.numberOfTrailingZeros(free) >>> 3;
        groups[group] |= tag(keyLow) << 8 * lane;
        int at = (group * GROUP + lane) * STRIDE;
        slots[at] = keyLow;
        slots[at + KEY_HIGH] = keyHigh;
        slots[at + TIME] = time;
        slots[at + REFERENCE] = reference;
        used++;
    }

    /** Empties a slot. */
    void remove(int slot) {
        int group = slot / GROUP;
        groups[group] &= ~(0xffL << 8 * (slot - group * GROUP));
        for (int passed = home(slots[slot * STRIDE]); passed != group; passed = next(passed)) {
            if (groups[passed] >>> COUNT != MANY) groups[passed] -= 1L << COUNT;
        }
        slots[slot * STRIDE + REFERENCE] = 0;
        used--;
    }

    /** Copies every slot into one of two pages, by the key bit behind {@link #depth}; both may be the same page. */
    void copyInto(Page lower, Page upper) {
        for (int at = 0; at < end(); at += STRIDE) {
            if (slots[at + REFERENCE] == 0) continue;
            long keyLow = slots[at];
            (keyLow << depth < 0 ? upper : lower)
                    .put(keyLow, slots[at + KEY_HIGH], slots[at + TIME], slots[at + REFERENCE]);
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
}
