package io.pairwire.engine.fate;

import java.util.Locale;

/** What became of a packet; every packet has one. */
public enum Fate {
    /** It found its answer. */
    REQUEST,
    /** It is the answer to another. */
    RESPONSE,
    /** A TCP segment that was seen before. */
    RETRANSMISSION,
    /** Its partner did not come in time. */
    EXPIRED,
    /** It had to make room while it waited. */
    EVICTED,
    /** It still waited when the input ended, and its time was not over. */
    UNMATCHED,
    /** A full queue refused it, or its result. */
    DROPPED,
    /** It cannot take part in the matching. */
    NOT_ELIGIBLE;

    private static final Fate[] VALUES = values();

    static Fate of(int ordinal) {
        return VALUES[ordinal];
    }

    /** Is it one of two? */
    public boolean isPaired() {
        return this == REQUEST || this == RESPONSE;
    }

    /** Could it have had a partner, and has none? */
    public boolean isAlone() {
        return this == EXPIRED || this == EVICTED || this == UNMATCHED || this == DROPPED;
    }

    /** The name in reports; stable. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
