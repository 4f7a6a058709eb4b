package io.pairwire.engine.store;

/**
 * A part of the index of {@link UnmatchedTable}: which of the {@link Entries} bears a key. Open addressing with linear
 * probing over slots of one long, {upper half of the key's low word, number of the entry + 1}; 0 is empty. Eight slots
 * share a cache line, and a look at the entry itself is only taken where these 32 bits are equal.
 *
 * <p>A slot's home grows with its key, so a larger page takes the slots over from front to back. A key that is looked for
 * is an entry's, so the entries have to be at hand.
 */
final class Page {
    private static final long NUMBER = 0xffff_ffffL;

    private final long[] slots;

    /** Leading key bits that all keys of this page share. */
    final int depth;

    private final int shift;
    private int used;

    /**
     * @param bits slots, as a power of two; with the depth 32 at most, or homes repeat
     * @param depth leading key bits that all keys of this page share
     */
    Page(int bits, int depth) {
        slots = new long[1 << bits];
        shift = Integer.SIZE - bits;
        this.depth = depth;
    }

    int bits() {
        return Integer.SIZE - shift;
    }

    int used() {
        return used;
    }

    long bytes() {
        return (long) slots.length * Long.BYTES;
    }

    /** Reads where a look for the key begins, and four slots on, which half of the time is the next cache line. */
    long touch(long keyLow) {
        int home = home((int) (keyLow >>> 32));
        return slots[home] ^ slots[home + 4 & slots.length - 1];
    }

    private int home(int tag) {
        return tag << depth >>> shift;
    }

    /** Does it hold as many keys as probing stays short with? */
    boolean isFull() {
        return used >= slots.length - slots.length / 5;
    }

    /** The slot of the key, or the complement of the slot where it belongs. */
    int find(Entries entries, long keyLow, long keyHigh) {
        final long[] table = slots;
        int mask = table.length - 1;
        int tag = (int) (keyLow >>> 32);
        for (int slot = home(tag); ; slot = slot + 1 & mask) {
            long word = table[slot];
            if (word == 0) return ~slot;
            if ((int) (word >>> 32) == tag && entries.isKeyOf(number(word), keyLow, keyHigh)) return slot;
        }
    }

    /** The entry that a slot leads to. */
    int entry(int slot) {
        return number(slots[slot]);
    }

    private static int number(long word) {
        return (int) word - 1;
    }

    /** Writes into the empty slot that {@link #find} named. */
    void put(int slot, long keyLow, int number) {
        slots[slot] = keyLow & ~NUMBER | number + 1;
        used++;
    }

    /** Empties a slot and moves up those behind it that may stand there. */
    void remove(int slot) {
        final long[] table = slots;
        int mask = table.length - 1;
        int gap = slot;
        for (int next = slot + 1 & mask; table[next] != 0; next = next + 1 & mask) {
            int fromHome = next - home((int) (table[next] >>> 32)) & mask;
            if (fromHome >= (next - gap & mask)) {
                table[gap] = table[next];
                gap = next;
            }
        }
        table[gap] = 0;
        used--;
    }

    /** Copies every slot into one of two pages, by the key bit behind {@link #depth}; both may be the same page. */
    void copyInto(Page lower, Page upper) {
        for (long word : slots) {
            if (word == 0) continue;
            (word << depth < 0 ? upper : lower).add(word);
        }
    }

    private void add(long word) {
        int mask = slots.length - 1;
        int slot = home((int) (word >>> 32));
        while (slots[slot] != 0) slot = slot + 1 & mask;
        slots[slot] = word;
        used++;
    }
}
