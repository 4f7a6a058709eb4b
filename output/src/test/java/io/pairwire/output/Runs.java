package io.pairwire.output;

import io.pairwire.capture.SourceStatistics;
import io.pairwire.engine.EngineStatistics;
import io.pairwire.engine.Latencies;
import io.pairwire.engine.Ledger;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** Statistics for the tests of this package. */
final class Runs {
    static final EngineStatistics STATISTICS = new EngineStatistics(
            new Ledger(
                    1_234_567,
                    600_000,
                    10_000,
                    20_000,
                    Map.of("reader", Map.of("queue_full", 4_000L)),
                    new TreeMap<>(Map.of("arp", 567L, "fragment", 0L)),
                    0),
            new SourceStatistics(
                    3,
                    3,
                    1,
                    1_234_567,
                    99_000_000,
                    100_000_000,
                    List.of(new SourceStatistics.Damage("b.pcap", 24, 0, "x"))),
            1_234_000,
            567,
            640_000,
            0,
            12,
            600_000,
            0,
            new EngineStatistics.Pool(19_990, 20_000, 0),
            Map.of("writer", new EngineStatistics.Queue(1, 10_000, 17)),
            1_500_000_000);

    static final EngineStatistics EMPTY = new EngineStatistics(
            new Ledger(0, 0, 0, 0, Map.of(), Map.of(), 0),
            new SourceStatistics(0, 0, 0, 0, 0, 0, List.of()),
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            new EngineStatistics.Pool(0, 0, 0),
            Map.of(),
            0);

    private Runs() {}

    /** 1 µs to 1,000 µs in steps of 1 µs, and one of −5 ns. */
    static Latencies latencies() {
        var histogram = new Histogram(3);
        for (int i = 1; i <= 1_000; i++) histogram.recordValue(i * 1_000L);
        return new Latencies(histogram, 1_001, 1, -5, 1_000_000, 500_000);
    }

    static Latencies none() {
        return new Latencies(new Histogram(3), 0, 0, 0, 0, 0);
    }
}
