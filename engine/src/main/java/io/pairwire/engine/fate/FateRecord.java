package io.pairwire.engine.fate;

import io.pairwire.engine.store.PacketReference;

/**
 * How a fate is kept: three words. The first has the {@link Fate} in bits 60 to 62 and the position (file and number) of
 * the packet below, the second the position of the other packet, the third the latency.
 */
final class FateRecord {
    static final int WORDS = 3;
    static final int BYTES = WORDS * Long.BYTES;

    private static final int FATE_SHIFT = 60;
    private static final long POSITION = (1L << 59) - 1;

    private FateRecord() {}

    static long first(Fate fate, long reference) {
        return (long) fate.ordinal() << FATE_SHIFT | PacketReference.position(reference);
    }

    /** What records are ordered by. */
    static long position(long first) {
        return first & POSITION;
    }

    static Fate fate(long first) {
        return Fate.of((int) (first >>> FATE_SHIFT));
    }

    /** The position of a packet by file and number. */
    static long position(int file, long number) {
        return PacketReference.position(PacketReference.of(file, number, false, false, false));
    }
}
