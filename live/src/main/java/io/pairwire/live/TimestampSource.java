package io.pairwire.live;

/** Whose clock stamps the packets. */
public enum TimestampSource {
    /** The kernel's, when it sees the packet. */
    HOST,
    /** The network card's own, not synchronised with the kernel's unless something like PTP does it. */
    ADAPTER
}
