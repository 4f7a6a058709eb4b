package io.pairwire.cli;

import io.pairwire.live.LiveGroup;
import io.pairwire.live.LiveStatistics;
import io.pairwire.output.HumanText;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One line about the present of a capture: packets, rate since the last line, losses, how full the fullest ring is. */
final class CaptureLine {
    private final List<LiveGroup> groups;
    private final long startNanos;
    private long tellAtNanos;
    private long shownPackets;
    private long shownNanos;

    CaptureLine(List<LiveGroup> groups, long startNanos) {
        this.groups = groups;
        this.startNanos = startNanos;
        shownNanos = startNanos;
    }

    /** All groups together, as of now; each has a share of the same interfaces. */
    static LiveStatistics sum(List<LiveGroup> groups) throws IOException {
        LiveStatistics sum = LiveStatistics.NONE;
        for (LiveGroup group : groups) sum = sum.plusShare(group.liveStatistics());
        return sum;
    }

    synchronized String text() {
        LiveStatistics now;
        try {
            now = sum(groups);
        } catch (IOException e) {
            return "statistics cannot be had: " + e.getMessage();
        }
        long nanos = System.nanoTime();
        String rate = HumanText.rate(now.delivered() - shownPackets, nanos - shownNanos);
        shownPackets = now.delivered();
        shownNanos = nanos;
        double fill = groups.stream().mapToDouble(LiveGroup::ringFill).max().orElse(0);
        return HumanText.count(now.delivered(), "packet") + "  " + rate + "  "
                + HumanText.count(now.droppedKernel()) + " dropped by kernel, "
                + HumanText.count(now.droppedInterface()) + " by interface  ring "
                + Math.round(100 * fill) + "%";
    }

    /** Tells it when its time has come; never if there is no interval. */
    void tellEvery(Optional<Duration> interval, Streams streams) {
        long nanos = interval.map(Duration::toNanos).orElse(0L);
        if (nanos == 0) return;
        if (tellAtNanos == 0) tellAtNanos = startNanos + nanos;
        if (System.nanoTime() - tellAtNanos < 0) return;
        tellAtNanos += nanos;
        streams.err().println(Progress.overwriting(streams) + text());
    }
}
