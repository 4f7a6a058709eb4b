package io.pairwire.engine.dedup;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What counts as a copy.
 *
 * @param packets how many packets a window has, the current one included: 1 to {@value #MOST_PACKETS}
 * @param time how long ago the other may be; with a time the number of packets plays no part, and about a
 *     million packets are remembered at most
 * @param ignored what need not be equal
 * @param retransmissionAfter a TCP segment that occupies sequence numbers and comes again that late was sent again and is
 *     no copy; empty if that plays no part
 */
public record DedupSettings(
        int packets, Optional<Duration> time, Set<Ignored> ignored, Optional<Duration> retransmissionAfter) {
    /** Packets in a window at most. */
    public static final int MOST_PACKETS = 1_000_000;

    /** Packets in a window unless said otherwise, as in editcap -d. */
    public static final int PACKETS = 5;

    public DedupSettings {
        if (packets < 1 || packets > MOST_PACKETS)
            throw new IllegalArgumentException("packets are not in 1.." + MOST_PACKETS + ": " + packets);
        time.filter(Duration::isNegative).ifPresent(value -> {
            throw new IllegalArgumentException("time is negative: " + value);
        });
        retransmissionAfter.filter(Duration::isNegative).ifPresent(value -> {
            throw new IllegalArgumentException("retransmissionAfter is negative: " + value);
        });
        ignored = Set.copyOf(ignored);
    }

    /** The same bytes among the four packets before, whatever the time. */
    public static DedupSettings exact() {
        return new DedupSettings(PACKETS, Optional.empty(), EnumSet.noneOf(Ignored.class), Optional.empty());
    }
}
