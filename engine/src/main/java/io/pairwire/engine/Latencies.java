package io.pairwire.engine;

import org.HdrHistogram.Histogram;

/**
 * The latencies of a run, merged over all shards, nanoseconds.
 *
 * <p>Percentiles come from a histogram with three significant digits, so their error is at most 0.1 %; count, smallest,
 * largest and mean are exact. Negative latencies are counted apart and are not part of the histogram.
 *
 * @param histogram all latencies that are not negative
 * @param count pairs, negative ones included
 * @param negative pairs with a negative latency
 * @param smallest the smallest latency, negative ones included; 0 without pairs
 * @param largest the largest latency; 0 without pairs
 * @param mean the mean of all latencies; 0 without pairs
 */
public record Latencies(Histogram histogram, long count, long negative, long smallest, long largest, double mean) {

    /** The latency that {@code percent} of all non-negative latencies do not exceed; never above the largest. */
    public long percentile(double percent) {
        return Math.min(histogram.getValueAtPercentile(percent), Math.max(0, largest));
    }
}
