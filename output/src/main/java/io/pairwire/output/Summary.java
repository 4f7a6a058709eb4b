package io.pairwire.output;

import io.pairwire.engine.EngineStatistics;
import io.pairwire.engine.Latencies;
import java.util.Map;
import java.util.stream.Collectors;

/** What came out of a run, some fifteen lines for people: results first, then each part of the engine. */
public final class Summary {
    private static final int LABEL = 14;

    private Summary() {}

    /** Lines ended by LF. */
    public static String of(EngineStatistics statistics, Latencies latencies, Percentiles percentiles) {
        var ledger = statistics.ledger();
        var source = statistics.source();
        var text = new StringBuilder();
        line(text, "pairs", HumanText.count(ledger.matchedPairs()) + retransmissions(statistics));
        if (latencies.count() > 0) {
            line(text, "latency", percentiles(latencies, percentiles));
            line(text, "", extremes(latencies));
        }
        line(text, "unmatched", HumanText.count(ledger.unmatched()));
        line(text, "expired", HumanText.count(ledger.expired()));
        line(text, "dropped", HumanText.count(ledger.droppedPackets()) + places(ledger.dropped()));
        line(text, "not eligible", HumanText.count(ledger.notEligiblePackets()) + reasons(ledger.notEligible()));
        if (ledger.inFlight() > 0) line(text, "in flight", HumanText.count(ledger.inFlight()));
        line(
                text,
                "read",
                HumanText.count(ledger.read(), "packet") + " from "
                        + HumanText.count(source.files(), "input") + " in "
                        + HumanText.duration(statistics.elapsedNanos()) + ", "
                        + HumanText.rate(ledger.read(), statistics.elapsedNanos()));
        line(text, "decoded", HumanText.count(statistics.parsed()) + failed(statistics.parseFailed()));
        line(text, "stored", HumanText.count(statistics.stored()));
        line(
                text,
                "written",
                HumanText.count(statistics.resultsWritten(), "result") + failed(statistics.failedWrites()));
        line(text, "pool", StatisticsLine.pool(statistics.pool()));
        statistics.queues().forEach((name, queue) -> line(text, "queue " + name, StatisticsLine.queue(queue)));
        if (source.damagedFiles() > 0) line(text, "damaged", HumanText.count(source.damagedFiles(), "input"));
        return text.toString();
    }

    private static String retransmissions(EngineStatistics statistics) {
        long count = statistics.retransmissions();
        return count == 0 ? "" : " (" + HumanText.count(count, "retransmission") + " set aside)";
    }

    private static String percentiles(Latencies latencies, Percentiles percentiles) {
        return percentiles.percents().stream()
                .map(percent ->
                        "p" + Percentiles.text(percent) + " " + HumanText.duration(latencies.percentile(percent)))
                .collect(Collectors.joining("  "));
    }

    private static String extremes(Latencies latencies) {
        return "min " + HumanText.duration(latencies.smallest())
                + "  mean " + HumanText.duration(Math.round(latencies.mean()))
                + "  max " + HumanText.duration(latencies.largest())
                + (latencies.negative() == 0 ? "" : "  negative " + HumanText.count(latencies.negative()));
    }

    private static String failed(long count) {
        return count == 0 ? "" : ", failed " + HumanText.count(count);
    }

    private static String places(Map<String, Map<String, Long>> dropped) {
        return list(dropped.entrySet().stream()
                .flatMap(place -> place.getValue().entrySet().stream()
                        .filter(reason -> reason.getValue() > 0)
                        .map(reason -> HumanText.words(place.getKey()) + " " + HumanText.words(reason.getKey()) + " "
                                + HumanText.count(reason.getValue())))
                .collect(Collectors.joining(", ")));
    }

    private static String reasons(Map<String, Long> notEligible) {
        return list(notEligible.entrySet().stream()
                .filter(reason -> reason.getValue() > 0)
                .map(reason -> HumanText.words(reason.getKey()) + " " + HumanText.count(reason.getValue()))
                .collect(Collectors.joining(", ")));
    }

    private static String list(String entries) {
        return entries.isEmpty() ? "" : " (" + entries + ")";
    }

    private static void line(StringBuilder text, String label, String value) {
        text.append(label)
                .repeat(' ', Math.max(1, LABEL - label.length()))
                .append(value)
                .append('\n');
    }
}
