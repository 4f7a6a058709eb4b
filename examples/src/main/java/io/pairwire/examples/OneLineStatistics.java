package io.pairwire.examples;

import io.pairwire.engine.EngineStatistics;
import io.pairwire.engine.Ledger;
import io.pairwire.engine.StatisticsListener;
import io.pairwire.output.HumanText;
import java.io.PrintStream;

/**
 * A listener that prints one line a snapshot. Shows what a snapshot holds, and that its packets always add up.
 *
 * <p>{@code read 2,000, pairs 1,000, waiting 0, lost 0, not eligible 0: balanced}
 */
public final class OneLineStatistics implements StatisticsListener {
    private final PrintStream out;

    /** @param out where the lines go */
    public OneLineStatistics(PrintStream out) {
        this.out = out;
    }

    @Override
    public void report(EngineStatistics statistics) {
        Ledger ledger = statistics.ledger();
        out.println("read " + HumanText.count(ledger.read())
                + ", pairs " + HumanText.count(ledger.matchedPairs())
                + ", waiting " + HumanText.count(ledger.inFlight())
                + ", lost " + HumanText.count(ledger.unmatched() + ledger.expired() + ledger.droppedPackets())
                + ", not eligible " + HumanText.count(ledger.notEligiblePackets())
                + (ledger.balances() ? ": balanced" : ": NOT BALANCED"));
    }
}
