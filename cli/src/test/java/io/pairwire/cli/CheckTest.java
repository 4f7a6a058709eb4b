package io.pairwire.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.SourceStatistics;
import io.pairwire.engine.EngineStatistics;
import io.pairwire.engine.Latencies;
import io.pairwire.engine.Ledger;
import io.pairwire.engine.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class CheckTest {

    @Test
    void each_comparison_applies_where_it_should() {
        var outcome = outcome(1_000, 2);
        for (String applies : List.of(
                "unmatched>1",
                "unmatched>=2",
                "unmatched<3",
                "unmatched<=2",
                "unmatched=2",
                "unmatched==2",
                "unmatched!=3",
                "UNMATCHED > 1",
                "unpaired>0",
                "pairs=1000",
                "read=2002",
                "dropped=0",
                "p99>0.9ms",
                "max>=1000us",
                "min<1.1ms",
                "mean>999us",
                "loss>0.05%",
                "loss>0.0005")) {
            assertTrue(Check.parse(applies).failure(outcome).isPresent(), applies);
        }
        for (String holds : List.of(
                "unmatched>2",
                "unmatched<2",
                "unmatched!=2",
                "p99>1ms",
                "max>1ms",
                "loss>0.1%",
                "damaged_files>0",
                "negative>0",
                "retransmissions>0",
                "not_eligible>0",
                "expired>0",
                "matched_pairs<1")) {
            assertTrue(Check.parse(holds).failure(outcome).isEmpty(), holds);
        }
    }

    @Test
    void a_latency_nobody_measured_is_a_failure_and_not_a_pass() {
        assertEquals(
                Optional.of("check failed: p99>5ms: there are no latencies"),
                Check.parse("p99>5ms").failure(outcome(0, 0)));
        assertTrue(Check.parse("loss>0").failure(outcome(0, 0)).isEmpty());
    }

    @Test
    void what_is_no_check_is_refused() {
        for (String wrong : List.of(
                "",
                "p99",
                "p99>",
                ">5ms",
                "p0>1ms",
                "p101>1ms",
                "p99>5",
                "p99>5%",
                "unmatched>1%",
                "unmatched>x",
                "speed>1",
                "p99=>5ms")) {
            assertThrows(IllegalArgumentException.class, () -> Check.parse(wrong), wrong);
        }
    }

    private static Outcome outcome(long pairs, long unmatched) {
        var histogram = new Histogram(3);
        if (pairs > 0) histogram.recordValueWithCount(1_000_000, pairs);
        var ledger = new Ledger(2 * pairs + unmatched, pairs, unmatched, 0, Map.of(), Map.of(), 0);
        var statistics = new EngineStatistics(
                ledger,
                new SourceStatistics(1, 1, 0, ledger.read(), 0, 0, List.of()),
                ledger.read(),
                0,
                0,
                0,
                0,
                0,
                0,
                new EngineStatistics.Pool(0, 0, 0),
                Map.of(),
                1);
        long nanos = pairs > 0 ? 1_000_000 : 0;
        return new Outcome(
                statistics, new Latencies(histogram, pairs, 0, nanos, nanos, nanos), Optional.empty(), false);
    }
}
