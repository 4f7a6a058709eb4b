package io.pairwire.engine.replay;

import io.pairwire.capture.Packet;

/** When packets are due, in nanoseconds after the first one. Never goes back. One thread; allocates nothing for a packet. */
final class Schedule {
    private static final double NANOS_PER_SECOND = 1e9;
    /** 30 years; sums stay far from overflow. */
    private static final long LONGEST_GAP = 1_000_000_000_000_000_000L;

    private final ReplaySpeed speed;
    private final long longestGap;
    private boolean begun;
    private long lastEpochNanos;
    private double due;
    private double gap;
    private long packets;
    private long bits;
    private long backwards;
    private long shortened;

    /** @param longestGap longer pauses of the capture become that long, nanoseconds of the replay */
    Schedule(ReplaySpeed speed, long longestGap) {
        this.speed = speed;
        this.longestGap = Math.min(longestGap, LONGEST_GAP);
    }

    /** When that packet is due; then the next one follows. */
    long due(Packet packet, int length) {
        return switch (speed) {
            case ReplaySpeed.Captured captured -> captured(packet, captured.factor());
            case ReplaySpeed.PacketRate rate -> (long) (packets++ * NANOS_PER_SECOND / rate.perSecond());
            case ReplaySpeed.BitRate rate -> {
                long at = (long) (bits * NANOS_PER_SECOND / rate.perSecond());
                bits += 8L * length;
                yield at;
            }
            case ReplaySpeed.Top _ -> 0;
        };
    }

    private long captured(Packet packet, double factor) {
        if (!packet.hasTime()) return (long) due; // with the one before
        long now = packet.epochNanos();
        if (begun) {
            // As doubles, since two times of a hostile capture may be further apart than a long can tell.
            double step = ((double) now - lastEpochNanos) / factor;
            if (Math.abs((double) now - lastEpochNanos) < Long.MAX_VALUE / 2.0) step = (now - lastEpochNanos) / factor;
            if (step < 0) {
                backwards++;
                step = 0;
            } else if (step > longestGap) {
                shortened++;
                step = longestGap;
            }
            due += step;
            gap = step;
        }
        begun = true;
        lastEpochNanos = now;
        return (long) due;
    }

    /** The capture begins again: its first packet follows the last one as that followed the one before. */
    void again() {
        due += gap;
        begun = false;
    }

    /** Packets that were captured before the one before them, and are sent right behind it. */
    long backwards() {
        return backwards;
    }

    /** Pauses that were cut short. */
    long shortened() {
        return shortened;
    }
}
