package io.pairwire.memory;

import java.time.Duration;
import java.util.Locale;

/** What a full queue does with the next item. */
public sealed interface OverflowPolicy {

    /** The longest single wait of {@link Adaptive} unless another is asked for. */
    Duration LONGEST_WAIT = Duration.ofMillis(64);

    /** Refuse the item and count it; the producer never waits. */
    record Drop() implements OverflowPolicy {
        @Override
        public String toString() {
            return "drop";
        }
    }

    /** Make the producer wait for room; nothing is ever dropped. */
    record Block() implements OverflowPolicy {
        @Override
        public String toString() {
            return "block";
        }
    }

    /** Spin, then wait 1, 2, 4 … ms up to {@code longestWait}, 1 ms to 1 h; only then refuse the item and count it. */
    record Adaptive(Duration longestWait) implements OverflowPolicy {
        public Adaptive {
            if (longestWait.compareTo(Duration.ofMillis(1)) < 0 || longestWait.compareTo(Duration.ofHours(1)) > 0) {
                throw new IllegalArgumentException("longestWait is not in 1 ms..1 h: " + longestWait);
            }
        }

        @Override
        public String toString() {
            return "adaptive:" + longestWait.toMillis() + "ms";
        }
    }

    /**
     * The policy of that name, in any case of letters; {@code adaptive} waits up to {@link #LONGEST_WAIT}.
     *
     * @throws IllegalArgumentException if the name is not {@code block}, {@code drop} or {@code adaptive}
     */
    static OverflowPolicy parse(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "drop" -> new Drop();
            case "block" -> new Block();
            case "adaptive" -> new Adaptive(LONGEST_WAIT);
            default -> throw new IllegalArgumentException("unknown policy '" + name + "': block, drop or adaptive");
        };
    }
}
