package io.pairwire.output;

import io.pairwire.engine.EngineStatistics;
import java.util.ArrayList;
import java.util.List;

/** Statistics of every part on one line for people: source, decoder, matcher, store, writer, pool, queues. */
public final class StatisticsLine {
    private StatisticsLine() {}

    /** Without a line end. */
    public static String of(EngineStatistics statistics) {
        var ledger = statistics.ledger();
        var source = statistics.source();
        var parts = new ArrayList<String>();
        parts.add(HumanText.duration(statistics.elapsedNanos()));
        parts.add("read " + HumanText.count(ledger.read()) + " ("
                + HumanText.rate(ledger.read(), statistics.elapsedNanos()) + "), inputs "
                + source.filesDone() + "/" + source.files()
                + (source.damagedFiles() == 0 ? "" : ", damaged " + source.damagedFiles()));
        parts.add("decoded " + HumanText.count(statistics.parsed()) + ", failed "
                + HumanText.count(statistics.parseFailed()));
        parts.add("pairs " + HumanText.count(ledger.matchedPairs()) + ", retransmissions "
                + HumanText.count(statistics.retransmissions()) + ", not eligible "
                + HumanText.count(ledger.notEligiblePackets()) + ", dropped "
                + HumanText.count(ledger.droppedPackets()));
        parts.add("store " + HumanText.count(statistics.outstanding()) + " of "
                + HumanText.count(statistics.stored()) + ", expired " + HumanText.count(ledger.expired())
                + ", unmatched " + HumanText.count(ledger.unmatched()));
        parts.add("written " + HumanText.count(statistics.resultsWritten()) + ", failed "
                + HumanText.count(statistics.failedWrites()));
        parts.add("pool " + HumanText.count(statistics.pool().available()) + "/"
                + HumanText.count(statistics.pool().total()) + " free, exhausted "
                + HumanText.count(statistics.pool().exhausted()));
        parts.addAll(queues(statistics));
        return String.join(" | ", parts);
    }

    private static List<String> queues(EngineStatistics statistics) {
        return statistics.queues().entrySet().stream()
                .map(entry -> "queue " + entry.getKey() + " "
                        + HumanText.count(entry.getValue().size()) + "/"
                        + HumanText.count(entry.getValue().capacity()) + ", waits "
                        + HumanText.count(entry.getValue().waits()))
                .toList();
    }
}
