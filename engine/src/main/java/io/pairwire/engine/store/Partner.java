package io.pairwire.engine.store;

/** Receives what {@link UnmatchedStore#takeOrStore} took; reused, belongs to one thread. */
public final class Partner {
    private long epochNanos;
    private long lastEpochNanos;
    private long reference;

    /** An empty receiver. */
    public Partner() {}

    /** Takes over one entry. */
    public void set(long epochNanos, long lastEpochNanos, long reference) {
        this.epochNanos = epochNanos;
        this.lastEpochNanos = lastEpochNanos;
        this.reference = reference;
    }

    /** When it was first transmitted, nanoseconds since 1970. */
    public long epochNanos() {
        return epochNanos;
    }

    /** When it was last transmitted; equal to {@link #epochNanos()} if it was only once. */
    public long lastEpochNanos() {
        return lastEpochNanos;
    }

    /** Which packet it was, a {@link PacketReference}. */
    public long reference() {
        return reference;
    }
}
