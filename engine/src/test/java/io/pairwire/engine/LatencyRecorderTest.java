package io.pairwire.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.testkit.Allocations;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LatencyRecorderTest {
    private static final long EXPIRY = 30_000_000_000L;

    private static Latencies record(long... nanos) {
        var recorder = new LatencyRecorder(EXPIRY);
        for (long each : nanos) recorder.record(each);
        return recorder.latencies();
    }

    @Test
    void without_pairs_everything_is_zero() {
        Latencies none = record();
        assertEquals(0, none.count());
        assertEquals(0, none.negative());
        assertEquals(0, none.smallest());
        assertEquals(0, none.largest());
        assertEquals(0.0, none.mean());
        assertEquals(0, none.percentile(50));
        assertEquals(0, none.percentile(100));
    }

    @Test
    void count_extremes_and_mean_are_exact() {
        Latencies latencies = record(1_234_567, 12_345_678_901L, 29_999_999_999L, EXPIRY, 3);
        assertEquals(5, latencies.count());
        assertEquals(3, latencies.smallest());
        assertEquals(EXPIRY, latencies.largest());
        assertEquals((1_234_567 + 12_345_678_901L + 29_999_999_999L + EXPIRY + 3) / 5.0, latencies.mean());
    }

    @Test
    void one_pair_is_its_own_every_percentile() {
        for (long nanos : new long[] {0, 1, 999, 123_456_789, EXPIRY}) {
            Latencies one = record(nanos);
            for (double percent : new double[] {50, 99, 100}) assertEquals(nanos, one.percentile(percent));
        }
    }

    @Test
    void negative_latencies_count_apart() {
        Latencies latencies = record(-5_000, 10, -7, 30);
        assertEquals(4, latencies.count());
        assertEquals(2, latencies.negative());
        assertEquals(-5_000, latencies.smallest());
        assertEquals(30, latencies.largest());
        assertEquals((-5_000 + 10 - 7 + 30) / 4.0, latencies.mean());
        assertEquals(2, latencies.histogram().getTotalCount());
        assertEquals(10, latencies.percentile(50));
        assertEquals(30, latencies.percentile(100));
        Latencies onlyNegative = record(-3, -1);
        assertEquals(-1, onlyNegative.largest());
        assertEquals(0, onlyNegative.percentile(99), "the histogram has none of them");
    }

    @Test
    void percentiles_are_right_to_a_thousandth() {
        for (int seed = 0; seed < 20; seed++) {
            var random = new SplittableRandom(seed);
            int magnitude = 1 + random.nextInt(34);
            long[] nanos =
                    random.longs(20_001, 0, Math.min(EXPIRY, 1L << magnitude)).toArray();
            Latencies latencies = record(nanos);
            Arrays.sort(nanos);
            for (double percent : new double[] {0.1, 1, 10, 25, 50, 75, 90, 99, 99.9, 99.99, 100}) {
                long exact = nanos[Math.max(0, (int) Math.ceil(percent / 100 * nanos.length) - 1)];
                long told = latencies.percentile(percent);
                assertTrue(
                        told >= exact && told - exact <= exact / 1000.0,
                        percent + " % is " + exact + ", told " + told + ", below 2^" + magnitude);
            }
        }
    }

    @Test
    void an_expiry_of_nothing_has_room_for_what_it_allows() {
        for (long expiry : new long[] {0, 1, 2, 3}) {
            var recorder = new LatencyRecorder(expiry);
            recorder.record(expiry);
            assertEquals(expiry, recorder.latencies().percentile(50));
        }
    }

    @Test
    void a_latency_beyond_the_expiry_is_no_accident() {
        var recorder = new LatencyRecorder(1_000);
        recorder.record(10_000_000);
        assertEquals(10_000_000, recorder.latencies().largest());
        assertTrue(recorder.latencies().percentile(50) >= 9_990_000);
    }

    /** Sums of doubles differ in their last digits with the order of addition. */
    @Test
    void the_whole_does_not_depend_on_how_it_was_shared_out() {
        var random = new SplittableRandom(11);
        long[] nanos = random.longs(100_000, -1_000, EXPIRY).toArray();
        Latencies alone = record(nanos);
        for (int owners = 2; owners <= 5; owners++) {
            var recorders = new LatencyRecorder[owners];
            Arrays.setAll(recorders, i -> new LatencyRecorder(EXPIRY));
            for (int i = 0; i < nanos.length; i++) recorders[i % owners].record(nanos[i]);
            var sum = new LatencyRecorder(EXPIRY);
            for (LatencyRecorder recorder : recorders) sum.add(recorder);
            Latencies together = sum.latencies();
            assertEquals(alone.count(), together.count());
            assertEquals(alone.negative(), together.negative());
            assertEquals(alone.smallest(), together.smallest());
            assertEquals(alone.largest(), together.largest());
            assertEquals(alone.mean(), together.mean());
            assertEquals(alone.histogram(), together.histogram());
        }
    }

    @Test
    void the_mean_is_exact_beyond_the_range_of_a_long() {
        var sum = new LatencyRecorder(EXPIRY);
        sum.record(Long.MAX_VALUE / 2);
        for (int i = 0; i < 4; i++) {
            var copy = new LatencyRecorder(EXPIRY);
            copy.add(sum);
            sum.add(copy);
        }
        assertEquals(16, sum.latencies().count());
        assertEquals((double) (Long.MAX_VALUE / 2), sum.latencies().mean());
        var negative = new LatencyRecorder(EXPIRY);
        for (int i = 0; i < 5; i++) negative.record(Long.MIN_VALUE + 1);
        assertEquals((double) (Long.MIN_VALUE + 1), negative.latencies().mean());
        sum.add(negative);
        assertEquals(21, sum.latencies().count());
    }

    @Test
    void recording_costs_no_heap() {
        var recorder = new LatencyRecorder(EXPIRY);
        var random = new SplittableRandom(12);
        assertEquals(0.0, Allocations.bytesPerCall(() -> recorder.record(random.nextLong(-100, EXPIRY)), 10_000));
    }
}
