package io.pairwire.engine.analyse;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * How values are spread. Count, least, most and mean are exact, the others err by 1 % at most.
 *
 * @param mean 0 without values
 */
public record Distribution(
        long count, long least, double mean, long p50, long p90, long p99, long most, List<Bar> bars) {

    /** Of no values. */
    static final Distribution NONE = new Distribution(0, 0, 0, 0, 0, 0, 0, List.of());

    public Distribution {
        bars = List.copyOf(bars);
    }

    /** How many values are at least {@code from} and below {@code to}. */
    public record Bar(long from, long to, long count) {}

    /** Both together; percentiles are then only as exact as the bars. */
    Distribution plus(Distribution other) {
        if (other.count == 0) return this;
        if (count == 0) return other;
        var sums = new ArrayList<Bar>();
        for (int i = 0; i < bars.size(); i++) {
            Bar bar = bars.get(i);
            sums.add(new Bar(
                    bar.from(), bar.to(), bar.count() + other.bars.get(i).count()));
        }
        long total = count + other.count;
        long low = Math.min(least, other.least);
        long high = Math.max(most, other.most);
        double sum = mean * count + other.mean * other.count;
        return new Distribution(
                total,
                low,
                sum / total,
                Math.clamp(within(sums, total * 0.5), low, high),
                Math.clamp(within(sums, total * 0.9), low, high),
                Math.clamp(within(sums, total * 0.99), low, high),
                high,
                sums);
    }

    /** The value below which so many lie, if those in a bar are spread evenly. */
    private static long within(List<Bar> bars, double wanted) {
        double before = 0;
        for (Bar bar : bars) {
            if (before + bar.count() >= wanted) {
                double part = bar.count() == 0 ? 0 : (wanted - before) / bar.count();
                return bar.from() + (long) (part * (bar.to() - bar.from()));
            }
            before += bar.count();
        }
        return Long.MAX_VALUE;
    }

    /** Collects values in memory that does not grow. Values above the largest count as that. */
    static final class Collector {
        private final Histogram histogram;
        private final long largest;
        private long count;
        private long least = Long.MAX_VALUE;
        private long most = Long.MIN_VALUE;
        private double sum;

        Collector(long largest) {
            this.largest = largest;
            histogram = new Histogram(largest, 2);
        }

        /** A value that is not negative. */
        void add(long value) {
            count++;
            sum += value;
            if (value < least) least = value;
            if (value > most) most = value;
            histogram.recordValue(Math.min(value, largest));
        }

        /** Takes on the values of another with the same largest. */
        void addAll(Collector other) {
            count += other.count;
            sum += other.sum;
            least = Math.min(least, other.least);
            most = Math.max(most, other.most);
            histogram.add(other.histogram);
        }

        /** @param bounds of the bars, rising; values outside are in none */
        Distribution distribution(long... bounds) {
            if (count == 0) return NONE;
            var bars = new ArrayList<Bar>();
            for (int i = 0; i + 1 < bounds.length; i++) {
                bars.add(new Bar(
                        bounds[i], bounds[i + 1], histogram.getCountBetweenValues(bounds[i], bounds[i + 1] - 1)));
            }
            return new Distribution(
                    count, least, sum / count, percentile(50), percentile(90), percentile(99), most, bars);
        }

        private long percentile(double percent) {
            return Math.clamp(histogram.getValueAtPercentile(percent), least, most);
        }
    }
}
