package io.pairwire.decode.stream;

/** Which side of a connection sent something. */
public enum Direction {
    /** From the side that sent the first SYN, or else the first packet seen. */
    ORIGINATOR,
    /** From the other side. */
    RESPONDER
}
