package io.pairwire.engine.replay;

import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * How a replay went: {@code read = sent + refused}, if it was not stopped in the middle of a batch by a failure of the interface,
 * which counts what it did not take as refused.
 *
 * @param read packets of the capture
 * @param sent packets the kernel took
 * @param bytes of those
 * @param refused packets that were not sent, by reason; reasons without packets are left out
 * @param cut packets sent that a snapshot length had cut
 * @param loops how often the capture was begun
 * @param nanos from the first packet to the end
 * @param backwards packets captured before the one before them, which were sent right behind it
 * @param shortened pauses that were cut to the longest one allowed
 * @param waits how often the interface had no room
 * @param lateness how much later than due packets left, nanoseconds; empty at top speed
 */
public record ReplayReport(
        long read,
        long sent,
        long bytes,
        Map<ReplayRefusal, Long> refused,
        long cut,
        long loops,
        long nanos,
        long backwards,
        long shortened,
        long waits,
        Histogram lateness) {

    /** All that were not sent. */
    public long refusedTotal() {
        return refused.values().stream().mapToLong(Long::longValue).sum();
    }
}
