package io.pairwire.engine;

import io.pairwire.engine.store.Partner;
import io.pairwire.engine.store.UnmatchedStore;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Pairs the packets of one shard; has one owner at a time. */
public interface ShardMatcher {

    /**
     * Says that {@link #match} will be called for this descriptor soon, so that what it needs may be brought near.
     *
     * @return any value that depends on what was read
     */
    long touch(PacketBatch batch, int index);

    /**
     * Looks for the partner of a packet. If there is one, {@link PacketBatch#paired} is called; else the packet waits.
     *
     * @return {@link Eligibility#ELIGIBLE}, or why the packet cannot take part after all
     */
    Eligibility match(PacketBatch batch, int index);

    /** Writes what it remembers beside its store; nothing unless it says otherwise. */
    default void save(DataOutput out) throws IOException {}

    /** Takes over what another of its kind has written, before its first packet. */
    default void restore(DataInput in) throws IOException {}

    /** From now on partners may be that far apart, nanoseconds. Its store is told by others. */
    default void change(long expiryNanos) {}

    /** Pairs by key and direction alone: what a kind of matching without retransmissions needs. */
    static ShardMatcher byKey(UnmatchedStore store) {
        return new ShardMatcher() {
            private final Partner partner = new Partner();

            @Override
            public long touch(PacketBatch batch, int index) {
                return store.touch(batch.keyLow(index), batch.keyHigh(index));
            }

            @Override
            public Eligibility match(PacketBatch batch, int index) {
                if (store.takeOrStore(
                        batch.keyLow(index),
                        batch.keyHigh(index),
                        batch.epochNanos(index),
                        batch.reference(index),
                        batch.clock(index),
                        partner)) {
                    batch.paired(index, partner.epochNanos(), partner.lastEpochNanos(), partner.reference());
                }
                return Eligibility.ELIGIBLE;
            }
        };
    }
}
