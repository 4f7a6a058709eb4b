package io.pairwire.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link ResultSink} keeps to. An implementation's test extends it and looks at the destination. */
@Timeout(60)
public abstract class ResultSinkContract {
    private static final long NOON = 1_700_000_000_000_000_000L;
    private static final int RESULTS = 1_000;

    /** A new sink with a new, empty destination. */
    protected abstract ResultSink sink() throws IOException;

    /**
     * What the destination of the last {@link #sink()} holds, looked at without the sink's help: something for every
     * whole result, in any order, comparable by {@code equals}. Must be able to hold a thousand.
     */
    protected abstract List<?> delivered() throws IOException;

    private static MatchedPair.Fields fields(int i) {
        boolean ipv6 = i % 3 == 0;
        long high = ipv6 ? 0x2001_0db8L << 32 : 0;
        long request = NOON + i * 1_000L;
        return new MatchedPair.Fields(
                request,
                request + 1 + i * 7L,
                request + i % 2,
                high,
                0x0a00_0000L + i,
                1_024 + i,
                high,
                0xc0a8_0000L + i,
                53,
                ipv6,
                i % 2 == 0 ? 6 : 17,
                17,
                i % 5 == 0 ? "a.pcap" : "b.pcap",
                1 + 2L * i,
                "b.pcap",
                2 + 2L * i,
                i % 4 == 0,
                i % 2 == 1,
                i % 7 == 0);
    }

    private static void fill(MatchedPair pair, MatchedPair.Fields from) {
        pair.client(from.clientHigh(), from.clientLow(), from.clientPort());
        pair.server(from.serverHigh(), from.serverLow(), from.serverPort());
        pair.request(from.requestFile(), from.requestPacket(), from.requestProtocol());
        pair.response(from.responseFile(), from.responsePacket(), from.responseProtocol());
        pair.times(from.requestEpochNanos(), from.lastTransmissionEpochNanos(), from.responseEpochNanos());
        pair.traits(from.ipv6(), from.inbound(), from.retransmitted(), from.reordered());
    }

    private static void write(ResultSink sink, int from, int to) throws IOException {
        for (int i = from; i < to; i++) sink.write(MatchedPair.of(fields(i)));
    }

    @Test
    void nothing_is_written_without_results() throws IOException {
        try (var sink = sink()) {
            sink.flush();
            assertEquals(0, sink.written());
        }
        assertEquals(List.of(), delivered());
    }

    @Test
    void a_result_counts_as_written_once_the_destination_has_it() throws IOException {
        try (var sink = sink()) {
            for (int i = 0; i < RESULTS; i++) {
                write(sink, i, i + 1);
                if (i % 50 == 0) assertEquals(delivered().size(), sink.written(), "after " + i);
            }
        }
    }

    @Test
    void a_flush_hands_over_everything() throws IOException {
        try (var sink = sink()) {
            for (int flushed : new int[] {1, 2, 500, RESULTS}) {
                write(sink, delivered().size(), flushed);
                sink.flush();
                assertEquals(flushed, sink.written());
                assertEquals(flushed, delivered().size());
            }
            sink.flush();
            assertEquals(RESULTS, sink.written());
        }
        assertEquals(RESULTS, delivered().size());
    }

    /** The engine fills one view again and again; a sink that kept it would write the last result many times. */
    @Test
    void the_view_is_not_kept() throws IOException {
        List<?> expected;
        try (var sink = sink()) {
            write(sink, 0, 100);
            sink.flush();
            expected = new ArrayList<>(delivered());
        }
        try (var sink = sink()) {
            var view = new MatchedPair();
            for (int i = 0; i < 100; i++) {
                fill(view, fields(i));
                sink.write(view);
            }
            fill(view, fields(777));
            sink.flush();
            assertEquals(expected, delivered());
        }
    }

    @Test
    void closing_flushes() throws IOException {
        var sink = sink();
        write(sink, 0, 10);
        sink.close();
        assertEquals(10, sink.written());
        assertEquals(10, delivered().size());
    }

    @Test
    void closing_is_final_and_may_be_repeated() throws IOException {
        var sink = sink();
        write(sink, 0, 10);
        sink.close();
        List<?> before = new ArrayList<>(delivered());
        assertTrue(refuses(sink), "takes results after it was closed");
        sink.close();
        assertEquals(before, delivered());
        assertEquals(10, sink.written());
    }

    /** May a result still go through? A buffering sink may notice only when it is to hand the result over. */
    private static boolean refuses(ResultSink sink) {
        try {
            write(sink, 10, 11);
            sink.flush();
            return false;
        } catch (IOException | IllegalStateException e) {
            return true;
        }
    }

    @Test
    void another_thread_sees_how_many_are_written() throws Exception {
        try (var sink = sink()) {
            var seen = CompletableFuture.supplyAsync(
                    () -> watch(sink), task -> Thread.ofPlatform().daemon().start(task));
            for (int i = 0; i < RESULTS; i++) {
                write(sink, i, i + 1);
                if (i % 10 == 0) sink.flush();
            }
            sink.flush();
            assertEquals(RESULTS, get(seen));
        }
    }

    /** Looks until all are written; endless if the count is never seen, which the time limit of the test ends. */
    private static long watch(ResultSink sink) {
        long last = 0;
        while (last < RESULTS) {
            long written = sink.written();
            if (written < last || written > RESULTS) throw new IllegalStateException(last + " became " + written);
            last = written;
            Thread.onSpinWait();
        }
        return last;
    }

    private static long get(CompletableFuture<Long> seen) throws InterruptedException {
        try {
            return seen.get();
        } catch (ExecutionException e) {
            throw new AssertionError("as seen by another thread", e.getCause());
        }
    }
}
