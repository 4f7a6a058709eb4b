package io.pairwire.engine.store;

/**
 * Is told of every entry that a store gives up, on the thread that owns the shard. What it is told adds up to what the
 * store counts. Must not allocate for each entry.
 */
public interface GivenUp {
    /** Tells nobody. */
    GivenUp NOBODY = new GivenUp() {
        @Override
        public void expired(long reference, long epochNanos, long key) {}

        @Override
        public void evicted(long reference, long epochNanos, long key) {}

        @Override
        public void unmatched(long reference, long epochNanos, long key) {}
    };

    /** Tells one and then the other. */
    static GivenUp both(GivenUp one, GivenUp other) {
        return new GivenUp() {
            @Override
            public void expired(long reference, long epochNanos, long key) {
                one.expired(reference, epochNanos, key);
                other.expired(reference, epochNanos, key);
            }

            @Override
            public void evicted(long reference, long epochNanos, long key) {
                one.evicted(reference, epochNanos, key);
                other.evicted(reference, epochNanos, key);
            }

            @Override
            public void unmatched(long reference, long epochNanos, long key) {
                one.unmatched(reference, epochNanos, key);
                other.unmatched(reference, epochNanos, key);
            }
        };
    }

    /**
     * The time of the entry was over.
     *
     * @param reference which packet it is
     * @param epochNanos its time
     * @param key the upper half of its key, the same for its partner
     */
    void expired(long reference, long epochNanos, long key);

    /** The entry had to make room. */
    void evicted(long reference, long epochNanos, long key);

    /** The entry still waited at the end, and its time was not over. */
    void unmatched(long reference, long epochNanos, long key);
}
