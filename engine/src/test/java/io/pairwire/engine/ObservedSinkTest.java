package io.pairwire.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ObservedSinkTest {
    private final List<String> told = new ArrayList<>();

    private PairObserver observer(String name) {
        return new PairObserver() {
            @Override
            public void onPair(MatchedPair pair) {
                told.add(name + " " + pair.requestPacket());
            }

            @Override
            public void finish() {
                told.add(name + " finished");
            }
        };
    }

    private static MatchedPair pair(long number) {
        var pair = new MatchedPair();
        pair.request("f", number, 17);
        return pair;
    }

    @Test
    void observers_see_each_result_before_the_sink_and_the_end_once() throws IOException {
        var sink = new CollectingSink() {
            @Override
            public void write(MatchedPair pair) {
                told.add("sink " + pair.requestPacket());
                super.write(pair);
            }
        };
        var observed = new ObservedSink(sink, List.of(observer("a"), observer("b")));
        observed.write(pair(1));
        assertEquals(1, observed.written());
        observed.close();
        observed.close();
        assertEquals(List.of("a 1", "b 1", "sink 1", "a finished", "b finished"), told);
        assertTrue(sink.closed);
    }

    @Test
    void in_front_of_nothing_a_result_counts_when_it_was_seen() throws IOException {
        try (var observed = new ObservedSink(ResultSink.NONE, List.of(observer("a")))) {
            observed.write(pair(1));
            observed.write(pair(2));
            observed.flush();
            assertEquals(2, observed.written());
        }
    }

    @Test
    void a_failure_of_an_observer_is_that_of_the_sink_and_nobody_hears_of_an_end() throws IOException {
        var sink = new CollectingSink();
        var observed = new ObservedSink(sink, List.of(observer("a"), pair -> {
            throw new IOException("disk full");
        }));
        assertThrows(IOException.class, () -> observed.write(pair(1)));
        observed.close();
        assertEquals(List.of("a 1"), told);
        assertEquals(0, observed.written());
        assertFalse(told.contains("a finished"));
        assertTrue(sink.closed);
    }
}
