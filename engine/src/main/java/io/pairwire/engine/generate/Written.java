package io.pairwire.engine.generate;

import java.util.List;
import java.util.Map;

/**
 * What the generator wrote, counted exactly.
 *
 * @param pairs requests that were sent, copies not counted
 * @param unanswered requests whose response was never sent
 * @param captures one for each tap
 */
public record Written(long pairs, long unanswered, List<Capture> captures) {

    public Written {
        captures = List.copyOf(captures);
    }

    /**
     * One capture.
     *
     * @param packets all packets in it
     * @param bytes of all packets, without the headers of the file
     * @param answered requests that are in it together with their response
     * @param matches pairs in it if UDP copies count as packets of their own: what matching by any pairing finds, with an
     *     expiry above every latency and payloads from 8 bytes
     * @param lost packets that passed elsewhere and are missing here
     * @param duplicates packets that are second copies
     * @param reordered packets with an earlier time than a packet before them
     * @param notEligible packets no pairing can use, by the reason the engine gives
     * @param firstEpochNanos least time, 0 if there is no packet
     * @param lastEpochNanos greatest time, 0 if there is no packet
     */
    public record Capture(
            long packets,
            long bytes,
            long answered,
            long matches,
            long lost,
            long duplicates,
            long reordered,
            Map<String, Long> notEligible,
            long firstEpochNanos,
            long lastEpochNanos) {}
}
