package io.pairwire.engine;

import java.util.ArrayList;
import java.util.List;

/** Keeps what it is given. */
class CollectingSink implements ResultSink {
    final List<MatchedPair.Fields> pairs = new ArrayList<>();
    volatile boolean closed;
    private volatile long written;

    @Override
    public void write(MatchedPair pair) {
        pairs.add(pair.fields());
        written++;
    }

    @Override
    public void flush() {}

    @Override
    public long written() {
        return written;
    }

    @Override
    public void close() {
        closed = true;
    }
}
