package io.pairwire.cli;

import io.pairwire.memory.DurationText;
import io.pairwire.memory.OverflowPolicy;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Overflow policies as options: the names, and {@code adaptive:TIME} for its longest single wait. */
final class Policies {
    private static final String ADAPTIVE = "adaptive:";

    private Policies() {}

    static OverflowPolicy parse(String text) {
        if (!text.toLowerCase(Locale.ROOT).startsWith(ADAPTIVE)) return OverflowPolicy.parse(text);
        return new OverflowPolicy.Adaptive(DurationText.parse(text.substring(ADAPTIVE.length()), TimeUnit.SECONDS));
    }
}
