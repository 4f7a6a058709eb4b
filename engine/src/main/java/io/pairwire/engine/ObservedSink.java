package io.pairwire.engine;

import java.io.IOException;
import java.util.List;

/**
 * Shows each result to observers before a sink gets it. With {@link ResultSink#NONE} behind it, a result counts as written
 * once the observers have seen it.
 */
public final class ObservedSink implements ResultSink {
    private final ResultSink sink;
    private final PairObserver[] observers;
    private final boolean discards;
    private volatile long seen;
    private boolean failed;
    private boolean finished;

    /** A sink in front of {@code sink}, which is closed with it. */
    public ObservedSink(ResultSink sink, List<PairObserver> observers) {
        this.sink = sink;
        this.observers = observers.toArray(PairObserver[]::new);
        discards = sink == ResultSink.NONE;
    }

    @Override
    @SuppressWarnings("NonAtomicOperationOnVolatileField") // one thread writes
    public void write(MatchedPair pair) throws IOException {
        failed = true; // until the contrary is shown
        for (PairObserver observer : observers) observer.onPair(pair);
        sink.write(pair);
        failed = false;
        seen++;
    }

    @Override
    public void flush() throws IOException {
        sink.flush();
    }

    @Override
    public long written() {
        return discards ? seen : sink.written();
    }

    @Override
    public void close() throws IOException {
        try (sink) {
            if (failed || finished) return;
            finished = true;
            for (PairObserver observer : observers) observer.finish();
        }
    }
}
