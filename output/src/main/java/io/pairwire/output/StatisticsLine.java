package io.pairwire.output;

import io.pairwire.engine.EngineStatistics;
import java.util.ArrayList;

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
        parts.add("pool " + pool(statistics.pool()));
        statistics.queues().forEach((name, queue) -> parts.add("queue " + name + " " + queue(queue)));
        return String.join(" | ", parts);
    }

    static String pool(EngineStatistics.Pool pool) {
        return HumanText.count(pool.available()) + "/" + HumanText.count(pool.total()) + " free, exhausted "
                + HumanText.count(pool.exhausted());
    }

    static String queue(EngineStatistics.Queue queue) {
        return HumanText.count(queue.size()) + "/" + HumanText.count(queue.capacity()) + ", waits "
                + HumanText.count(queue.waits());
    }
}
