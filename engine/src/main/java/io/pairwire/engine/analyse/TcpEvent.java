package io.pairwire.engine.analyse;

import java.util.Locale;

/**
 * What is worth telling about a TCP segment; what each means is in {@code docs/analysis.md}. The meanings are those that
 * Wireshark gave these words.
 */
public enum TcpEvent {
    /** Bytes that were sent before, for whatever reason; the next two are counted here as well. */
    RETRANSMISSION,
    /** Sent again right after two or more duplicate acknowledgments asked for it. */
    FAST_RETRANSMISSION,
    /** Sent again although all of it was acknowledged. */
    SPURIOUS_RETRANSMISSION,
    /** Behind what was expected, but too soon to be a repetition. */
    OUT_OF_ORDER,
    /** The same acknowledgment again, without data. */
    DUPLICATE_ACK,
    /** Ahead of what was expected: segments before it were lost, or not captured. */
    LOST_SEGMENT,
    /** Acknowledges what was never seen: the capture lost it, not the network. */
    ACK_LOST_SEGMENT,
    /** The receiver has no room. */
    ZERO_WINDOW,
    /** One byte that asks whether there is room again. */
    ZERO_WINDOW_PROBE,
    /** Fills the window of the receiver to its end. */
    WINDOW_FULL,
    /** Nothing but another window. */
    WINDOW_UPDATE,
    /** Asks whether the other side is still there. */
    KEEP_ALIVE,
    /** Says that it is. */
    KEEP_ALIVE_ACK,
    /** A new connection between the ports of an earlier one. */
    REUSED_PORTS;

    private final String key = name().toLowerCase(Locale.ROOT);

    /** As in JSON: {@code fast_retransmission}. */
    public String key() {
        return key;
    }

    /** This event in a set of them. */
    int bit() {
        return 1 << ordinal();
    }
}
