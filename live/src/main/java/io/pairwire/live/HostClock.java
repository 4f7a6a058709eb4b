package io.pairwire.live;

import java.time.Instant;

/** The time of day, for packets that come without one. Follows corrections of the system's clock within a second. One thread. */
final class HostClock {
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private long offset;
    private long setAt;

    HostClock() {
        set(System.nanoTime());
    }

    /** Nanoseconds since 1970; never less than the answer before unless the system's clock was set back. */
    long epochNanos() {
        long now = System.nanoTime();
        if (now - setAt > NANOS_PER_SECOND) set(now);
        return now + offset;
    }

    private void set(long now) {
        Instant instant = Instant.now();
        offset = instant.getEpochSecond() * NANOS_PER_SECOND + instant.getNano() - now;
        setAt = now;
    }
}
