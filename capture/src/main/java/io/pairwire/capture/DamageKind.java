package io.pairwire.capture;

/** What kind of damage a capture file has; names are stable. */
public enum DamageKind {
    /** Nothing at all in the file. */
    EMPTY,

    /** The header of the file, or of a section, is cut. */
    CUT_HEADER,

    /** A header does not begin as its format demands: a wrong magic or byte-order mark. */
    BAD_MAGIC,

    /** A version of the format that has no meaning here. */
    BAD_VERSION,

    /** The input ends inside a record or block. */
    CUT_RECORD,

    /** A length contradicts the format or the lengths around it. */
    LENGTH_LIES,

    /** A block ends with another length than it began with. */
    BAD_TRAILER,

    /** A block names an interface that was not described. */
    UNKNOWN_INTERFACE,

    /** More sections or interfaces than anyone needs. */
    TOO_MANY,

    /** An option reaches past the end of its block; it and those behind it are left out, the rest is used. */
    OPTIONS_OVERRUN,

    /** Zeros instead of a record, as a crash leaves them; told only by who searches behind damages. */
    ZEROS,

    /** The compressed stream around the capture is cut. */
    CUT_COMPRESSION,

    /** The compressed stream around the capture is damaged, or something else follows it. */
    BAD_COMPRESSION,

    /** Something else. */
    OTHER
}
