package io.pairwire.engine.task;

import java.time.Duration;

/**
 * How tasks are run.
 *
 * @param workers tasks at the same time, from 1
 * @param timeout longest time of one attempt, above zero
 * @param retries further attempts after a failure, from 0; none after a time or a budget that was over
 * @param budgetBytes most that the thread of one attempt allocates on the heap, above zero: counted is all that it
 *     allocates, not what it holds at a time, and not what other threads allocate for it
 */
public record TaskSettings(int workers, Duration timeout, int retries, long budgetBytes) {
    /** Longer than anybody waits. */
    public static final Duration FOR_EVER = Duration.ofDays(10_000);

    public TaskSettings {
        if (workers < 1) throw new IllegalArgumentException("workers is below 1: " + workers);
        if (timeout.isNegative() || timeout.isZero())
            throw new IllegalArgumentException("timeout is not above zero: " + timeout);
        if (retries < 0) throw new IllegalArgumentException("retries is negative: " + retries);
        if (budgetBytes < 1) throw new IllegalArgumentException("budgetBytes is below 1: " + budgetBytes);
    }

    /** Four workers, no limit of time or memory, one retry. */
    public static TaskSettings defaults() {
        return new TaskSettings(4, FOR_EVER, 1, Long.MAX_VALUE);
    }

    public TaskSettings withWorkers(int count) {
        return new TaskSettings(count, timeout, retries, budgetBytes);
    }

    public TaskSettings withTimeout(Duration longest) {
        return new TaskSettings(workers, longest, retries, budgetBytes);
    }

    public TaskSettings withRetries(int count) {
        return new TaskSettings(workers, timeout, count, budgetBytes);
    }

    public TaskSettings withBudgetBytes(long most) {
        return new TaskSettings(workers, timeout, retries, most);
    }
}
