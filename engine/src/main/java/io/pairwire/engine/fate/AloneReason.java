package io.pairwire.engine.fate;

import java.util.Locale;

/** Why a packet has no partner. */
public enum AloneReason {
    /** A request nobody answered. */
    NO_ANSWER,
    /** An answer to no request that was captured. */
    ANSWER_ONLY,
    /** The answer, or the request, is there but further away than the expiry. */
    EXPIRED,
    /** An answer so early in the capture that its request may lie before it. */
    CUT_AT_START,
    /** A request so late in the capture that its answer may lie behind it. */
    CUT_AT_END,
    /** It had to make room for others. */
    EVICTED,
    /** A full queue refused it, or its result. */
    DROPPED,
    /** The snapshot length cut it, so that it cannot be compared. */
    CUT_PACKET;

    /** The name in reports; stable. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
