package io.pairwire.dpi.session;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/** What is kept of one direction of a stream until it is used up; heap memory, from 2 KB to 64 KB. */
final class StreamBuffer {
    static final int MOST = 1 << 16;
    private static final int FIRST = 2048;
    private static final byte[] NOTHING = {};

    private byte[] bytes = NOTHING;
    private MemorySegment memory = MemorySegment.ofArray(NOTHING);
    private int length;

    /** Of the first kept byte in the stream. */
    long position;

    /** Bytes to come that nobody wants. */
    long skip;

    /** Bytes of the stream that came in order, since its start. */
    long delivered;

    /** The sequence number behind them, if there are any. */
    int nextSequence;

    /** Did its end come? */
    boolean ended;

    /** When the packet was captured that brought the latest byte. */
    long epochNanos;

    /** Kept bytes when the parser was last asked and wanted more. */
    int askedAt;

    void reset() {
        length = 0;
        position = 0;
        skip = 0;
        delivered = 0;
        ended = false;
        askedAt = 0;
        if (bytes.length > FIRST) {
            bytes = NOTHING;
            memory = MemorySegment.ofArray(NOTHING);
        }
    }

    int length() {
        return length;
    }

    int allocated() {
        return bytes.length;
    }

    MemorySegment memory() {
        return memory;
    }

    /** Keeps more bytes behind those there are; false, and nothing kept, if they are too many. */
    boolean append(MemorySegment from, long at, int count) {
        if (MOST - length < count) return false;
        if (bytes.length - length < count) {
            int wanted = Math.max(FIRST, Integer.highestOneBit(Math.max(1, length + count - 1)) << 1);
            bytes = Arrays.copyOf(bytes, Math.min(MOST, wanted));
            memory = MemorySegment.ofArray(bytes);
        }
        MemorySegment.copy(from, ValueLayout.JAVA_BYTE, at, bytes, length, count);
        length += count;
        return true;
    }

    /** Forgets bytes at the front. */
    void use(int count) {
        System.arraycopy(bytes, count, bytes, 0, length - count);
        length -= count;
        position += count;
        askedAt = 0;
    }
}
