package io.pairwire.engine.task;

import java.time.Duration;

/**
 * How tasks are run.
 *
 * @param workers tasks at the same time, from 1
 * @param timeout longest time of one attempt, above zero
 * @param retries further attempts after a failure, from 0; none after a time that was over
 */
public record TaskSettings(int workers, Duration timeout, int retries) {
    /** Longer than anybody waits. */
    public static final Duration FOR_EVER = Duration.ofDays(10_000);

    public TaskSettings {
        if (workers < 1) throw new IllegalArgumentException("workers is below 1: " + workers);
        if (timeout.isNegative() || timeout.isZero())
            throw new IllegalArgumentException("timeout is not above zero: " + timeout);
        if (retries < 0) throw new IllegalArgumentException("retries is negative: " + retries);
    }

    /** Four workers, no limit of time, one retry. */
    public static TaskSettings defaults() {
        return new TaskSettings(4, FOR_EVER, 1);
    }

    public TaskSettings withWorkers(int count) {
        return new TaskSettings(count, timeout, retries);
    }

    public TaskSettings withTimeout(Duration longest) {
        return new TaskSettings(workers, longest, retries);
    }

    public TaskSettings withRetries(int count) {
        return new TaskSettings(workers, timeout, count);
    }
}
