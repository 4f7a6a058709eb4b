package io.pairwire.output;

import io.pairwire.engine.EngineStatistics;
import io.pairwire.engine.Latencies;
import io.pairwire.engine.Ledger;
import java.util.Map;
import java.util.function.Function;

/**
 * Statistics as one JSON object on one line. The names are a stable interface.
 *
 * <pre>
 * {"read":n,"matched_pairs":n,"unmatched":n,"expired":n,"dropped":{"place":{"reason":n}},"not_eligible":{"reason":n},
 *  "in_flight":n,"results_written":n,"failed_writes":n,"files":n,"files_done":n,"damaged_files":n,"parsed":n,
 *  "parse_failed":n,"stored":n,"pool":{"available":n,"total":n,"exhausted":n},
 *  "queues":{"name":{"size":n,"capacity":n,"waits":n}},"retransmissions":n}
 * </pre>
 *
 * <p>If percentiles are asked for, also {@code "latency":{"pairs":n,"negative":n,"min_ns":n,"mean_ns":n,"max_ns":n,
 * "percentiles_ns":{"99.9":n}}}; the mean is rounded to a nanosecond.
 */
public final class StatisticsJson {
    private StatisticsJson() {}

    /** The statistics alone. */
    public static String of(EngineStatistics statistics) {
        return "{" + members(statistics) + "}\n";
    }

    /** The statistics and the latencies. */
    public static String of(EngineStatistics statistics, Latencies latencies, Percentiles percentiles) {
        return "{" + members(statistics) + ",\"latency\":" + latency(latencies, percentiles) + "}\n";
    }

    private static String members(EngineStatistics statistics) {
        Ledger ledger = statistics.ledger();
        var source = statistics.source();
        var pool = statistics.pool();
        var text = new StringBuilder();
        add(text, "read", ledger.read());
        add(text, "matched_pairs", ledger.matchedPairs());
        add(text, "unmatched", ledger.unmatched());
        add(text, "expired", ledger.expired());
        add(text, "dropped", object(ledger.dropped(), StatisticsJson::counters));
        add(text, "not_eligible", counters(ledger.notEligible()));
        add(text, "in_flight", ledger.inFlight());
        add(text, "results_written", statistics.resultsWritten());
        add(text, "failed_writes", statistics.failedWrites());
        add(text, "files", source.files());
        add(text, "files_done", source.filesDone());
        add(text, "damaged_files", source.damagedFiles());
        add(text, "parsed", statistics.parsed());
        add(text, "parse_failed", statistics.parseFailed());
        add(text, "stored", statistics.stored());
        add(text, "pool", pool(pool));
        add(text, "queues", object(statistics.queues(), StatisticsJson::queue));
        add(text, "retransmissions", statistics.retransmissions());
        return text.toString();
    }

    private static String pool(EngineStatistics.Pool pool) {
        var text = new StringBuilder();
        add(text, "available", pool.available());
        add(text, "total", pool.total());
        add(text, "exhausted", pool.exhausted());
        return "{" + text + "}";
    }

    private static String queue(EngineStatistics.Queue queue) {
        var text = new StringBuilder();
        add(text, "size", queue.size());
        add(text, "capacity", queue.capacity());
        add(text, "waits", queue.waits());
        return "{" + text + "}";
    }

    private static String latency(Latencies latencies, Percentiles percentiles) {
        var values = new StringBuilder();
        for (double percent : percentiles.percents()) {
            add(values, Percentiles.text(percent), latencies.percentile(percent));
        }
        var text = new StringBuilder();
        add(text, "pairs", latencies.count());
        add(text, "negative", latencies.negative());
        add(text, "min_ns", latencies.smallest());
        add(text, "mean_ns", Math.round(latencies.mean()));
        add(text, "max_ns", latencies.largest());
        add(text, "percentiles_ns", "{" + values + "}");
        return "{" + text + "}";
    }

    private static String counters(Map<String, Long> counters) {
        return object(counters, count -> Long.toString(count));
    }

    private static <T> String object(Map<String, T> members, Function<T, String> value) {
        var text = new StringBuilder();
        members.forEach((name, member) -> add(text, name, value.apply(member)));
        return "{" + text + "}";
    }

    private static void add(StringBuilder text, String name, long value) {
        add(text, name, Long.toString(value));
    }

    private static void add(StringBuilder text, String name, String value) {
        if (!text.isEmpty()) text.append(',');
        text.append(JsonText.quoted(name)).append(':').append(value);
    }
}
