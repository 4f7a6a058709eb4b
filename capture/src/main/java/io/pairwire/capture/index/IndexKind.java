package io.pairwire.capture.index;

/** How much an index knows. */
public enum IndexKind {
    /** Where packets of a time or number are; at most a thousandth of the capture. */
    SPARSE,

    /** Also where packets of a flow, an address or a port are; at most 20 bytes a packet. */
    FULL
}
