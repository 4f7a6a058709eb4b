package io.pairwire.capture;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * Read buffers that were used and will be again: thousands of files in a row need no more memory than one.
 *
 * <p>Lengths are powers of two. A few open files get the longest buffers; the more there are, the shorter each, so that
 * all together stay near {@value #ALL_TOGETHER} bytes.
 */
final class BufferShelf {
    static final int LONGEST = PcapReader.BUFFER_LENGTH;

    private static final int SHORTEST = 1 << 12;
    private static final int SHORTEST_OF_MANY = 1 << 15;
    private static final int ALL_TOGETHER = 8 << 20;

    private final ArrayDeque<ByteBuffer> free = new ArrayDeque<>();

    /**
     * A buffer for an input that will be one of {@code open}.
     *
     * @param inputLength bytes in the input; no buffer is much longer than that
     */
    ByteBuffer take(int open, long inputLength) {
        int share = Math.clamp(Integer.highestOneBit(ALL_TOGETHER / open), SHORTEST_OF_MANY, LONGEST);
        int length = Math.clamp(2 * Long.highestOneBit(Math.max(inputLength, 1)), SHORTEST, share);
        for (var it = free.iterator(); it.hasNext(); ) {
            ByteBuffer buffer = it.next();
            if (buffer.capacity() == length) {
                it.remove();
                return buffer;
            }
        }
        return ByteBuffer.allocateDirect(length);
    }

    /** Takes a buffer back. One that had to grow is left to the collector. */
    void give(ByteBuffer buffer) {
        int length = buffer.capacity();
        if (length <= LONGEST && Integer.bitCount(length) == 1) free.addFirst(buffer);
    }
}
