package io.pairwire.engine.compare;

import org.HdrHistogram.Histogram;

/**
 * By how much pairs were late or early when the clocks are set right.
 *
 * @param offsetNanos how far B's clock is ahead of A's; with a drift, at the start
 * @param driftPpm how much faster B's clock runs, in millionths; 0 if that is not to be seen
 * @param earliestNanos the least of what is left
 * @param latestNanos the greatest
 * @param medianNanos half of the pairs deviate by no more, to either side, within 0.1 %
 * @param p99Nanos 99 % do
 */
public record Delays(
        long offsetNanos, double driftPpm, long earliestNanos, long latestNanos, long medianNanos, long p99Nanos) {

    /** Gathers what is left of each pair. */
    static final class Gathering {
        private final Histogram deviations = new Histogram(3);
        private long earliest = Long.MAX_VALUE;
        private long latest = Long.MIN_VALUE;
        private long lateness;

        void add(long residual, long residualWithDrift) {
            earliest = Math.min(earliest, residual);
            latest = Math.max(latest, residual);
            lateness += Similarity.lateness(residualWithDrift);
            deviations.recordValue(residual == Long.MIN_VALUE ? Long.MAX_VALUE : Math.abs(residual));
        }

        long lateness() {
            return lateness;
        }

        Delays end(ClockFit clock) {
            boolean any = deviations.getTotalCount() > 0;
            return new Delays(
                    clock.offsetNanos(),
                    clock.drift() * 1e6,
                    any ? earliest : 0,
                    any ? latest : 0,
                    any ? deviations.getValueAtPercentile(50) : 0,
                    any ? deviations.getValueAtPercentile(99) : 0);
        }
    }
}
