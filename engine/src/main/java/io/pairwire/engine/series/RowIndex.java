package io.pairwire.engine.series;

import java.util.Arrays;

/** Numbers keys from 0 in the order in which they come: an open-addressing table, no object a key. Belongs to one thread. */
final class RowIndex {
    private static final int NONE = -1;

    private long[] keys = new long[16];
    private int[] rows = new int[16]; // one more than the number, 0 where the place is free
    private int used;

    int count() {
        return used;
    }

    /** The number of that key, or -1. */
    int find(long key) {
        int place = place(key);
        return rows[place] == 0 ? NONE : rows[place] - 1;
    }

    /** Gives a key that has no number the next one. */
    int add(long key) {
        if (used * 2 >= keys.length) enlarge();
        put(key, ++used);
        return used - 1;
    }

    private void put(long key, int row) {
        int place = place(key);
        keys[place] = key;
        rows[place] = row;
    }

    /** Where the key is, or where it would go. */
    private int place(long key) {
        int place = (int) (key * 0x9e37_79b9_7f4a_7c15L >>> 32) & keys.length - 1;
        while (rows[place] != 0 && keys[place] != key) place = place + 1 & keys.length - 1;
        return place;
    }

    private void enlarge() {
        long[] oldKeys = keys;
        int[] oldRows = rows;
        keys = new long[oldKeys.length * 2];
        rows = new int[oldRows.length * 2];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldRows[i] != 0) put(oldKeys[i], oldRows[i]);
        }
    }

    /** All keys, ascending. */
    long[] sortedKeys() {
        long[] sorted = new long[used];
        int at = 0;
        for (int i = 0; i < keys.length; i++) {
            if (rows[i] != 0) sorted[at++] = keys[i];
        }
        Arrays.sort(sorted);
        return sorted;
    }
}
