package io.pairwire.engine.analyse;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Answers while packets still come.
 *
 * @param every how long after an answer the next one is due, at least
 * @param nanoTime a clock that never goes back, as {@link System#nanoTime}
 * @param answers gets each, in the thread that reads; the last answer of all is not among them
 */
public record Rolling<R>(Duration every, LongSupplier nanoTime, Consumer<R> answers) {
    public Rolling {
        if (every.isNegative() || every.isZero()) throw new IllegalArgumentException("every is not positive: " + every);
    }

    /** No answer before the end. */
    static <R> Rolling<R> never() {
        return new Rolling<>(Duration.ofDays(36_500), () -> 0, _ -> {});
    }
}
