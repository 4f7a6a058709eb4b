package io.pairwire.engine.compare;

import java.util.Arrays;

/**
 * Finds rows of two tables with equal keys. The rows of a key form a group, each side in the order of its capture.
 *
 * <p>A hash table of groups on the heap, as large as one partition needs; the rows of a group are chained through the rows
 * themselves, so that a million copies of one packet take no more memory than a million different ones.
 */
final class Occurrences {
    private int[] slots = new int[1 << 10];
    private long[] keys = new long[1 << 9];
    private int[] firstA = new int[1 << 9];
    private int[] lastA = new int[1 << 9];
    private int[] countA = new int[1 << 9];
    private int[] firstB = new int[1 << 9];
    private int[] lastB = new int[1 << 9];
    private int[] countB = new int[1 << 9];
    private int groups;

    /** Is told of each key that occurs. */
    @FunctionalInterface
    interface Grouping {
        /**
         * @param firstA its first row in A, from which {@link Sighting#NEXT} leads on; -1 if there is none
         * @param firstB the same in B
         */
        void group(int firstA, int countA, int firstB, int countB) throws java.io.IOException;
    }

    void group(Rows a, Rows b, Grouping grouping) throws java.io.IOException {
        groups = 0;
        int size = Integer.highestOneBit(Math.clamp(2L * (a.count() + (long) b.count()), 1 << 10, 1 << 26));
        if (slots.length < size || slots.length > 8 * size) slots = new int[size];
        else Arrays.fill(slots, 0);
        for (int row = 0; row < a.count(); row++) addA(a, row);
        for (int row = 0; row < b.count(); row++) addB(b, row);
        for (int i = 0; i < groups; i++) grouping.group(firstA[i], countA[i], firstB[i], countB[i]);
    }

    private void addA(Rows a, int row) {
        int group = groupOf(a.get64(row, Sighting.KEY));
        if (countA[group]++ == 0) firstA[group] = row;
        else a.set32(lastA[group], Sighting.NEXT, row + 1);
        lastA[group] = row;
        a.set32(row, Sighting.NEXT, 0);
    }

    private void addB(Rows b, int row) {
        int group = groupOf(b.get64(row, Sighting.KEY));
        if (countB[group]++ == 0) firstB[group] = row;
        else b.set32(lastB[group], Sighting.NEXT, row + 1);
        lastB[group] = row;
        b.set32(row, Sighting.NEXT, 0);
    }

    private int groupOf(long key) {
        int mask = slots.length - 1;
        int at = (int) (key * 0x9e37_79b9_7f4a_7c15L >>> 32) & mask;
        while (slots[at] != 0) {
            if (keys[slots[at] - 1] == key) return slots[at] - 1;
            at = at + 1 & mask;
        }
        if (groups == keys.length) grow();
        if (2 * groups >= slots.length) return rehashed(key);
        keys[groups] = key;
        begin(groups);
        slots[at] = ++groups;
        return groups - 1;
    }

    private void begin(int group) {
        firstA[group] = -1;
        firstB[group] = -1;
        countA[group] = 0;
        countB[group] = 0;
    }

    private int rehashed(long key) {
        int[] larger = new int[2 * slots.length];
        for (int i = 0; i < groups; i++) {
            int at = (int) (keys[i] * 0x9e37_79b9_7f4a_7c15L >>> 32) & larger.length - 1;
            while (larger[at] != 0) at = at + 1 & larger.length - 1;
            larger[at] = i + 1;
        }
        slots = larger;
        return groupOf(key);
    }

    private void grow() {
        int length = 2 * keys.length;
        keys = Arrays.copyOf(keys, length);
        firstA = Arrays.copyOf(firstA, length);
        lastA = Arrays.copyOf(lastA, length);
        countA = Arrays.copyOf(countA, length);
        firstB = Arrays.copyOf(firstB, length);
        lastB = Arrays.copyOf(lastB, length);
        countB = Arrays.copyOf(countB, length);
    }
}
