package io.pairwire.engine.store;

import java.io.IOException;

/**
 * One shard of the packets that wait for their partner. Not thread-safe: a shard has one owner at a time.
 *
 * <p>Both packets of a pair have the same key; the direction in the {@link PacketReference} tells them apart. Equal keys
 * wait in the order they came and leave in that order. An entry may be taken while its time and the taker's differ by the
 * expiry at most, whatever order they were read in; it is given up, counted as {@link #expired()}, once the clock (the
 * largest event time read so far) is more than twice the expiry ahead of it, so packets that are read late still find
 * their partner if they are late by less than one expiry.
 */
public interface UnmatchedStore {

    /** Makes shards, one call each. */
    @FunctionalInterface
    interface Factory {
        /**
         * @param expiryNanos the largest time between partners, at least 0
         * @param limit entries the shard may hold, at least 1; beyond it the one with the earliest time is evicted
         */
        UnmatchedStore create(long expiryNanos, long limit);
    }

    /**
     * A hint that the key will be asked for soon: brings its place into the cache.
     *
     * @return a value that depends on what was read, so that the reading is not optimised away
     */
    long touch(long keyLow, long keyHigh);

    /**
     * Takes the first partner that waits under the key, or puts the packet in its place to wait.
     *
     * @param keyLow lower half of the key
     * @param keyHigh upper half of the key
     * @param epochNanos time of the packet
     * @param reference which packet it is, and its direction
     * @param clock the largest event time read up to and including this packet
     * @param partner receives what was taken
     * @return whether a partner was taken; if not, the packet waits now
     */
    boolean takeOrStore(long keyLow, long keyHigh, long epochNanos, long reference, long clock, Partner partner);

    /**
     * Remembers a later transmission of an entry.
     *
     * @return false if that packet does not wait here any more
     */
    boolean retransmitted(long keyLow, long keyHigh, long reference, long lastEpochNanos);

    /** Gives up entries whose time is over, after looking at {@code places} places at most. */
    void sweep(long clock, int places);

    /**
     * Ends the shard and empties it: what waits is unmatched, or expired if the clock is more than the expiry ahead.
     *
     * @return how many entries were unmatched
     */
    long finish(long clock);

    /** Receives entries of a store. */
    @FunctionalInterface
    interface EntryHandler {
        /**
         * @param keyLow lower half of the key, in the store's own form
         * @param keyHigh upper half of the key, in the store's own form
         */
        void onEntry(long keyLow, long keyHigh, long epochNanos, long lastEpochNanos, long reference)
                throws IOException;
    }

    /**
     * Hands over all entries, in an order in which {@link #restore} makes an equal store of an empty one.
     *
     * @throws UnsupportedOperationException if this store cannot be kept
     */
    default void forEach(EntryHandler handler) throws IOException {
        throw new UnsupportedOperationException(getClass().getName() + " cannot be kept");
    }

    /**
     * Puts an entry back that {@link #forEach} of a store of the same kind has handed over. It does not count as stored.
     *
     * @throws UnsupportedOperationException if this store cannot be kept
     */
    default void restore(long keyLow, long keyHigh, long epochNanos, long lastEpochNanos, long reference) {
        throw new UnsupportedOperationException(getClass().getName() + " cannot be kept");
    }

    /**
     * Changes what it was made with. If it holds more than the new limit, the earliest are evicted.
     *
     * @param clock the largest event time read so far
     * @throws UnsupportedOperationException if this store has its bounds for ever
     */
    default void change(long expiryNanos, long limit, long clock) {
        throw new UnsupportedOperationException(getClass().getName() + " has its bounds for ever");
    }

    /** Entries that wait now. */
    long outstanding();

    /** Packets put into the store so far. */
    long stored();

    /** Entries given up because their time was over. */
    long expired();

    /** Entries given up because the shard was full. */
    long evicted();
}
