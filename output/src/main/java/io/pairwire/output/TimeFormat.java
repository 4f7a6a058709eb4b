package io.pairwire.output;

/** How the text format prints a moment. Always UTC. */
public enum TimeFormat {
    /** {@code 2026-01-31 12:00:00.000001}: six digits, the rest cut off, as the format always was. */
    CLASSIC,
    /** {@code 2026-01-31T12:00:00.000001000Z}: ISO 8601, all nine digits. */
    ISO
}
