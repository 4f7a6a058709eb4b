package io.pairwire.capture;

import java.util.Arrays;

/**
 * Parts of a capture where packet follows packet, so that who looks for other blocks may jump over them. Immutable.
 */
public final class PacketStretches {
    /** None that is known. */
    public static final PacketStretches NONE = new PacketStretches(new long[0], new long[0]);

    private final long[] from;
    private final long[] to;

    /**
     * @param from where each begins, ascending
     * @param to where each ends, at or before the beginning of the next
     */
    public PacketStretches(long[] from, long[] to) {
        if (from.length != to.length) throw new IllegalArgumentException("ends are missing: " + to.length);
        for (int i = 0; i < from.length; i++) {
            boolean ordered = from[i] < to[i] && (i == 0 || to[i - 1] <= from[i]);
            if (!ordered) throw new IllegalArgumentException("stretch out of order: " + from[i]);
        }
        this.from = from.clone();
        this.to = to.clone();
    }

    /** Where the stretch ends that holds this place; the place itself if none does. */
    public long end(long position) {
        int at = Arrays.binarySearch(from, position);
        int held = at >= 0 ? at : -at - 2;
        return held >= 0 && position < to[held] ? to[held] : position;
    }
}
