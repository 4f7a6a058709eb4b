package io.pairwire.live;

/** Which packets of an interface are captured. */
public enum Direction {
    /** Those that come in and those that go out. */
    BOTH,
    IN,
    OUT
}
