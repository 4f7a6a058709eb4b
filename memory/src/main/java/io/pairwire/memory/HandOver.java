package io.pairwire.memory;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * One place where work changes hands, with the {@link OverflowPolicy} that rules it and its counters.
 *
 * <p>One thread hands over at a time (see {@link SpscRing} for passing the role on); the counters may be read by anyone.
 */
public final class HandOver {
    /** What became of an item. */
    public enum Result {
        /** It was taken. */
        TAKEN,
        /** The policy gave it up. */
        REFUSED,
        /** The caller's {@code cancelled} said so before there was room. */
        CANCELLED
    }

    private static final int SPINS = 200;
    private static final long SHORT_WAIT_NANOS = 20_000;

    private volatile OverflowPolicy policy;
    private final Pause pause;
    private final BooleanSupplier cancelled;
    private volatile long waits;
    private volatile long refusals;

    /**
     * @param policy what to do when there is no room
     * @param pause how to wait
     * @param cancelled asked between waits; once it answers true nothing waits any more
     */
    public HandOver(OverflowPolicy policy, Pause pause, BooleanSupplier cancelled) {
        this.policy = policy;
        this.pause = pause;
        this.cancelled = cancelled;
    }

    /** Changes what to do when there is no room, from any thread; a wait under way ends by the old rule. */
    public void policy(OverflowPolicy policy) {
        this.policy = policy;
    }

    /** Tries {@code attempt} until it answers true or the policy gives up. Does not allocate. */
    public Result offer(BooleanSupplier attempt) {
        if (attempt.getAsBoolean()) return Result.TAKEN;
        return switch (policy) {
            case OverflowPolicy.Drop _ -> refuse();
            case OverflowPolicy.Block _ -> block(attempt);
            case OverflowPolicy.Adaptive adaptive ->
                adapt(attempt, adaptive.longestWait().toMillis());
        };
    }

    private Result block(BooleanSupplier attempt) {
        if (spin(attempt)) return Result.TAKEN;
        if (cancelled.getAsBoolean()) return Result.CANCELLED;
        waits++;
        do {
            pause.nanos(SHORT_WAIT_NANOS);
            if (attempt.getAsBoolean()) return Result.TAKEN;
        } while (!cancelled.getAsBoolean());
        return Result.CANCELLED;
    }

    private Result adapt(BooleanSupplier attempt, long longestWaitMillis) {
        if (spin(attempt)) return Result.TAKEN;
        for (long millis = 1; millis <= longestWaitMillis; millis *= 2) {
            if (cancelled.getAsBoolean()) return Result.CANCELLED;
            waits++;
            pause.nanos(TimeUnit.MILLISECONDS.toNanos(millis));
            if (attempt.getAsBoolean()) return Result.TAKEN;
        }
        return refuse();
    }

    private boolean spin(BooleanSupplier attempt) {
        for (int i = 0; i < SPINS; i++) {
            pause.spin();
            if (attempt.getAsBoolean()) return true;
        }
        return false;
    }

    private Result refuse() {
        refusals++;
        return Result.REFUSED;
    }

    /** How often the producer had to wait: once per blocked item, once per single wait of an adaptive one. */
    public long waits() {
        return waits;
    }

    /** Items given up. */
    public long refusals() {
        return refusals;
    }
}
