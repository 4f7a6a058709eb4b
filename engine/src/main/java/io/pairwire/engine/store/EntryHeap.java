package io.pairwire.engine.store;

/**
 * A bounded heap of entries, rows of four longs {time, reference, key low, key high}, with the youngest or the oldest at
 * its root. The order is that of time, then of file and number, so it does not depend on where a key lies.
 */
final class EntryHeap {
    private static final int STRIDE = 4;

    private final long[] rows;
    private final boolean youngestFirst;
    private int length;

    EntryHeap(int capacity, boolean youngestFirst) {
        this.rows = new long[capacity * STRIDE];
        this.youngestFirst = youngestFirst;
    }

    int capacity() {
        return rows.length / STRIDE;
    }

    int length() {
        return length;
    }

    boolean isFull() {
        return length * STRIDE == rows.length;
    }

    void clear() {
        length = 0;
    }

    /** Adds an entry; there must be room. */
    void add(long time, long reference, long keyLow, long keyHigh) {
        int at = length++;
        while (at > 0 && belongsAbove((at - 1) / 2, time, reference)) {
            copy((at - 1) / 2, at);
            at = (at - 1) / 2;
        }
        set(at, time, reference, keyLow, keyHigh);
    }

    /** Puts an entry in place of the root's. */
    void replaceRoot(long time, long reference, long keyLow, long keyHigh) {
        sink(length, time, reference, keyLow, keyHigh);
    }

    void removeRoot() {
        length--;
        sinkRow(length, length);
    }

    /** Ends a heap of the youngest: afterwards it is a list, oldest first. */
    void sort() {
        for (int end = length - 1; end > 0; end--) {
            long time = time(0);
            long reference = reference(0);
            long keyLow = keyLow(0);
            long keyHigh = keyHigh(0);
            sinkRow(end, end);
            set(end, time, reference, keyLow, keyHigh);
        }
    }

    long time(int row) {
        return rows[row * STRIDE];
    }

    long reference(int row) {
        return rows[row * STRIDE + 1];
    }

    long keyLow(int row) {
        return rows[row * STRIDE + 2];
    }

    long keyHigh(int row) {
        return rows[row * STRIDE + 3];
    }

    /** Is the row older than that entry? */
    boolean isOlder(int row, long time, long reference) {
        long its = time(row);
        return its != time
                ? its < time
                : PacketReference.position(reference(row)) < PacketReference.position(reference);
    }

    /** Should that entry stand above the row? */
    private boolean belongsAbove(int row, long time, long reference) {
        return isOlder(row, time, reference) == youngestFirst;
    }

    /** Lets a row behind the end find its place from the root down. */
    private void sinkRow(int row, int end) {
        sink(end, time(row), reference(row), keyLow(row), keyHigh(row));
    }

    private void sink(int end, long time, long reference, long keyLow, long keyHigh) {
        int at = 0;
        while (true) {
            int child = 2 * at + 1;
            if (child >= end) break;
            if (child + 1 < end && belongsAbove(child, time(child + 1), reference(child + 1))) child++;
            if (belongsAbove(child, time, reference)) break;
            copy(child, at);
            at = child;
        }
        set(at, time, reference, keyLow, keyHigh);
    }

    private void copy(int from, int to) {
        System.arraycopy(rows, from * STRIDE, rows, to * STRIDE, STRIDE);
    }

    private void set(int at, long time, long reference, long keyLow, long keyHigh) {
        rows[at * STRIDE] = time;
        rows[at * STRIDE + 1] = reference;
        rows[at * STRIDE + 2] = keyLow;
        rows[at * STRIDE + 3] = keyHigh;
    }
}
