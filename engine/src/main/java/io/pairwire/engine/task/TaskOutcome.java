package io.pairwire.engine.task;

import java.time.Duration;

/**
 * How a task ended.
 *
 * @param <T> what comes of it
 */
public sealed interface TaskOutcome<T> {

    /** It gave a value. */
    record Done<T>(T value) implements TaskOutcome<T> {}

    /** It threw, in that many attempts; told is what the last of them did. */
    record Failed<T>(Throwable cause, int attempts) implements TaskOutcome<T> {}

    /** Its time was over. */
    record TimedOut<T>(Duration limit) implements TaskOutcome<T> {}

    /** It was not wanted any more, begun or not. */
    record Cancelled<T>() implements TaskOutcome<T> {}
}
