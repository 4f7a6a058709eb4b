package io.pairwire.engine.fate;

import io.pairwire.engine.store.PacketReference;

/**
 * How a fate is kept: three words. The first has the {@link Fate} in bits 60 to 62, the direction in bit 59 and the position
 * (file and number) of the packet below. The second and the third are the position of the other packet and the latency, or
 * of a packet without partner its time and its key.
 */
final class FateRecord {
    static final int WORDS = 3;
    static final int BYTES = WORDS * Long.BYTES;

    private static final int FATE_SHIFT = 60;
    private static final long DIRECTION = 1L << 59;
    private static final long POSITION = (1L << 59) - 1;

    private FateRecord() {}

    static long first(Fate fate, long reference) {
        return (long) fate.ordinal() << FATE_SHIFT
                | (PacketReference.isDownward(reference) ? DIRECTION : 0)
                | PacketReference.position(reference);
    }

    /** What records are ordered by. */
    static long position(long first) {
        return first & POSITION;
    }

    /** Does the packet go from the greater endpoint to the smaller? */
    static boolean isDownward(long first) {
        return (first & DIRECTION) != 0;
    }

    static Fate fate(long first) {
        return Fate.of((int) (first >>> FATE_SHIFT));
    }

    /** The position of a packet by file and number. */
    static long position(int file, long number) {
        return PacketReference.position(PacketReference.of(file, number, false, false, false));
    }
}
