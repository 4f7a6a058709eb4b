package io.pairwire.engine;

/** Which packet of a pair is the request. */
public enum RequestSide {
    /** The packet with the earlier time; of equal times the one read first. */
    EARLIER,
    /** The packet that comes from outside the internal networks; {@link #EARLIER} where both or neither side is inside. */
    EXTERNAL,
    /** The packet that comes from inside the internal networks; {@link #EARLIER} where both or neither side is inside. */
    INTERNAL
}
