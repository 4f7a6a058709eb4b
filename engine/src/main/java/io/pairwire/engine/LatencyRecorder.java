package io.pairwire.engine;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.PackedHistogram;

/** Gathers latencies; one thread records. Recording allocates nothing, or with {@link #packed} only now and then. */
public final class LatencyRecorder {
    /** Significant decimal digits of each latency. */
    public static final int SIGNIFICANT_DIGITS = 3;

    private final Histogram histogram;
    private long count;
    private long negative;
    private long smallest = Long.MAX_VALUE;
    private long largest = Long.MIN_VALUE;

    // The sum in 128 bits: exact, so that it does not depend on how the pairs are shared out.
    private long sumLow;
    private long sumHigh;

    /**
     * @param expiryNanos the largest latency there can be
     */
    public LatencyRecorder(long expiryNanos) {
        this(new Histogram(Math.max(2, expiryNanos), SIGNIFICANT_DIGITS));
    }

    private LatencyRecorder(Histogram histogram) {
        this.histogram = histogram;
        histogram.setAutoResize(true); // for a store or matcher that keeps to no expiry
    }

    /** One that takes little memory while it has seen few different latencies: where there are many recorders. */
    public static LatencyRecorder packed(long expiryNanos) {
        return new LatencyRecorder(new PackedHistogram(Math.max(2, expiryNanos), SIGNIFICANT_DIGITS));
    }

    /** Takes one latency, nanoseconds; may be negative. */
    public void record(long nanos) {
        count++;
        addToSum(nanos, nanos >> 63);
        if (nanos < smallest) smallest = nanos;
        if (nanos > largest) largest = nanos;
        if (nanos < 0) negative++;
        else histogram.recordValue(nanos);
    }

    /** Takes over everything another has gathered. */
    public void add(LatencyRecorder other) {
        histogram.add(other.histogram);
        count += other.count;
        negative += other.negative;
        smallest = Math.min(smallest, other.smallest);
        largest = Math.max(largest, other.largest);
        addToSum(other.sumLow, other.sumHigh);
    }

    private void addToSum(long low, long high) {
        sumLow += low;
        sumHigh += high + (Long.compareUnsigned(sumLow, low) < 0 ? 1 : 0);
    }

    /** Exact but for the last digit of a double; by hand, since the first BigDecimal costs 20 ms of class initialization. */
    private double mean() {
        boolean fits = sumHigh == sumLow >> 63;
        double sum = fits ? sumLow : sumHigh * 0x1p64 + (sumLow >>> 1) * 2.0 + (sumLow & 1);
        return sum / count;
    }

    /** What was gathered so far; the histogram is a view and goes on changing. */
    public Latencies latencies() {
        return count == 0
                ? new Latencies(histogram, 0, 0, 0, 0, 0)
                : new Latencies(histogram, count, negative, smallest, largest, mean());
    }
}
