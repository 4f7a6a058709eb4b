package io.pairwire.engine.watch;

import io.pairwire.memory.Pause;
import java.nio.file.Path;
import java.time.Duration;

/** Says after each interval that anything may have changed. */
final class PollingEvents implements FolderEvents {
    /** A single wait, so that a thread that is to stop is not kept. */
    private static final long LONGEST_NANOS = 50_000_000;

    private final long intervalNanos;
    private final Pause pause;
    private long waited;

    PollingEvents(Duration interval, Pause pause) {
        if (interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException("interval is not above 0: " + interval);
        }
        this.intervalNanos = interval.toNanos();
        this.pause = pause;
    }

    @Override
    public void watch(Path folder) {}

    @Override
    public void await(Duration limit, Handler handler) {
        long nanos = Math.min(Math.min(limit.toNanos(), intervalNanos - waited), LONGEST_NANOS);
        if (nanos > 0) pause.nanos(nanos);
        waited += Math.max(nanos, 0);
        if (waited < intervalNanos) return;
        waited = 0;
        handler.lost();
    }

    @Override
    public Duration rescanInterval() {
        return Duration.ofNanos(intervalNanos);
    }

    @Override
    public void close() {}
}
