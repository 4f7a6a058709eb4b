package io.pairwire.memory;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/** What a thread does while there is nothing to do; from the fastest answer to the idlest core. */
public sealed interface WaitStrategy {
    /** How long {@link #parse} parks or sleeps at a time. */
    Duration SHORT = Duration.ofNanos(50_000);

    /**
     * Waits a little.
     *
     * @param round how often it was called since there was something to do, from 0
     */
    void idle(long round);

    /** Keep the core busy: answers within nanoseconds, and is for threads with a core of their own. */
    record Spin() implements WaitStrategy {
        @Override
        public void idle(long round) {
            Thread.onSpinWait();
        }
    }

    /** Spin a few rounds, then let others run that are ready. */
    record Yield() implements WaitStrategy {
        private static final int SPINS = 100;

        @Override
        public void idle(long round) {
            if (round < SPINS) Thread.onSpinWait();
            else Thread.yield();
        }
    }

    /** Spin a few rounds, then park {@code longest} at most; an unpark or an interrupt ends it early. */
    record Park(Duration longest) implements WaitStrategy {
        private static final int SPINS = 100;

        public Park {
            check(longest);
        }

        @Override
        public void idle(long round) {
            if (round < SPINS) Thread.onSpinWait();
            else LockSupport.parkNanos(longest.toNanos());
        }
    }

    /** Sleep {@code time} at once; an interrupt ends it and stays set, so that later sleeps end at once. */
    record Sleep(Duration time) implements WaitStrategy {
        public Sleep {
            check(time);
        }

        @Override
        public void idle(long round) {
            try {
                Thread.sleep(time);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void check(Duration time) {
        if (time.compareTo(Duration.ZERO) <= 0 || time.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("time is not in 1 ns..1 h: " + time);
        }
    }

    /**
     * The strategy of that name, in any case of letters.
     *
     * @throws IllegalArgumentException if the name is not {@code spin}, {@code yield}, {@code park} or {@code sleep}
     */
    static WaitStrategy parse(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "spin" -> new Spin();
            case "yield" -> new Yield();
            case "park" -> new Park(SHORT);
            case "sleep" -> new Sleep(SHORT);
            default ->
                throw new IllegalArgumentException("unknown wait strategy '" + name + "': spin, yield, park or sleep");
        };
    }
}
