package io.pairwire.memory.pool;

/** How much a pool checks. */
public enum Safety {
    /** Every handle, its generation and the reference count: costs a comparison an operation. */
    PRODUCTION,

    /**
     * Also: two threads that release with one reference between them, bytes written after the release (buffers are
     * poisoned), and bytes written behind the end (64 guarded bytes between buffers). What was found in the bytes is told by
     * {@link PacketPool#findings}. Costs a walk over every buffer at release and at allocation.
     */
    DEBUG
}
