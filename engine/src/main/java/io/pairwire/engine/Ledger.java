package io.pairwire.engine;

import java.util.Map;

/**
 * Where every packet went: a consistent cut, taken behind some packet of the input, or at the end.
 *
 * <p>The conservation law, {@link #balances()}: every packet read is in exactly one place.
 *
 * @param read packets taken from the source
 * @param matchedPairs pairs found and handed to the writer; two packets each
 * @param unmatched packets without partner whose time had not run out when the input ended; 0 before the end
 * @param expired packets whose partner did not come in time
 * @param dropped packets given up by policy or bound: place → reason → packets
 * @param notEligible packets that cannot take part in this kind of matching: reason → packets
 * @param inFlight packets waiting for their partner, 0 at the end
 */
public record Ledger(
        long read,
        long matchedPairs,
        long unmatched,
        long expired,
        Map<String, Map<String, Long>> dropped,
        Map<String, Long> notEligible,
        long inFlight) {

    /** All packets given up. */
    public long droppedPackets() {
        return dropped.values().stream()
                .flatMap(reasons -> reasons.values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }

    /** All packets that could not take part. */
    public long notEligiblePackets() {
        return notEligible.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Is every packet read accounted for exactly once? */
    public boolean balances() {
        return read == 2 * matchedPairs + unmatched + expired + droppedPackets() + notEligiblePackets() + inFlight;
    }
}
