package io.pairwire.engine.analyse;

import java.util.Locale;

/** A part of a {@link CaptureReport} that can be asked for alone, and then costs alone. What is not asked for is empty. */
public enum ReportPart {
    /** The tree of protocols. */
    PROTOCOLS,
    /** Who talks with whom, by layer. */
    CONVERSATIONS,
    /** Who talks, by layer, and the largest talkers. */
    ENDPOINTS,
    /** What happened to TCP segments, handshakes and round trips. */
    TCP,
    /** Traffic over time; with {@link #TCP} its retransmissions too. */
    SERIES,
    /** Lengths of packets, and the time between them. */
    DISTRIBUTIONS,
    /** What somebody should look at; needs all that {@link #TCP} and {@link #DISTRIBUTIONS} need. */
    FINDINGS;

    /** As it is written on the command line and in JSON. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
