package io.pairwire.engine;

import org.HdrHistogram.Histogram;

/** The latencies one owner saw; recording does not allocate. */
final class LatencyRecorder {
    private static final int SIGNIFICANT_DIGITS = 3;

    private final Histogram histogram;
    private long count;
    private long negative;
    private long smallest = Long.MAX_VALUE;
    private long largest = Long.MIN_VALUE;
    private double sum;

    /**
     * @param expiryNanos the largest latency there can be
     */
    LatencyRecorder(long expiryNanos) {
        histogram = new Histogram(Math.max(2, expiryNanos), SIGNIFICANT_DIGITS);
        histogram.setAutoResize(true); // for a store or matcher that keeps to no expiry
    }

    void record(long nanos) {
        count++;
        sum += nanos;
        if (nanos < smallest) smallest = nanos;
        if (nanos > largest) largest = nanos;
        if (nanos < 0) negative++;
        else histogram.recordValue(nanos);
    }

    void add(LatencyRecorder other) {
        histogram.add(other.histogram);
        count += other.count;
        negative += other.negative;
        smallest = Math.min(smallest, other.smallest);
        largest = Math.max(largest, other.largest);
        sum += other.sum;
    }

    Latencies latencies() {
        return count == 0
                ? new Latencies(histogram, 0, 0, 0, 0, 0)
                : new Latencies(histogram, count, negative, smallest, largest, sum / count);
    }
}
