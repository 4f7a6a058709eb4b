package io.pairwire.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.engine.EngineStatistics;
import io.pairwire.engine.Ledger;
import io.pairwire.engine.MatchedPair;
import io.pairwire.engine.series.LatencyBuckets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PrometheusTextTest {
    @Test
    void every_counter_is_there_with_its_labels() {
        var samples = parse(PrometheusText.of(Runs.STATISTICS));
        assertEquals("1234567", samples.get("pairwire_packets_read_total"));
        assertEquals("600000", samples.get("pairwire_pairs_total"));
        assertEquals("4000", samples.get("pairwire_dropped_packets_total{place=\"reader\",reason=\"queue_full\"}"));
        assertEquals("567", samples.get("pairwire_not_eligible_packets_total{reason=\"arp\"}"));
        assertEquals("17", samples.get("pairwire_queue_waits_total{queue=\"writer\"}"));
        assertEquals("1.5", samples.get("pairwire_elapsed_seconds"));
    }

    @Test
    void latencies_are_a_summary_in_seconds() {
        var samples = parse(PrometheusText.of(Runs.STATISTICS, Runs.latencies(), Percentiles.parse("50,99.9,100")));
        assertEquals("0.001", samples.get("pairwire_latency_seconds{quantile=\"1\"}"));
        assertTrue(samples.containsKey("pairwire_latency_seconds{quantile=\"0.999\"}"));
        assertEquals("1001", samples.get("pairwire_latency_seconds_count"));
        assertEquals("0.5005", samples.get("pairwire_latency_seconds_sum"));
        assertEquals(
                "NaN",
                parse(PrometheusText.of(Runs.EMPTY, Runs.none(), Percentiles.USUAL))
                        .get("pairwire_latency_seconds{quantile=\"0.5\"}"));
    }

    @Test
    void labels_are_escaped() {
        var ledger = new Ledger(1, 0, 0, 0, Map.of(), Map.of("a\"b\\c\nd", 1L), 0);
        var empty = Runs.EMPTY;
        var samples = parse(PrometheusText.of(
                new EngineStatistics(ledger, empty.source(), 0, 0, 0, 0, 0, 0, 0, empty.pool(), Map.of(), 0)));
        assertEquals("1", samples.get("pairwire_not_eligible_packets_total{reason=\"a\\\"b\\\\c\\nd\"}"));
    }

    @Test
    void latencies_of_a_run_that_goes_on_are_a_histogram() {
        var buckets = new LatencyBuckets();
        for (long nanos : new long[] {-1, 5_000, 10_000, 10_001, 40_000_000_000L}) {
            var pair = new MatchedPair();
            pair.times(0, 0, nanos);
            buckets.onPair(pair);
        }
        var samples = parse(PrometheusText.of(Runs.STATISTICS, buckets.snapshot()));
        String name = "pairwire_latency_histogram_seconds";
        assertEquals("2", samples.get(name + "_bucket{le=\"1.0E-5\"}"));
        assertEquals("3", samples.get(name + "_bucket{le=\"2.5E-5\"}"));
        assertEquals("3", samples.get(name + "_bucket{le=\"30.0\"}"));
        assertEquals("4", samples.get(name + "_bucket{le=\"+Inf\"}"));
        assertEquals("4", samples.get(name + "_count"), "negative latencies are not part of it");
        assertEquals("40.000025001", samples.get(name + "_sum"));
    }

    /** Every name that is written stands in the documentation, and the other way round. */
    @Test
    void every_name_is_documented() throws IOException {
        var written = new TreeSet<String>();
        var text = PrometheusText.of(Runs.STATISTICS, Runs.latencies(), Percentiles.USUAL)
                + PrometheusText.of(Runs.STATISTICS, new LatencyBuckets().snapshot());
        text.lines().filter(line -> line.startsWith("# TYPE ")).forEach(line -> written.add(line.split(" ")[2]));
        var documented = new TreeSet<String>();
        var row = Pattern.compile("^\\| `(pairwire_[a-z_]+)");
        for (String line : Files.readAllLines(Path.of("../docs/statistics.md"))) {
            var found = row.matcher(line);
            if (found.find() && !found.group(1).startsWith("pairwire_buffers")) documented.add(found.group(1));
        }
        assertEquals(written, documented);
    }

    private static Map<String, String> parse(String text) {
        return PrometheusSamples.parse(text);
    }
}
