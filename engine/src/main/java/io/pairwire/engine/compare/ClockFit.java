package io.pairwire.engine.compare;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The clock of B against the clock of A, from the times of packets that both saw: an offset, and a drift if there is one
 * to be seen.
 *
 * <p>The captures are cut into stretches of time; of each the median difference of a bounded sample counts, and the drift
 * is the median slope between stretches of both halves, so neither a few late packets nor a few wrong pairs move it.
 * Everything is done with half the sum of both clocks, so that exchanging A and B changes signs and nothing else.
 */
final class ClockFit {
    private static final int STRETCHES = 64;
    private static final int SAMPLE = 4_096;

    /** Through fewer points a line says little. */
    private static final int LEAST_STRETCHES = 3;

    /** A drift below that moves nothing by more than queues do. */
    private static final double LEAST_DRIFT = 0.05e-6;

    private final long startSum;
    private final long spanSum;
    private final TwoWay twoWay = new TwoWay();
    private final @Nullable Sample[] samples = new @Nullable Sample[STRETCHES];

    private long offset;
    private double drift;

    ClockFit(Side a, Side b) {
        startSum = a.firstNanos / 2 + b.firstNanos / 2;
        spanSum = Math.max(a.lastNanos / 2 + b.lastNanos / 2 - startSum, 1);
    }

    /**
     * Takes in the times of one packet and its numbers on both sides, in any order of packets.
     *
     * @param hosts a hash of its source in the upper half, of its destination in the lower
     */
    void add(long timeA, long timeB, long numberA, long numberB, int hosts) {
        long middle = timeA / 2 + timeB / 2 - startSum;
        int stretch = Math.clamp((int) ((double) middle / spanSum * STRETCHES), 0, STRETCHES - 1);
        Sample sample = samples[stretch];
        if (sample == null) {
            sample = new Sample(SAMPLE);
            samples[stretch] = sample;
        }
        long rank = rank(timeA + timeB + (numberA + numberB) * 0x9e37_79b9_7f4a_7c15L);
        sample.add(timeB - timeA, middle, rank);
        twoWay.add(hosts, timeB - timeA, middle, rank);
    }

    /** Takes in what another for the same captures was given, as if it had been given here. */
    void addAll(ClockFit other) {
        for (int i = 0; i < STRETCHES; i++) {
            Sample theirs = other.samples[i];
            if (theirs == null) continue;
            Sample ours = samples[i];
            if (ours == null) samples[i] = theirs;
            else ours.addAll(theirs);
        }
        twoWay.addAll(other.twoWay);
    }

    /** Mixed, from 0. */
    static long rank(long value) {
        long x = (value ^ value >>> 32) * 0x9fb2_1c65_1e98_df25L;
        x = (x ^ x >>> 29) * 0x9e37_79b9_7f4a_7c15L;
        return (x ^ x >>> 32) >>> 1;
    }

    boolean isEmpty() {
        return Arrays.stream(samples).allMatch(Objects::isNull);
    }

    /** Settles offset and drift on what was taken in. */
    void fit() {
        List<Sample> points = Arrays.stream(samples).filter(Objects::nonNull).toList();
        if (points.isEmpty()) return;
        if (points.size() < LEAST_STRETCHES)
            points = points.stream().flatMap(Sample::pieces).toList();
        int used = points.size();
        double[] at = new double[used];
        long[] medians = new long[used];
        for (int i = 0; i < used; i++) {
            at[i] = median(points.get(i).sorted((difference, middle) -> middle));
            medians[i] = median(points.get(i).sorted());
        }
        offset = median(residuals(0));
        double slope = slope(at, medians, used);
        if (Math.abs(slope) >= LEAST_DRIFT && explains(slope, at, medians, used)) {
            drift = slope;
            offset = median(residuals(slope));
        }
        offset += twoWay.correction((difference, middle) -> difference - offset - Math.round(drift * (double) middle));
    }

    /** All that was taken in, less a drift, in order. */
    private long[] residuals(double slope) {
        long[] all = new long[0];
        for (Sample sample : samples) {
            if (sample == null) continue;
            long[] some = sample.sorted((difference, middle) -> difference - Math.round(slope * (double) middle));
            int before = all.length;
            all = Arrays.copyOf(all, before + some.length);
            System.arraycopy(some, 0, all, before, some.length);
        }
        Arrays.sort(all);
        return all;
    }

    /** The middle one, or half the sum of the two in the middle, rounded to zero so that signs do not matter. */
    static long median(long[] sorted) {
        int count = sorted.length;
        long low = sorted[(count - 1) / 2];
        long high = sorted[count / 2];
        return low == high ? low : low / 2 + high / 2 + (low % 2 + high % 2) / 2;
    }

    private static double slope(double[] at, long[] medians, int used) {
        if (used < LEAST_STRETCHES) return 0;
        double[] slopes = new double[used * (used - 1) / 2];
        int count = 0;
        for (int i = 0; i < used; i++) {
            for (int k = i + 1; k < used; k++) slopes[count++] = (medians[k] - medians[i]) / Math.max(at[k] - at[i], 1);
        }
        Arrays.sort(slopes);
        return slopes[(count - 1) / 2] / 2 + slopes[count / 2] / 2;
    }

    /** Are the stretches much nearer to the sloping line than to the level one? */
    private static boolean explains(double slope, double[] at, long[] medians, int used) {
        long[] starts = new long[used];
        for (int i = 0; i < used; i++) starts[i] = medians[i] - Math.round(slope * at[i]);
        return 3 * spread(starts) < spread(Arrays.copyOf(medians, used));
    }

    /** The sum of distances from the median. */
    private static double spread(long[] values) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        long middle = median(sorted);
        double sum = 0;
        for (long value : sorted) sum += Math.abs((double) (value - middle));
        return sum;
    }

    /** How far B's clock is ahead of A's: at the start if there is a drift, otherwise at any time; nanoseconds. */
    long offsetNanos() {
        return offset;
    }

    /** How much faster B's clock runs, as a part of one; 0 if that is not to be seen. */
    double drift() {
        return drift;
    }

    /** What is left of a difference of times when the clocks are set right, nanoseconds. */
    long residual(long timeA, long timeB) {
        long residual = timeB - timeA - offset;
        if (drift == 0) return residual;
        return residual - Math.round(drift * (double) (timeA / 2 + timeB / 2 - startSum));
    }

    /** The same without a drift, which is itself a difference. */
    long residualWithDrift(long timeA, long timeB) {
        return timeB - timeA - offset;
    }
}
