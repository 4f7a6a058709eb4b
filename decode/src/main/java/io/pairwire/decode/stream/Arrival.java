package io.pairwire.decode.stream;

import java.lang.foreign.MemorySegment;

/**
 * Bytes that have just arrived, where they lie, and what became of them. Offsets are bytes from the start of the stream or
 * datagram. One is reused for all.
 */
final class Arrival {
    MemorySegment memory = MemorySegment.NULL;

    /** Where the byte at {@link #from} lies in the memory. */
    long at;

    /** The first byte that is left to deal with. */
    long from;

    /** Behind the last byte that is left to deal with, and was captured. */
    long to;

    /** Bytes behind {@link #to} that were sent and not captured. */
    long cut;

    /** The whole segment or fragment as it was sent, whatever is left of it. */
    long sentFrom;

    long sentTo;

    /** One byte that is urgent, and to be left out of the stream. */
    boolean urgent;

    long epochNanos;
    long number;

    // What Pieces made of it, bytes.
    long equal;
    long conflicting;
    long stored;
    long refused;

    /** Gives up the bytes before {@code offset}. */
    void skipTo(long offset) {
        at += offset - from;
        from = offset;
    }

    long length() {
        return to - from;
    }

    void clearResult() {
        equal = 0;
        conflicting = 0;
        stored = 0;
        refused = 0;
    }
}
