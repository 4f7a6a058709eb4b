package io.pairwire.engine.compare;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/** A growing table of rows of one width, in {@link Scratch} memory. Rows are counted from 0; fields by their byte in the row. */
final class Rows {
    static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED;
    static final ValueLayout.OfLong U64 = ValueLayout.JAVA_LONG_UNALIGNED;

    private final Scratch scratch;
    private final int width;
    private final int shift;
    private final int mask;
    private MemorySegment[] chunks = new MemorySegment[4];
    private int chunkCount;
    private int count;

    /** @param chunkShift rows of a chunk, as a power of two */
    Rows(Scratch scratch, int width, int chunkShift) {
        this.scratch = scratch;
        this.width = width;
        shift = chunkShift;
        mask = (1 << chunkShift) - 1;
    }

    int count() {
        return count;
    }

    /** Adds a row of zeros and answers its number. */
    int add() throws IOException {
        if (count == Integer.MAX_VALUE) throw new IOException("more than 2147483647 packets cannot be compared");
        if (count >>> shift == chunkCount) grow();
        return count++;
    }

    /** Adds a copy of a row of a table of at least the same width. */
    int add(Rows from, int row) throws IOException {
        int to = add();
        MemorySegment.copy(from.chunk(row), from.at(row), chunk(to), at(to), width);
        return to;
    }

    private void grow() throws IOException {
        if (chunkCount == chunks.length) chunks = Arrays.copyOf(chunks, 2 * chunkCount);
        chunks[chunkCount++] = scratch.take(width << shift);
    }

    /** The memory that a row lies in, for who reads or writes many of its fields; the row begins {@link #at} there. */
    MemorySegment chunk(int row) {
        return chunks[row >>> shift];
    }

    long at(int row) {
        return (long) (row & mask) * width;
    }

    long get64(int row, int field) {
        return chunk(row).get(U64, at(row) + field);
    }

    int get32(int row, int field) {
        return chunk(row).get(U32, at(row) + field);
    }

    void set64(int row, int field, long value) {
        chunk(row).set(U64, at(row) + field, value);
    }

    void set32(int row, int field, int value) {
        chunk(row).set(U32, at(row) + field, value);
    }
}
