package io.pairwire.decode.stream;

/** Why a fragment did not become part of a datagram that was completed. */
public enum FragmentDrop {
    /** Its length is 0, is not a multiple of eight though more fragments follow, or is more than the packet. */
    MALFORMED,
    /** The capture cut it off. */
    CUT,
    /** A datagram with it would be longer than 65,535 bytes; or its headers are longer than 2,048. */
    TOO_BIG,
    /** Another fragment said that the datagram ends before, or behind. */
    CONTRADICTING_END,
    /** It came before: the same bytes at the same place. */
    DUPLICATE,
    /** Fragments of its datagram overlap, and such datagrams are not wanted. */
    OVERLAPPING,
    /** Its datagram has more fragments than allowed. */
    TOO_MANY,
    /** There was no memory for its datagram, even with all others given up. */
    NO_ROOM,
    /** Its datagram was given up to make room for a later one. */
    EVICTED,
    /** Its datagram was not complete in time. */
    TIMED_OUT,
    /** Its datagram was not complete when the input ended. */
    UNFINISHED
}
