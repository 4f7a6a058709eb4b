package io.pairwire.decode.stream;

/** What became of a packet that was offered to a {@link Defragmenter}. */
public enum FragmentAnswer {
    /** It is no fragment, or an IPv6 one that is all of its datagram (RFC 6946): use it as it is. */
    WHOLE,
    /** Other fragments are still missing. */
    HELD,
    /** The datagram is complete: {@link Defragmenter#datagram}. */
    COMPLETED,
    /** It was not used, and counted under a reason. */
    DROPPED
}
