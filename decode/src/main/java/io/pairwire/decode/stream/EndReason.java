package io.pairwire.decode.stream;

/** Why a stream ends. */
public enum EndReason {
    /** The sender said so, and everything before was handed over or given up. */
    FIN,
    /** One of the two sides reset the connection. */
    RESET,
    /** Nothing was seen for too long. */
    IDLE,
    /** There were too many connections. */
    EVICTED,
    /** A new connection took over the same addresses and ports. */
    REUSED,
    /** The input ended. */
    FINISHED
}
