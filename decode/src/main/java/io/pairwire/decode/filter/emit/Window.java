package io.pairwire.decode.filter.emit;

import io.pairwire.decode.filter.ir.Operation;

/**
 * Neighbouring bytes of a packet that are loaded at once, big-endian, for several loads at fixed places.
 *
 * @param number which one it is, from 0
 * @param start its first byte, from the start of the frame
 * @param bytes {@value #NARROW} or {@value #WIDE}
 */
record Window(int number, long start, int bytes) {
    static final int NARROW = 4;
    static final int WIDE = 8;

    long end() {
        return start + bytes;
    }

    /** Are all bytes of a fixed load inside? */
    boolean covers(Operation.Load load) {
        return start(load) >= start && load.end() <= end();
    }

    /** How far to shift the bytes of the window to the right, so that the last of the load is the last, bits. */
    int shift(Operation.Load load) {
        return (int) (8 * (end() - load.end()));
    }

    /** The bits of a number as wide as the load. */
    long mask(Operation.Load load) {
        return (1L << 8 * load.width().bytes()) - 1;
    }

    static long start(Operation.Load load) {
        return load.end() - load.width().bytes();
    }
}
