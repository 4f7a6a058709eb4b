package io.pairwire.engine;

/** Which transport protocols the two packets of a pair may have. */
public enum Pairing {
    /** One UDP and one TCP: the two sides of a protocol gateway. */
    FLIP,
    /** Both UDP or both TCP. */
    SAME,
    /** Either. */
    ANY
}
