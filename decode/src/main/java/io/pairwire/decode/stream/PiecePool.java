package io.pairwire.decode.stream;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * The memory for all that has to wait: chunks of one length, drawn from slabs outside the heap and known by their numbers,
 * and beside each chunk what is in it. Slabs are made when they are first needed, up to the ceiling, and kept; from then
 * on taking and giving back allocates nothing. The collector frees them with the pool.
 */
final class PiecePool {
    /** Bytes of a chunk: the data of one Ethernet frame, whole. */
    static final int CHUNK = 2048;

    static final int NONE = -1;

    private static final int CHUNK_BITS = 11;
    private static final int SLAB_BITS = 9;
    private static final int SLAB_CHUNKS = 1 << SLAB_BITS; // 1 MB

    /** Chunks there may be. */
    final int most;

    // One piece a chunk. Its bytes are those from start, length of them, and belong at offset from.
    int[] next = {};
    int[] start = {};
    int[] length = {};
    long[] cut = {};
    boolean[] urgent = {};
    long[] from = {};
    long[] sentFrom = {};
    long[] sentTo = {};
    long[] epochNanos = {};
    long[] number = {};

    /** Bytes in all pieces. */
    long bytes;

    private MemorySegment[] slabs = {};
    private int made;
    private int used;
    private int free = NONE;

    /** @param ceiling bytes of all chunks at most; at least one is granted */
    PiecePool(long ceiling) {
        most = Math.clamp(ceiling >>> CHUNK_BITS, 1, Integer.MAX_VALUE);
    }

    /** Chunks that a number of bytes needs. */
    static long chunks(long bytes) {
        return bytes + CHUNK - 1 >>> CHUNK_BITS;
    }

    int used() {
        return used;
    }

    int available() {
        return most - used;
    }

    /** Bytes of the slabs that were made. */
    long memory() {
        return (long) made << CHUNK_BITS;
    }

    /** A chunk, or {@link #NONE}. */
    int take() {
        if (free == NONE && !makeSlab()) return NONE;
        int piece = free;
        free = next[piece];
        used++;
        return piece;
    }

    private boolean makeSlab() {
        int more = Math.min(SLAB_CHUNKS, most - made);
        if (more == 0) return false;
        int slab = slabs.length;
        slabs = Arrays.copyOf(slabs, slab + 1);
        slabs[slab] = Arena.ofAuto().allocate((long) more << CHUNK_BITS, 64);
        if (made + more > next.length) makeRoom(Math.min(most, Math.max(made + more, made * 2)));
        for (int piece = made + more - 1; piece >= made; piece--) {
            next[piece] = free;
            free = piece;
        }
        made += more;
        return true;
    }

    private void makeRoom(int pieces) {
        next = Arrays.copyOf(next, pieces);
        start = Arrays.copyOf(start, pieces);
        length = Arrays.copyOf(length, pieces);
        cut = Arrays.copyOf(cut, pieces);
        urgent = Arrays.copyOf(urgent, pieces);
        from = Arrays.copyOf(from, pieces);
        sentFrom = Arrays.copyOf(sentFrom, pieces);
        sentTo = Arrays.copyOf(sentTo, pieces);
        epochNanos = Arrays.copyOf(epochNanos, pieces);
        number = Arrays.copyOf(number, pieces);
    }

    void give(int piece) {
        bytes -= length[piece];
        next[piece] = free;
        free = piece;
        used--;
    }

    /** Where the bytes of a piece lie. */
    MemorySegment memory(int piece) {
        return slabs[piece >>> SLAB_BITS];
    }

    /** Where the first byte of a piece lies there. */
    long at(int piece) {
        return ((long) (piece & SLAB_CHUNKS - 1) << CHUNK_BITS) + start[piece];
    }

    /** Behind the last byte of a piece. */
    long end(int piece) {
        return from[piece] + length[piece];
    }

    /** Gives up the first bytes of a piece. */
    void trim(int piece, int bytes) {
        start[piece] += bytes;
        from[piece] += bytes;
        length[piece] -= bytes;
        this.bytes -= bytes;
    }
}
