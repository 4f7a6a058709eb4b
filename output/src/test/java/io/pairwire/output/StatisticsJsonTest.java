package io.pairwire.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class StatisticsJsonTest {

    @Test
    void names_and_order_are_those_promised() {
        assertEquals("""
                {"read":1234567,"matched_pairs":600000,"unmatched":10000,"expired":20000,\
                "dropped":{"reader":{"queue_full":4000}},"not_eligible":{"arp":567,"fragment":0},"in_flight":0,\
                "results_written":600000,"failed_writes":0,"files":3,"files_done":3,"damaged_files":1,\
                "parsed":1234000,"parse_failed":567,"stored":640000,\
                "pool":{"available":19990,"total":20000,"exhausted":0},\
                "queues":{"writer":{"size":1,"capacity":10000,"waits":17}},"retransmissions":12}
                """, StatisticsJson.of(Runs.STATISTICS));
    }

    @Test
    void latencies_come_only_when_asked_for() {
        var object = Json.object(
                StatisticsJson.of(Runs.STATISTICS, Runs.latencies(), new Percentiles(List.of(50.0, 99.9, 100.0))));
        var latency = (java.util.Map<?, ?>) object.get("latency");
        assertEquals(
                "[pairs, negative, min_ns, mean_ns, max_ns, percentiles_ns]",
                latency.keySet().toString());
        assertEquals("-5", latency.get("min_ns"));
        assertEquals("1000000", latency.get("max_ns"));
        var percentiles = (java.util.Map<?, ?>) latency.get("percentiles_ns");
        assertEquals("[50, 99.9, 100]", percentiles.keySet().toString());
        assertEquals("1000000", percentiles.get("100"));
    }

    @Test
    void a_run_without_packets_is_an_object_too() {
        assertEquals(18, Json.object(StatisticsJson.of(Runs.EMPTY)).size());
        Json.parse(StatisticsJson.of(Runs.EMPTY, Runs.none(), Percentiles.USUAL));
    }
}
