package io.pairwire.decode.stream;

/** Why bytes of a stream are given up. */
public enum GapReason {
    /** They did not come within the timeout, while others behind them waited. */
    TIMEOUT,
    /** More waited behind them than one stream may hold. */
    STREAM_FULL,
    /** More waited in all streams than may be held. */
    POOL_FULL,
    /** They did not come before the end of the stream. */
    END,
    /** They came, but the capture cut them off. */
    CUT,
    /** The stream went on far away, beyond the window. */
    JUMP
}
