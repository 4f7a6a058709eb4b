package io.pairwire.engine.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.FileSource;
import io.pairwire.capture.Packet;
import io.pairwire.engine.Engine;
import io.pairwire.engine.EngineSettings;
import io.pairwire.engine.ObservedSink;
import io.pairwire.engine.Outcome;
import io.pairwire.engine.ResultSink;
import io.pairwire.engine.pair.PairEngine;
import io.pairwire.engine.store.UnmatchedTable;
import io.pairwire.testkit.Allocations;
import io.pairwire.testkit.RandomCaptures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimeSeriesTest {
    private static final EngineSettings SETTINGS = EngineSettings.defaults().withShards(3);

    private record Run(List<TimeSeries.Row> rows, Outcome outcome) {}

    private static Run run(Path capture, EngineSettings settings, int most) throws Exception {
        Duration interval = settings.expiry().dividedBy(2).plusNanos(1);
        var series = new TimeSeries(interval, List.of(50.0, 99.0), settings.expiry(), most);
        var latencies = new IntervalLatencies(interval, settings.expiry(), List.of(), series);
        Engine engine = PairEngine.builder(FileSource.open(List.of(capture.toString())), settings)
                .filter(series.counting(packet -> true))
                .stores((expiry, limit) -> new UnmatchedTable(expiry, limit, series.givenUp()))
                .sink(new ObservedSink(ResultSink.NONE, List.of(series, latencies)))
                .build();
        engine.start();
        Outcome outcome = engine.awaitEnd();
        return new Run(series.rows(), outcome);
    }

    private static long sum(Run run, ToLongFunction<TimeSeries.Row> column) {
        return run.rows().stream().mapToLong(column).sum();
    }

    private static void closes(Run run, long seed) {
        var ledger = run.outcome().statistics().ledger();
        assertEquals(ledger.read(), sum(run, TimeSeries.Row::packets), "seed " + seed);
        assertEquals(ledger.matchedPairs(), sum(run, TimeSeries.Row::pairs), "seed " + seed);
        assertEquals(ledger.unmatched(), sum(run, TimeSeries.Row::unmatched), "seed " + seed);
        assertEquals(ledger.expired(), sum(run, TimeSeries.Row::expired), "seed " + seed);
        assertEquals(ledger.dropped().get("store").get("evicted"), sum(run, TimeSeries.Row::evicted), "seed " + seed);
        long largest =
                run.rows().stream().mapToLong(TimeSeries.Row::largest).max().orElse(0);
        assertEquals(Math.max(0, run.outcome().latencies().largest()), Math.max(0, largest), "seed " + seed);
    }

    @Test
    void sums_close_with_the_statistics_and_do_not_depend_on_threads(@TempDir Path folder) throws Exception {
        long rows = 0;
        for (long seed = 0; seed < 12; seed++) {
            var random = RandomCaptures.of(seed);
            Path capture = Files.write(folder.resolve("random.pcap"), random.pcap());
            var settings = SETTINGS.withExpiry(Duration.ofNanos(random.expiryNanos()));
            Run one = run(capture, settings.withThreads(1), 1_000);
            closes(one, seed);
            assertEquals(
                    one.rows(), run(capture, settings.withThreads(3), 1_000).rows(), "seed " + seed);
            closes(run(capture, settings.withThreads(2).withMaxUnmatched(6), 1_000), seed);
            rows += one.rows().size();
        }
        assertTrue(rows > 24, "several intervals a capture: " + rows);
    }

    @Test
    void nothing_is_allocated_for_a_packet_or_a_pair_of_a_known_interval() throws IOException {
        var expiry = Duration.ofSeconds(30);
        var series = new TimeSeries(Duration.ofSeconds(1), List.of(50.0), expiry);
        var index = new GroupIndex(GroupBy.parse("server/24"), 100);
        var latencies = new IntervalLatencies(Duration.ofSeconds(1), expiry, List.of(index), series);
        var counting = series.counting(packet -> true);
        var packet = new Packet().moveTo(MemorySegment.ofArray(new byte[1]), 0, 1, 1, 5_000_000_000L);
        var one = Timed.pair(5_000_000_000L, 1_000, 1, 2);
        var other = Timed.pair(6_000_000_000L, 2_000, 1, 2);
        double bytes = Allocations.bytesPerCall(
                () -> {
                    try {
                        counting.test(packet);
                        series.onPair(one);
                        latencies.onPair(one);
                        series.onPair(other);
                        latencies.onPair(other);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                1_000);
        assertEquals(0, bytes);
    }

    @Test
    void what_is_beyond_the_bound_of_rows_is_in_the_last_one(@TempDir Path folder) throws Exception {
        int rests = 0;
        for (long seed = 0; seed < 5; seed++) {
            var random = RandomCaptures.of(seed);
            Path capture = Files.write(folder.resolve("random.pcap"), random.pcap());
            var settings = SETTINGS.withExpiry(Duration.ofNanos(random.expiryNanos()));
            Run bounded = run(capture, settings, 1);
            closes(bounded, seed);
            if (bounded.rows().getLast().isRest()) rests++;
        }
        assertTrue(rests > 0, "no capture had more than one interval");
    }
}
