package io.pairwire.engine.series;

import io.pairwire.engine.LatencyRecorder;
import io.pairwire.engine.MatchedPair;
import io.pairwire.engine.PairObserver;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The latencies of each interval of event time, by the time of the request, and in it by group. An interval is handed on
 * once no pair can come for it any more, so only a few are open.
 */
public final class IntervalLatencies implements PairObserver {
    /*
     * A pair is seen when its later read packet comes. Our store pairs nothing that lies further back than twice the
     * expiry behind the newest time, and partners are no further apart than one expiry: a request is no older than three
     * times the expiry, seen from the newest time so far. What is older comes from a store with other rules; it is
     * counted as late.
     */
    private static final int EXPIRIES = 3;

    private static final long MILLISECOND = 1_000_000;

    /** Intervals that may be open at the same time. */
    public static final int MOST_OPEN = 4096;

    /** Groups that may be open in all open intervals together; a pair of a further one goes to the rest. */
    static final int MOST_GROUPS = 8192;

    private final long intervalNanos;
    private final long expiryNanos;
    private final List<GroupIndex> indexes;
    private final Listener listener;
    private final @Nullable Open[] open;
    private long first = Long.MAX_VALUE;
    private long newest = Long.MIN_VALUE;
    private int openGroups;
    private long late;

    /** Takes intervals that are over, in the order of time. */
    @FunctionalInterface
    public interface Listener {
        /** Takes one interval, which may be kept. */
        void onInterval(Interval interval) throws IOException;
    }

    /**
     * One interval.
     *
     * @param startNanos its first nanosecond since 1970
     * @param endNanos the first nanosecond behind it
     * @param latencies of all its pairs
     * @param groups the same by group, of each way of grouping in turn
     */
    public record Interval(
            long startNanos, long endNanos, LatencyRecorder latencies, List<LatencyGroups.Group> groups) {
        public Interval {
            groups = List.copyOf(groups);
        }
    }

    private final class Open {
        final long index;
        final LatencyRecorder all = LatencyRecorder.packed(expiryNanos);
        final List<LatencyGroups> groups = new ArrayList<>();

        Open(long index) {
            this.index = index;
            for (GroupIndex numbers : indexes) groups.add(new LatencyGroups(numbers, expiryNanos));
        }
    }

    /**
     * @param interval its length, from 1 ns; not shorter than {@link #shortest} allows
     * @param expiry the largest time between partners
     * @param indexes number the groups of each way of grouping
     */
    public IntervalLatencies(Duration interval, Duration expiry, List<GroupIndex> indexes, Listener listener) {
        if (interval.compareTo(shortest(expiry)) < 0) {
            throw new IllegalArgumentException("interval is shorter than " + shortest(expiry) + ": " + interval);
        }
        this.intervalNanos = interval.toNanos();
        this.expiryNanos = expiry.toNanos();
        this.indexes = List.copyOf(indexes);
        this.listener = listener;
        long needed = Math.ceilDiv(window(expiryNanos), intervalNanos) + 2;
        open = new @Nullable Open[(int) Long.highestOneBit(Math.max(1, needed - 1)) * 2];
    }

    /** The shortest interval for which few enough are open at the same time; whole milliseconds if it is above one. */
    public static Duration shortest(Duration expiry) {
        long nanos = Math.max(1, Math.ceilDiv(window(expiry.toNanos()), MOST_OPEN - 2));
        return Duration.ofNanos(nanos <= MILLISECOND ? nanos : Math.ceilDiv(nanos, MILLISECOND) * MILLISECOND);
    }

    private static long window(long expiryNanos) {
        return expiryNanos > Long.MAX_VALUE / EXPIRIES ? Long.MAX_VALUE : EXPIRIES * expiryNanos;
    }

    @Override
    public void onPair(MatchedPair pair) throws IOException {
        long index = Math.floorDiv(pair.requestEpochNanos(), intervalNanos);
        if (index > newest) {
            newest = index;
            closeBefore(index - open.length + 1);
        }
        if (index <= newest - open.length) {
            late++;
            return;
        }
        int place = (int) index & open.length - 1;
        Open interval = open[place];
        if (interval == null) {
            interval = new Open(index);
            open[place] = interval;
            first = Math.min(first, index);
        }
        interval.all.record(pair.latencyNanos());
        for (int i = 0; i < indexes.size(); i++) record(interval, i, pair);
    }

    private void record(Open interval, int way, MatchedPair pair) {
        int added = interval.groups.get(way).onPair(pair, openGroups < MOST_GROUPS);
        openGroups += added;
    }

    /** Hands on everything before that interval. */
    private void closeBefore(long index) throws IOException {
        long last = Math.min(index, first + open.length); // no more than these can be open
        for (; first < last; first++) close((int) first & open.length - 1);
        first = Math.max(first, index);
    }

    private void close(int place) throws IOException {
        Open over = open[place];
        if (over == null) return;
        open[place] = null;
        var groups = new ArrayList<LatencyGroups.Group>();
        for (LatencyGroups each : over.groups) {
            openGroups -= each.held();
            groups.addAll(each.groups());
        }
        long start = over.index * intervalNanos;
        long end = start > Long.MAX_VALUE - intervalNanos ? Long.MAX_VALUE : start + intervalNanos;
        listener.onInterval(new Interval(start, end, over.all, groups));
    }

    @Override
    public void finish() throws IOException {
        if (newest != Long.MIN_VALUE) closeBefore(newest + 1);
    }

    /** Pairs that came when their interval was already handed on. */
    public long late() {
        return late;
    }
}
