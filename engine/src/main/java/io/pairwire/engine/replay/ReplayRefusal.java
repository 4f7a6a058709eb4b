package io.pairwire.engine.replay;

import java.util.Locale;

/** Why a packet of a capture is not sent. */
public enum ReplayRefusal {
    /** Its link type is not the interface's. */
    OTHER_LINK_TYPE,
    /** It is longer than the interface takes. */
    TOO_LONG,
    /** It has not even a link header. */
    TOO_SHORT,
    /** A snapshot length cut it, and such packets are not to be sent. */
    CUT,
    /** The kernel did not take it, or the interface failed before it could leave. */
    KERNEL;

    /** As reports name it: {@code too_long}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
