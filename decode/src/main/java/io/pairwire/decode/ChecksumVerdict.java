package io.pairwire.decode;

/** What {@link Checksums} say of a header. */
public enum ChecksumVerdict {
    /** It is right. */
    VALID,
    /** It is wrong: the packet was damaged, or changed by somebody who did not care. */
    INVALID,
    /**
     * There is none. The protocol has no checksum; or the sender computed none (UDP); or the capture was taken before the
     * network card computed it: the field is zero, or holds the sum of the pseudo header alone.
     */
    ABSENT,
    /** It covers bytes that are not here: cut off by the capture or by the quoting host, or in other fragments. */
    NOT_COVERED
}
