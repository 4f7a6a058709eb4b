package io.pairwire.examples;

import io.pairwire.engine.MatchedPair;
import io.pairwire.engine.ResultSink;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * A sink that keeps the slowest pairs and forgets the others. Shows that a result is a view, valid during the call: what
 * is kept is its fields.
 */
public final class SlowestPairs implements ResultSink {
    /** Of equally slow pairs the earlier one counts as slower, so that the same pairs are kept every time. */
    private static final Comparator<MatchedPair.Fields> FASTEST_FIRST = Comparator.<MatchedPair.Fields>comparingLong(
                    pair -> pair.responseEpochNanos() - pair.requestEpochNanos())
            .thenComparing(MatchedPair.Fields::requestEpochNanos, Comparator.reverseOrder())
            .thenComparing(MatchedPair.Fields::requestPacket, Comparator.reverseOrder());

    private final int most;
    private final PriorityQueue<MatchedPair.Fields> slowest = new PriorityQueue<>(FASTEST_FIRST);
    private volatile long written; // by the one writing thread, read by any
    private boolean closed;

    /** @param most pairs that are kept, at least 1 */
    public SlowestPairs(int most) {
        if (most < 1) throw new IllegalArgumentException("most is below 1: " + most);
        this.most = most;
    }

    @Override
    public void write(MatchedPair pair) {
        if (closed) throw new IllegalStateException("the sink is closed");
        slowest.add(pair.fields());
        if (slowest.size() > most) slowest.poll();
        written++;
    }

    @Override
    public void flush() {} // nothing is buffered

    @Override
    public long written() {
        return written;
    }

    @Override
    public void close() {
        closed = true;
    }

    /** The pairs kept, the slowest first. To be asked by the writing thread, or by any after the end of the engine. */
    public List<MatchedPair.Fields> pairs() {
        return slowest.stream().sorted(FASTEST_FIRST.reversed()).toList();
    }
}
