package io.pairwire.engine.series;

import io.pairwire.engine.MatchedPair;
import io.pairwire.engine.PairObserver;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Latencies counted in a few fixed buckets while a run goes on. The writing thread records, any thread may read; what is
 * read may be a few results behind, and counters never fall. Negative latencies are left out.
 */
public final class LatencyBuckets implements PairObserver {
    private static final VarHandle COUNTS = MethodHandles.arrayElementVarHandle(long[].class);

    private static final long[] LIMITS = {
        10_000,
        25_000,
        50_000,
        100_000,
        250_000,
        500_000,
        1_000_000,
        2_500_000,
        5_000_000,
        10_000_000,
        25_000_000,
        50_000_000,
        100_000_000,
        250_000_000,
        500_000_000,
        1_000_000_000,
        2_500_000_000L,
        5_000_000_000L,
        10_000_000_000L,
        30_000_000_000L
    };

    private final long[] counts = new long[LIMITS.length + 2]; // one for what is longer, one for the sum

    /** Has seen nothing yet. */
    public LatencyBuckets() {}

    @Override
    public void onPair(MatchedPair pair) {
        long nanos = pair.latencyNanos();
        if (nanos < 0) return;
        int bucket = 0;
        while (bucket < LIMITS.length && nanos > LIMITS[bucket]) bucket++;
        add(LIMITS.length + 1, nanos);
        add(bucket, 1);
    }

    private void add(int place, long added) {
        COUNTS.setOpaque(counts, place, counts[place] + added); // one thread writes
    }

    /**
     * What was counted so far.
     *
     * @param limitNanos the largest latency of each bucket but the last, which has none
     * @param counts pairs in each bucket
     * @param sumNanos of all latencies
     */
    public record Snapshot(long[] limitNanos, long[] counts, long sumNanos) {}

    /** What was counted so far. */
    public Snapshot snapshot() {
        long[] seen = new long[LIMITS.length + 1];
        for (int i = 0; i < seen.length; i++) seen[i] = (long) COUNTS.getOpaque(counts, i);
        return new Snapshot(LIMITS.clone(), seen, (long) COUNTS.getOpaque(counts, LIMITS.length + 1));
    }
}
