package io.pairwire.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.engine.EngineStatistics;
import io.pairwire.engine.Ledger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PrometheusTextTest {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
    private static final Pattern SAMPLE = Pattern.compile(
            "([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{([a-zA-Z_]\\w*=\"(?:[^\"\\\\\n]|\\\\[\\\\\"n])*\",?)*})? (NaN|-?[0-9.]+(E-?[0-9]+)?)");

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

    /** Each metric has one HELP and one TYPE in front of its samples, which stand together; no sample comes twice. */
    private static Map<String, String> parse(String text) {
        assertTrue(text.endsWith("\n"));
        var samples = new HashMap<String, String>();
        var seen = new HashSet<String>();
        String metric = "";
        String type = "";
        String help = "";
        for (String line : text.split("\n")) {
            var words = line.split(" ", 4);
            if (line.startsWith("# HELP ")) {
                help = words[2];
                assertTrue(NAME.matcher(help).matches() && seen.add(help), line);
            } else if (line.startsWith("# TYPE ")) {
                metric = words[2];
                type = words[3];
                assertEquals(help, metric);
                assertTrue(type.matches("counter|gauge|summary"), line);
                assertEquals(type.equals("counter"), metric.endsWith("_total"), line);
            } else {
                var sample = SAMPLE.matcher(line);
                assertTrue(sample.matches(), line);
                String name = sample.group(1);
                assertTrue(
                        name.equals(metric) || type.equals("summary") && name.matches(metric + "_(sum|count)"), line);
                int space = line.lastIndexOf(' ');
                assertTrue(samples.put(line.substring(0, space), line.substring(space + 1)) == null, line);
            }
        }
        return samples;
    }
}
