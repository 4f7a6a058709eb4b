package io.pairwire.engine;

import java.util.ArrayList;
import java.util.List;

/** The contract against a sink that is as lazy as it allows. */
class ResultSinkContractTest extends ResultSinkContract {
    private List<MatchedPair.Fields> destination = new ArrayList<>();

    @Override
    protected ResultSink sink() {
        destination = new ArrayList<>();
        return new BufferingSink(destination);
    }

    @Override
    protected List<?> delivered() {
        return destination;
    }

    private static final class BufferingSink implements ResultSink {
        private final List<MatchedPair.Fields> buffer = new ArrayList<>();
        private final List<MatchedPair.Fields> destination;
        private volatile long written;
        private boolean closed;

        BufferingSink(List<MatchedPair.Fields> destination) {
            this.destination = destination;
        }

        @Override
        public void write(MatchedPair pair) {
            buffer.add(pair.fields());
        }

        @Override
        public void flush() {
            if (closed) throw new IllegalStateException("the sink is closed");
            destination.addAll(buffer);
            buffer.clear();
            written = destination.size();
        }

        @Override
        public long written() {
            return written;
        }

        @Override
        public void close() {
            if (!closed) flush();
            closed = true;
        }
    }
}
