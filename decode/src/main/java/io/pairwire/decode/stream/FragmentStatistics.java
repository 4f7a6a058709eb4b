package io.pairwire.decode.stream;

import java.util.Map;

/**
 * Where every fragment went. {@link #balances} says whether the sums are right; they always are.
 *
 * @param whole packets that are no fragments
 * @param fragments seen
 * @param completedFragments that are in completed datagrams
 * @param droppedFragments by reason
 * @param heldFragments that wait now
 * @param datagrams begun: whose first fragment was not dropped at once
 * @param completedDatagrams handed out
 * @param droppedDatagrams by reason
 * @param heldDatagrams that wait now
 * @param equalBytes that came again with the same content, in overlaps that were accepted
 * @param conflictingBytes that came again with another content; one of the two counts
 * @param memory bytes of the chunks in use
 */
public record FragmentStatistics(
        long whole,
        long fragments,
        long completedFragments,
        Map<FragmentDrop, Long> droppedFragments,
        long heldFragments,
        long datagrams,
        long completedDatagrams,
        Map<FragmentDrop, Long> droppedDatagrams,
        long heldDatagrams,
        long equalBytes,
        long conflictingBytes,
        long memory) {

    /** Seen = completed + dropped + held, for fragments and for datagrams. */
    public boolean balances() {
        return fragments == completedFragments + sum(droppedFragments) + heldFragments
                && datagrams == completedDatagrams + sum(droppedDatagrams) + heldDatagrams;
    }

    private static long sum(Map<FragmentDrop, Long> counters) {
        long sum = 0;
        for (long counter : counters.values()) sum += counter;
        return sum;
    }
}
