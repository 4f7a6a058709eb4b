package io.pairwire.engine.fate;

import static io.pairwire.engine.fate.FateRecord.WORDS;

/** Sorts records by position, byte by byte from the lowest; bytes that are the same everywhere cost one look. */
final class FateSort {
    private static final int BYTES = Long.BYTES;
    private static final int VALUES = 256;

    private FateSort() {}

    /**
     * Sorts the first {@code count} records.
     *
     * @return where they are then: {@code records} or {@code spare}, which is as long
     */
    static long[] sort(long[] records, long[] spare, int count) {
        long[] from = records;
        long[] to = spare;
        for (int shift = 0; shift < BYTES * 8; shift += 8) {
            int[] starts = new int[VALUES + 1];
            for (int i = 0; i < count; i++) starts[digit(from, i, shift) + 1]++;
            if (count == 0 || starts[digit(from, 0, shift) + 1] == count) continue;
            for (int value = 0; value < VALUES; value++) starts[value + 1] += starts[value];
            for (int i = 0; i < count; i++) {
                int at = starts[digit(from, i, shift)]++ * WORDS;
                System.arraycopy(from, i * WORDS, to, at, WORDS);
            }
            long[] sorted = to;
            to = from;
            from = sorted;
        }
        return from;
    }

    private static int digit(long[] records, int index, int shift) {
        return (int) (FateRecord.position(records[index * WORDS]) >>> shift) & VALUES - 1;
    }
}
