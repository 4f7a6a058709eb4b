package io.pairwire.engine.analyse;

import java.util.List;

/**
 * How much there was when.
 *
 * @param stepNanos length of a step; longer than asked for if there would have been too many
 * @param steps all of them from the first packet to the last, also those without packets
 */
public record TimeSeries(long stepNanos, List<Step> steps) {
    public TimeSeries {
        steps = List.copyOf(steps);
    }

    /**
     * One step.
     *
     * @param startNanos where it begins, a multiple of the length
     * @param bytes on the wire
     * @param retransmissions TCP segments sent again
     */
    public record Step(long startNanos, long packets, long bytes, long retransmissions) {}
}
