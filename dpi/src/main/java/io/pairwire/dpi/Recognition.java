package io.pairwire.dpi;

/** What a protocol says about a payload. */
public enum Recognition {
    /** It is mine. */
    YES,
    /** It is not mine, whatever follows: nobody asks again about this session. */
    NEVER,
    /** It may be mine: ask again with the next datagram, or when the stream has grown. */
    MORE
}
