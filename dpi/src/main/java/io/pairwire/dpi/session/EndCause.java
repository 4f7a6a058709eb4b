package io.pairwire.dpi.session;

/** Why a session ended. */
public enum EndCause {
    /** Nothing was heard for too long. */
    IDLE,
    /** Another connection began on the same endpoints. */
    REUSED,
    /** Memory was short. */
    EVICTED,
    /** The input ended. */
    FINISHED
}
