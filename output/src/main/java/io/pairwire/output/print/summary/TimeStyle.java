package io.pairwire.output.print.summary;

/** What stands in front of a line: tcpdump's {@code -t} given no times to five times. All times are UTC. */
public enum TimeStyle {
    /** {@code 12:00:00.000001}. */
    TIME_OF_DAY,
    NONE,
    /** Seconds since 1970: {@code 1769860800.000001}. */
    EPOCH,
    /** Time since the line before. */
    SINCE_PREVIOUS,
    /** {@code 2026-01-31 12:00:00.000001}. */
    DATE,
    /** Time since the first line. */
    SINCE_FIRST
}
