package io.pairwire.engine.series;

import io.pairwire.capture.Packet;
import io.pairwire.engine.Latencies;
import io.pairwire.engine.LatencyRecorder;
import io.pairwire.engine.MatchedPair;
import io.pairwire.engine.PairObserver;
import io.pairwire.engine.store.GivenUp;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * What happened in each interval of event time: packets, pairs with their latencies, packets that found no partner. The
 * same for any number of threads.
 *
 * <p>Packets count by their own time, pairs by that of their request. Give {@link #counting} to the engine as filter,
 * {@link #givenUp} to each of its stores, and the series itself to an {@link io.pairwire.engine.ObservedSink} and as
 * listener to {@link IntervalLatencies}; ask for rows when the engine has ended.
 */
public final class TimeSeries implements PairObserver, IntervalLatencies.Listener {
    /** Intervals that have a row of their own; all others share the last one, which has no start. */
    public static final int MOST = 200_000;

    private static final int PACKETS = 0;
    private static final int PAIRS = 1;
    private static final int UNMATCHED = 2;
    private static final int EXPIRED = 3;
    private static final int EVICTED = 4;
    private static final int COLUMNS = 5;

    private final long intervalNanos;
    private final double[] percents;
    private final int most;
    private final IntervalCounts packets;
    private final IntervalCounts pairs;
    private final List<IntervalCounts> alone = new ArrayList<>();
    private final LatencyRecorder rest;
    private long[] latencies = new long[64];
    private int latencyRows;

    /**
     * One interval.
     *
     * @param startNanos its first nanosecond since 1970; {@link Long#MIN_VALUE} for what was beyond the bound and for
     *     packets without a time
     * @param packets read
     * @param pairs whose request falls into it
     * @param percentiles of latency, as many as were asked for; 0 without pairs
     * @param largest latency; 0 without pairs
     * @param unmatched packets still waiting at the end
     * @param expired packets whose partner did not come in time
     * @param evicted packets that had to make room
     */
    public record Row(
            long startNanos,
            long packets,
            long pairs,
            List<Long> percentiles,
            long largest,
            long unmatched,
            long expired,
            long evicted) {
        public Row {
            percentiles = List.copyOf(percentiles);
        }

        /** Is this the row for what has none of its own? */
        public boolean isRest() {
            return startNanos == Long.MIN_VALUE;
        }

        /** Packets without partner in proportion to all that could have had one, in percent. */
        public double lossPercent() {
            long lost = unmatched + expired + evicted;
            return lost == 0 ? 0 : 100.0 * lost / (lost + 2 * pairs);
        }
    }

    /**
     * @param percents which percentiles of latency
     * @param expiry the largest latency there should be
     */
    public TimeSeries(Duration interval, List<Double> percents, Duration expiry) {
        this(interval, percents, expiry, MOST);
    }

    TimeSeries(Duration interval, List<Double> percents, Duration expiry, int most) {
        if (interval.toNanos() < 1) throw new IllegalArgumentException("interval is below 1 ns: " + interval);
        intervalNanos = interval.toNanos();
        this.percents = percents.stream().mapToDouble(Double::doubleValue).toArray();
        this.most = most;
        packets = new IntervalCounts(1, most);
        pairs = new IntervalCounts(1, most);
        rest = LatencyRecorder.packed(expiry.toNanos());
    }

    private long interval(long epochNanos) {
        return Math.floorDiv(epochNanos, intervalNanos);
    }

    /** Counts every packet on its way to a filter. */
    public Predicate<Packet> counting(Predicate<Packet> filter) {
        return packet -> {
            packets.add(packet.hasTime() ? interval(packet.epochNanos()) : IntervalCounts.REST, 0, 1);
            return filter.test(packet);
        };
    }

    /** Somebody to be told of what one store gives up; each store needs its own. To be called by one thread at a time. */
    public GivenUp givenUp() {
        var counts = new IntervalCounts(COLUMNS - UNMATCHED, most);
        alone.add(counts);
        return new GivenUp() {
            @Override
            public void expired(long reference, long epochNanos, long key) {
                counts.add(interval(epochNanos), EXPIRED - UNMATCHED, 1);
            }

            @Override
            public void evicted(long reference, long epochNanos, long key) {
                counts.add(interval(epochNanos), EVICTED - UNMATCHED, 1);
            }

            @Override
            public void unmatched(long reference, long epochNanos, long key) {
                counts.add(interval(epochNanos), 0, 1);
            }
        };
    }

    @Override
    public void onPair(MatchedPair pair) {
        pairs.add(interval(pair.requestEpochNanos()), 0, 1);
    }

    @Override
    public void onInterval(IntervalLatencies.Interval interval) throws IOException {
        if (latencyRows == most) {
            rest.add(interval.latencies());
            return;
        }
        int stride = percents.length + 2;
        int at = latencyRows * stride;
        if (at + stride > latencies.length) latencies = Arrays.copyOf(latencies, Math.max(at + stride, at * 2));
        Latencies seen = interval.latencies().latencies();
        latencies[at] = interval(interval.startNanos());
        for (int i = 0; i < percents.length; i++) latencies[at + 1 + i] = seen.percentile(percents[i]);
        latencies[at + stride - 1] = seen.largest();
        latencyRows++;
    }

    /** All intervals that have anything, in the order of time; the rest last, if there is any. */
    public List<Row> rows() {
        var all = new IntervalCounts(COLUMNS, Integer.MAX_VALUE - 8);
        all.addAll(packets, PACKETS);
        all.addAll(pairs, PAIRS);
        for (IntervalCounts counts : alone) all.addAll(counts, UNMATCHED);
        var rows = new ArrayList<Row>();
        int next = 0;
        int stride = percents.length + 2;
        for (long interval : all.intervals()) {
            while (next < latencyRows && latencies[next * stride] < interval) next++;
            boolean known = next < latencyRows && latencies[next * stride] == interval;
            rows.add(row(all, interval, known ? next * stride + 1 : -1));
        }
        Row last = row(all, IntervalCounts.REST, -1);
        if (last.packets + last.pairs + last.unmatched + last.expired + last.evicted > 0) rows.add(last);
        return rows;
    }

    private Row row(IntervalCounts all, long interval, int at) {
        boolean isRest = interval == IntervalCounts.REST;
        Latencies seen = rest.latencies();
        var percentiles = new ArrayList<Long>();
        for (int i = 0; i < percents.length; i++) {
            percentiles.add(at >= 0 ? latencies[at + i] : isRest ? seen.percentile(percents[i]) : 0);
        }
        return new Row(
                isRest ? Long.MIN_VALUE : interval * intervalNanos,
                all.count(interval, PACKETS),
                all.count(interval, PAIRS),
                percentiles,
                at >= 0 ? latencies[at + percents.length] : isRest ? seen.largest() : 0,
                all.count(interval, UNMATCHED),
                all.count(interval, EXPIRED),
                all.count(interval, EVICTED));
    }
}
