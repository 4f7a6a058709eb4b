package io.pairwire.engine.store;

/**
 * The oldest entries of a shard, in order: gathered in one pass when the shard is full, then given up one by one.
 *
 * <p>Rows of four longs {time, reference, key low, key high} in a heap whose root is the youngest; sorting turns it into
 * a list. The order is that of time, then of file and number, so it does not depend on where a key lies.
 */
final class OldestFirst {
    private static final int STRIDE = 4;

    private final long[] rows;
    private final long[] moving = new long[STRIDE];
    private int length;
    private int next;

    OldestFirst(int capacity) {
        rows = new long[capacity * STRIDE];
    }

    int capacity() {
        return rows.length / STRIDE;
    }

    void clear() {
        length = 0;
        next = 0;
    }

    /** Keeps the entry if it is among the oldest so far. */
    void offer(long time, long reference, long keyLow, long keyHigh) {
        if (length * STRIDE < rows.length) {
            int at = length++;
            while (at > 0 && before((at - 1) / 2, time, reference)) {
                copy((at - 1) / 2, at);
                at = (at - 1) / 2;
            }
            set(at, time, reference, keyLow, keyHigh);
        } else if (!before(0, time, reference)) {
            sink(0, length, time, reference, keyLow, keyHigh);
        }
    }

    /** Sorts what was kept, oldest first. */
    void sort() {
        for (int end = length - 1; end > 0; end--) {
            System.arraycopy(rows, end * STRIDE, moving, 0, STRIDE);
            copy(0, end);
            sink(0, end, moving[0], moving[1], moving[2], moving[3]);
        }
    }

    /** Moves on to the next oldest; false behind the last. */
    boolean advance() {
        if (next == length) return false;
        next++;
        return true;
    }

    long reference() {
        return rows[(next - 1) * STRIDE + 1];
    }

    long keyLow() {
        return rows[(next - 1) * STRIDE + 2];
    }

    long keyHigh() {
        return rows[(next - 1) * STRIDE + 3];
    }

    private void sink(int from, int end, long time, long reference, long keyLow, long keyHigh) {
        int at = from;
        while (true) {
            int child = 2 * at + 1;
            if (child >= end) break;
            if (child + 1 < end && before(child, rows[(child + 1) * STRIDE], rows[(child + 1) * STRIDE + 1])) child++;
            if (before(child, time, reference)) break;
            copy(child, at);
            at = child;
        }
        set(at, time, reference, keyLow, keyHigh);
    }

    /** Is the row older than that entry? */
    private boolean before(int row, long time, long reference) {
        long other = rows[row * STRIDE];
        return other != time
                ? other < time
                : PacketReference.position(rows[row * STRIDE + 1]) < PacketReference.position(reference);
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
