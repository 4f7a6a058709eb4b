package io.pairwire.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pairwire.engine.MatchedPair;
import io.pairwire.engine.ResultSink;
import io.pairwire.engine.ResultSinkContract;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlowestPairsTest extends ResultSinkContract {
    private SlowestPairs last = new SlowestPairs(1);

    @Override
    protected ResultSink sink() {
        last = new SlowestPairs(10_000);
        return last;
    }

    @Override
    protected List<?> delivered() {
        return last.pairs();
    }

    @Test
    void the_slowest_are_kept_and_all_are_counted() {
        var sink = new SlowestPairs(2);
        for (long latency : new long[] {5, 1, 9, 7, 3}) {
            var pair = new MatchedPair();
            pair.times(100, 100, 100 + latency);
            sink.write(pair);
        }
        assertEquals(
                List.of(109L, 107L),
                sink.pairs().stream()
                        .map(MatchedPair.Fields::responseEpochNanos)
                        .toList());
        assertEquals(5, sink.written());
    }

    @Test
    void room_for_nothing_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> new SlowestPairs(0));
    }
}
