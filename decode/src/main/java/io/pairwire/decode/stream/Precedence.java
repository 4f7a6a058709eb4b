package io.pairwire.decode.stream;

/** Which of two copies of a byte counts, by the bounds of the segments or fragments that brought them. */
@FunctionalInterface
interface Precedence {
    /** Does the byte that arrives replace the one that is held? */
    boolean prefersArriving(long heldFrom, long heldTo, long from, long to);
}
