package io.pairwire.decode.wire;

/** How the look at a packet, or at one of its headers, ended. */
public enum Verdict {
    /** Every header down to the transport layer is whole and plausible. */
    OK,
    /** The capture ends inside a header: a short snapshot length, the user's choice. */
    TRUNCATED,
    /** A header contradicts itself or its neighbours: the sender's fault. */
    MALFORMED,
    /** The link type is one we do not decode. */
    UNSUPPORTED_LINK_TYPE,
    /** More layers than a path of layers has room for, or more extension headers than anyone needs. */
    TOO_DEEP
}
