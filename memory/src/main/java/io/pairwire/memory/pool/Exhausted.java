package io.pairwire.memory.pool;

import io.pairwire.memory.Pause;
import java.time.Duration;

/** What an allocation does when every buffer that would do is in use and no more may be made. */
public sealed interface Exhausted {

    /** Answer {@link PacketPool#NONE} or {@link PacketBuffer#NONE}. */
    record Empty() implements Exhausted {}

    /** Throw a {@link PoolExhaustedException}. */
    record Throw() implements Exhausted {}

    /**
     * Wait until a buffer comes back; after {@code longest}, answer as {@link Empty} does.
     *
     * @param longest 1 ms to 1 h
     * @param pause how to wait
     */
    record Wait(Duration longest, Pause pause) implements Exhausted {
        public Wait {
            if (longest.compareTo(Duration.ofMillis(1)) < 0 || longest.compareTo(Duration.ofHours(1)) > 0) {
                throw new IllegalArgumentException("longest is not in 1 ms..1 h: " + longest);
            }
        }

        /** Waits by parking the thread. */
        public Wait(Duration longest) {
            this(longest, Pause.PARK);
        }
    }
}
