package io.pairwire.capture.edit;

/** A moment that a selection begins or ends at. */
public sealed interface TimeBound {

    /** A moment on the calendar, nanoseconds since 1970. */
    record At(long epochNanos) implements TimeBound {}

    /** That many nanoseconds after the first packet of all. */
    record AfterFirst(long nanos) implements TimeBound {
        public AfterFirst {
            if (nanos < 0) throw new IllegalArgumentException("before the first packet: " + nanos + " ns");
        }
    }

    /** The moment, if the first packet came then; saturates where a {@code long} ends. */
    default long epochNanos(long firstNanos) {
        return switch (this) {
            case At at -> at.epochNanos;
            case AfterFirst after -> {
                long sum = firstNanos + after.nanos;
                yield sum < firstNanos ? Long.MAX_VALUE : sum;
            }
        };
    }
}
