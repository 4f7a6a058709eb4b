package io.pairwire.engine.analyse;

import java.util.List;

/**
 * Something that somebody should look at.
 *
 * @param kind its name, as in JSON: {@code zero_window}
 * @param text what it means, a sentence with its numbers
 * @param count how often it was seen
 * @param packets numbers of the first packets that show it, {@value Evidence#KEPT} at most
 */
public record Finding(Severity severity, String kind, String text, long count, List<Long> packets) {
    public Finding {
        packets = List.copyOf(packets);
    }

    /** How much it matters, most first. */
    public enum Severity {
        /** Users notice, or the capture cannot be trusted. */
        HIGH,
        /** Worth a look. */
        MEDIUM,
        /** Usual, in such numbers. */
        LOW
    }
}
