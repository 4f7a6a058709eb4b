package io.pairwire.engine.compare;

import java.util.Arrays;

/** The rows of one key on one side, in the order of the capture. */
final class Copies {
    private final int[] rows;
    private final long[] times;
    private final Rows table;

    Copies(Rows table, int first, int count) {
        this.table = table;
        rows = new int[count];
        times = new long[count];
        int row = first;
        for (int i = 0; i < count; i++) {
            rows[i] = row;
            times[i] = table.get64(row, Sighting.TIME);
            row = table.get32(row, Sighting.NEXT) - 1;
        }
    }

    int count() {
        return rows.length;
    }

    int row(int index) {
        return rows[index];
    }

    long time(int index) {
        return times[index];
    }

    /** All times, moved. */
    long[] times(long shift) {
        long[] moved = times.clone();
        for (int i = 0; i < moved.length; i++) moved[i] += shift;
        return moved;
    }

    int number(int index) {
        return table.get32(rows[index], Sighting.NUMBER);
    }

    /** The median time from one to the next, without end if there are less than two. */
    long usualSpacing() {
        if (times.length < 2) return Long.MAX_VALUE;
        long[] spacing = new long[times.length - 1];
        for (int i = 0; i < spacing.length; i++) spacing[i] = Math.abs(times[i + 1] - times[i]);
        Arrays.sort(spacing);
        return spacing[spacing.length / 2];
    }

    /**
     * Is a copy that found no partner one too many, because another lies close to it? The first of several that found
     * none is not.
     *
     * @param taken which copies found partners
     */
    boolean isDuplicate(int index, boolean[] taken, long window) {
        if (index > 0 && times[index] - times[index - 1] <= window) return true;
        return index + 1 < rows.length && taken[index + 1] && times[index + 1] - times[index] <= window;
    }
}
