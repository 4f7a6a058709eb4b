package io.pairwire.engine.replay;

/** What becomes of packets that a snapshot length has cut. */
public enum CutPackets {
    /** What was captured is sent. */
    SEND,
    /** They are filled up with zeros to the length they had. */
    PAD,
    /** They are not sent. */
    SKIP
}
