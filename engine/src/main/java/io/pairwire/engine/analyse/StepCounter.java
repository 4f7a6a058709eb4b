package io.pairwire.engine.analyse;

import java.util.ArrayList;
import java.util.List;

/** Counts by steps of time, in memory that does not grow: with too many steps each becomes longer. */
final class StepCounter {
    /** Steps of a length that the user chose. */
    static final int ASKED = 100_000;

    /** Steps of a length that fits. */
    static final int FITTING = 400;

    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000 * MILLI;
    private static final long DAY = 86_400 * SECOND;

    /** Each a multiple of the one before, so that steps join to longer ones. */
    private static final long[] LENGTHS = {
        1_000,
        5_000,
        10_000,
        50_000,
        100_000,
        500_000,
        MILLI,
        5 * MILLI,
        10 * MILLI,
        50 * MILLI,
        100 * MILLI,
        500 * MILLI,
        SECOND,
        5 * SECOND,
        10 * SECOND,
        30 * SECOND,
        60 * SECOND,
        300 * SECOND,
        600 * SECOND,
        3_600 * SECOND,
        21_600 * SECOND,
        DAY,
        10 * DAY,
        100 * DAY,
        1_000 * DAY,
        10_000 * DAY,
        50_000 * DAY
    };

    private static final long[] NONE = {};

    private final boolean asked;
    private final int limit;
    private long length;
    private long lowest;
    private long highest;
    private long[] packets = NONE;
    private long[] bytes = NONE;
    private int place;
    private long from;
    private boolean any;

    /** @param stepNanos 0 for a length that fits */
    StepCounter(long stepNanos) {
        asked = stepNanos > 0;
        limit = asked ? ASKED : FITTING;
        length = asked ? stepNanos : LENGTHS[0];
    }

    void add(long nanos, long length) {
        if (!any || nanos - from < 0 || nanos - from >= this.length) go(nanos);
        packets[place]++;
        bytes[place] += length;
    }

    private void go(long nanos) {
        long step = Math.floorDiv(nanos, length);
        if (!any) {
            lowest = step;
            highest = step;
            any = true;
            packets = new long[limit];
            bytes = new long[limit];
        }
        while (Long.compareUnsigned(Math.max(highest, step) - Math.min(lowest, step), limit) >= 0) {
            lengthen();
            step = Math.floorDiv(nanos, length);
        }
        lowest = Math.min(lowest, step);
        highest = Math.max(highest, step);
        place = (int) Math.floorMod(step, (long) limit);
        from = step * length;
    }

    private void lengthen() {
        long longer = longer();
        long factor = longer / length;
        long[] oldPackets = packets;
        long[] oldBytes = bytes;
        packets = new long[limit];
        bytes = new long[limit];
        for (int i = 0; i < count(); i++) {
            long step = lowest + i;
            int old = (int) Math.floorMod(step, (long) limit);
            int now = (int) Math.floorMod(Math.floorDiv(step, factor), (long) limit);
            packets[now] += oldPackets[old];
            bytes[now] += oldBytes[old];
        }
        lowest = Math.floorDiv(lowest, factor);
        highest = Math.floorDiv(highest, factor);
        length = longer;
    }

    /** Steps from the first to the last. */
    private int count() {
        return any ? (int) (highest - lowest) + 1 : 0;
    }

    private long longer() {
        if (!asked) {
            for (long candidate : LENGTHS) {
                if (candidate > length) return candidate;
            }
        }
        return Math.multiplyExact(length, 10);
    }

    /**
     * The steps, with what others counted as packets for the retransmissions; they count steps of the same length asked for,
     * and no moment that is not known here.
     */
    TimeSeries series(List<StepCounter> others) {
        long[] again = new long[count()];
        for (StepCounter other : others) {
            for (int i = 0; i < other.count() && any; i++) {
                long step = other.lowest + i;
                int at = (int) (Math.floorDiv(step * other.length, length) - lowest);
                again[at] += other.packets[(int) Math.floorMod(step, (long) limit)];
            }
        }
        List<TimeSeries.Step> steps = new ArrayList<>();
        for (int i = 0; i < count(); i++) {
            long step = lowest + i;
            int at = (int) Math.floorMod(step, (long) limit);
            steps.add(new TimeSeries.Step(step * length, packets[at], bytes[at], again[i]));
        }
        return new TimeSeries(length, steps);
    }
}
