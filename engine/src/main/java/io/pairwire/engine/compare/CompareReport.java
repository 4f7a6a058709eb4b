package io.pairwire.engine.compare;

import java.util.List;
import java.util.Map;

/**
 * What differs between captures A and B. Each packet is counted once:
 *
 * <pre>
 *   packets = matched + missing in the other + duplicates + resegmented + refragmented
 * </pre>
 *
 * @param a the first capture
 * @param b the second
 * @param matched pairs of packets
 * @param changed pairs in which at least one field differs
 * @param reordered pairs that must be taken away so that the rest is in the same order on both sides
 * @param greatestDistance how many pairs the farthest of them was moved past
 * @param meanDistance the same in the mean
 * @param fieldChanges pairs by what differs, every kind of change listed
 * @param stretches stretches of TCP streams that were cut in another way, bytes the same
 * @param datagrams datagrams that were fragmented in another way, bytes the same
 * @param delays clocks, and what deviates from them
 * @param sessions differences of TCP sessions
 * @param similarity how alike they are
 * @param findings what is worth telling, the worst first
 */
public record CompareReport(
        Capture a,
        Capture b,
        long matched,
        long changed,
        long reordered,
        long greatestDistance,
        double meanDistance,
        Map<FieldChange, Long> fieldChanges,
        long stretches,
        long datagrams,
        Delays delays,
        SessionDifferences sessions,
        Similarity similarity,
        List<Finding> findings) {

    public CompareReport {
        fieldChanges = Map.copyOf(fieldChanges);
        findings = List.copyOf(findings);
    }

    /**
     * One of the captures.
     *
     * @param packets all of it
     * @param bytes on the wire
     * @param firstNanos the earliest time, 0 without packets
     * @param lastNanos the latest
     * @param unpaired packets that the other capture lacks
     * @param duplicates copies more than the other capture has
     * @param resegmented packets whose bytes are in other segments of the other capture
     * @param refragmented packets whose bytes are in other fragments there
     * @param outside of the unpaired, those from before the other capture began or after it ended
     * @param resets of the unpaired, those with the RST flag of TCP
     */
    public record Capture(
            long packets,
            long bytes,
            long firstNanos,
            long lastNanos,
            long unpaired,
            long duplicates,
            long resegmented,
            long refragmented,
            long outside,
            long resets) {}

    /** Packets of B that A lacks. */
    public long missingInA() {
        return b.unpaired;
    }

    /** Packets of A that B lacks. */
    public long missingInB() {
        return a.unpaired;
    }

    /** Is nothing different at all, times aside? */
    public boolean isSame() {
        return changed == 0 && matched == a.packets && matched == b.packets && reordered == 0;
    }
}
