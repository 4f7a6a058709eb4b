package io.pairwire.engine.dedup;

import java.util.Map;

/**
 * What a run over a capture has found.
 *
 * @param packets seen
 * @param copies how many of them were copies
 * @param copiedBytes what these had on the wire
 * @param kinds copies by what differs, every kind listed
 * @param retransmissions packets that look like copies and were sent again, which are none
 * @param leastNanos the shortest time from a packet to its copy, 0 without copies
 * @param mostNanos the longest
 * @param meanNanos in the mean
 * @param windowFull how often the window had no room for all packets of its time
 */
public record DedupStatistics(
        long packets,
        long copies,
        long copiedBytes,
        Map<CopyKind, Long> kinds,
        long retransmissions,
        long leastNanos,
        long mostNanos,
        long meanNanos,
        long windowFull) {

    public DedupStatistics {
        kinds = Map.copyOf(kinds);
    }
}
