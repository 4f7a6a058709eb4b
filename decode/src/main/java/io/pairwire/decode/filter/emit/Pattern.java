package io.pairwire.decode.filter.emit;

import java.util.Optional;

/**
 * Bits of a window have a value: several questions about neighbouring fields asked at once.
 *
 * @param value 0 where {@code mask} is 0
 */
record Pattern(Window window, long mask, long value) {

    /** Both; empty if they are about different windows, or exclude each other. */
    Optional<Pattern> and(Pattern other) {
        boolean excluded = ((value ^ other.value) & mask & other.mask) != 0;
        if (!window.equals(other.window) || excluded) return Optional.empty();
        return Optional.of(new Pattern(window, mask | other.mask, value | other.value));
    }
}
