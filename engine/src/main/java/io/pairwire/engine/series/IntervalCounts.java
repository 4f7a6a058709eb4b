package io.pairwire.engine.series;

import java.util.Arrays;

/**
 * Counters by interval. Belongs to one thread. Intervals are kept sparsely and bounded in number; what belongs to further
 * ones is counted in a row of its own.
 */
final class IntervalCounts {
    /** The index of the row for what is beyond the bound. */
    static final long REST = Long.MAX_VALUE;

    private final int columns;
    private final int most;
    private final RowIndex index = new RowIndex();
    private long[] counts; // row 0 is the rest
    private long lastInterval = REST;
    private int lastRow;

    IntervalCounts(int columns, int most) {
        this.columns = columns;
        this.most = most;
        counts = new long[columns * 8];
    }

    void add(long interval, int column, long count) {
        if (interval != lastInterval) {
            lastRow = row(interval);
            lastInterval = interval;
        }
        counts[lastRow * columns + column] += count;
    }

    private int row(long interval) {
        if (interval == REST) return 0;
        int found = index.find(interval);
        if (found >= 0) return found + 1;
        if (index.count() == most) return 0;
        int row = index.add(interval) + 1;
        if ((row + 1) * columns > counts.length) counts = Arrays.copyOf(counts, counts.length * 2);
        return row;
    }

    /** Adds everything another has counted, starting at {@code column} here. */
    void addAll(IntervalCounts other, int column) {
        for (long interval : other.intervals()) addRow(other, interval, column);
        addRow(other, REST, column);
    }

    private void addRow(IntervalCounts other, long interval, int column) {
        for (int i = 0; i < other.columns; i++) {
            long count = other.count(interval, i);
            if (count != 0) add(interval, column + i, count);
        }
    }

    /** The intervals that have a row, ascending; {@link #REST} is not among them. */
    long[] intervals() {
        return index.sortedKeys();
    }

    long count(long interval, int column) {
        int row = interval == REST ? 0 : index.find(interval) + 1;
        return row == 0 && interval != REST ? 0 : counts[row * columns + column];
    }
}
