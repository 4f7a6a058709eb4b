package io.pairwire.dpi.session;

/** What is counted about one direction of a session, and where its TCP stream stands. */
final class Side {
    static final int INACTIVE = 0;
    static final int PARTIAL = 1;
    static final int SYN_SENT = 2;
    static final int SYN_ACK_SENT = 3;
    static final int ESTABLISHED = 4;
    static final int CLOSED = 5;
    static final int RESET = 6;

    long packets;
    long bytes;
    long ipBytes;
    long payloadBytes;
    long payloadPackets;

    /** Letters of the history that were noted, a bit each. */
    int noted;

    /** All flags seen. */
    int flags;

    int state;
    int retransmissions;
    int outOfOrder;
    long missedBytes;

    /** The sequence number behind the first SYN, if {@link #isSynSeen}. */
    int begins;

    /** Behind the farthest byte that was seen, if {@link #sequenceKnown}. */
    int farthest;

    boolean sequenceKnown;

    /** The latest hole before the farthest byte; empty if both are equal. */
    int holeFrom;

    int holeTo;

    boolean isSynSeen() {
        return (noted & (1 << History.SYN | 1 << History.SYN_ACK)) != 0;
    }

    void reset() {
        packets = 0;
        bytes = 0;
        ipBytes = 0;
        payloadBytes = 0;
        payloadPackets = 0;
        noted = 0;
        flags = 0;
        state = INACTIVE;
        retransmissions = 0;
        outOfOrder = 0;
        missedBytes = 0;
        farthest = 0;
        sequenceKnown = false;
        holeFrom = 0;
        holeTo = 0;
    }
}
