package io.pairwire.memory.pool;

/**
 * Buffers of one length.
 *
 * @param length bytes a buffer, a multiple of 64 in 64..1 MiB, so that buffers start and end on cache lines
 * @param initial buffers made at once, at least 0
 * @param ceiling buffers at most, at least 1 and at least {@code initial}
 * @param growth buffers made at a time when there are none left, at least 1
 */
public record SizeClass(int length, int initial, int ceiling, int growth) {
    /** A cache line, bytes. */
    public static final int LINE = 64;

    private static final int LONGEST = 1 << 20;
    private static final int USUAL_SHIFT = 10;

    public SizeClass {
        if (length < LINE || length > LONGEST || length % LINE != 0) {
            throw new IllegalArgumentException("length is not a multiple of 64 in 64..1048576: " + length);
        }
        check(initial, ceiling, growth);
    }

    static void check(int initial, int ceiling, int growth) {
        if (initial < 0) throw new IllegalArgumentException("initial is negative: " + initial);
        if (growth < 1) throw new IllegalArgumentException("growth is below 1: " + growth);
        if (ceiling < 1 || ceiling < initial) {
            throw new IllegalArgumentException("ceiling is below 1 or below initial: " + ceiling);
        }
        if (slabs(initial, ceiling, growth) << slabShift(initial, ceiling, growth) > Handle.PLACES_OF_CLASS - 1) {
            throw new IllegalArgumentException("more than 2^21 places, ask for a larger growth or a lower ceiling: "
                    + ceiling + " buffers in steps of " + growth);
        }
    }

    /** Slabs when nothing more can be made. */
    static long slabs(int initial, int ceiling, int growth) {
        return 1 + ((long) ceiling - initial + growth - 1) / growth;
    }

    /**
     * Every slab takes a power of two of places, so that the slab is found by a shift: as few as hold its buffers, or
     * 1024 if there are places enough, for then the table of slabs is short.
     */
    static int slabShift(int initial, int ceiling, int growth) {
        int least = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(initial, growth) - 1);
        boolean room = slabs(initial, ceiling, growth) << USUAL_SHIFT < Handle.PLACES_OF_CLASS;
        return room ? Math.max(least, USUAL_SHIFT) : least;
    }
}
