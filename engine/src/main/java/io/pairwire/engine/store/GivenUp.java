package io.pairwire.engine.store;

/**
 * Is told of every entry that a store gives up, on the thread that owns the shard. What it is told adds up to what the
 * store counts. Must not allocate for each entry.
 */
public interface GivenUp {
    /** Tells nobody. */
    GivenUp NOBODY = new GivenUp() {
        @Override
        public void expired(long reference, long epochNanos) {}

        @Override
        public void evicted(long reference, long epochNanos) {}

        @Override
        public void unmatched(long reference, long epochNanos) {}
    };

    /** Tells one and then the other. */
    static GivenUp both(GivenUp one, GivenUp other) {
        return new GivenUp() {
            @Override
            public void expired(long reference, long epochNanos) {
                one.expired(reference, epochNanos);
                other.expired(reference, epochNanos);
            }

            @Override
            public void evicted(long reference, long epochNanos) {
                one.evicted(reference, epochNanos);
                other.evicted(reference, epochNanos);
            }

            @Override
            public void unmatched(long reference, long epochNanos) {
                one.unmatched(reference, epochNanos);
                other.unmatched(reference, epochNanos);
            }
        };
    }

    /** The time of the entry was over. */
    void expired(long reference, long epochNanos);

    /** The entry had to make room. */
    void evicted(long reference, long epochNanos);

    /** The entry still waited at the end, and its time was not over. */
    void unmatched(long reference, long epochNanos);
}
