package io.pairwire.engine.replay;

import java.time.Duration;

/**
 * How to replay.
 *
 * @param speed how fast
 * @param longestGap pauses of the capture are cut to that, at {@link ReplaySpeed.Captured}
 * @param cut what becomes of cut packets
 * @param count packets to send at most, all loops together; 0 for no limit
 */
public record ReplaySettings(ReplaySpeed speed, Duration longestGap, CutPackets cut, long count) {
    /** No pause is cut. */
    public static final Duration ANY_GAP = Duration.ofDays(10_000);

    public ReplaySettings {
        if (longestGap.isNegative() || longestGap.compareTo(ANY_GAP) > 0) {
            throw new IllegalArgumentException("longestGap is not in 0.." + ANY_GAP + ": " + longestGap);
        }
        if (count < 0) throw new IllegalArgumentException("count is negative: " + count);
    }

    /** Everything, at that speed. */
    public static ReplaySettings at(ReplaySpeed speed) {
        return new ReplaySettings(speed, ANY_GAP, CutPackets.SEND, 0);
    }
}
