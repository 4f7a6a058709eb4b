package io.pairwire.engine.pair;

import io.pairwire.engine.Eligibility;
import io.pairwire.engine.PacketBatch;
import io.pairwire.engine.ShardMatcher;
import io.pairwire.engine.store.PacketReference;
import io.pairwire.engine.store.Partner;
import io.pairwire.engine.store.UnmatchedStore;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Pairs the packets of one shard: retransmissions are set aside, the rest find their partner or wait. */
final class PairShard implements ShardMatcher {
    private final UnmatchedStore store;
    private final SegmentMemory segments;
    private final Partner partner = new Partner();

    PairShard(UnmatchedStore store, long expiryNanos) {
        this.store = store;
        this.segments = new SegmentMemory(expiryNanos);
    }

    @Override
    public long touch(PacketBatch batch, int index) {
        long keyLow = batch.keyLow(index);
        long keyHigh = batch.keyHigh(index);
        long reference = batch.reference(index);
        long seen = store.touch(keyLow, keyHigh);
        if (!PacketReference.isTcp(reference)) return seen;
        return seen ^ segments.touch(keyLow, keyHigh, batch.sequence(index), PacketReference.isDownward(reference));
    }

    @Override
    public void save(DataOutput out) throws IOException {
        segments.save(out);
    }

    @Override
    public void restore(DataInput in) throws IOException {
        segments.restore(in);
    }

    @Override
    public void change(long expiryNanos) {
        segments.change(expiryNanos);
    }

    @Override
    public Eligibility match(PacketBatch batch, int index) {
        long keyLow = batch.keyLow(index);
        long keyHigh = batch.keyHigh(index);
        long epochNanos = batch.epochNanos(index);
        long reference = batch.reference(index);
        if (PacketReference.isTcp(reference)) {
            boolean downward = PacketReference.isDownward(reference);
            long first = segments.remember(keyLow, keyHigh, batch.sequence(index), downward, epochNanos, reference);
            if (first != 0) {
                store.retransmitted(keyLow, keyHigh, first, epochNanos); // answered already if not found
                batch.repeats(index, first);
                return Eligibility.RETRANSMISSION;
            }
        }
        if (store.takeOrStore(keyLow, keyHigh, epochNanos, reference, batch.clock(index), partner)) {
            batch.paired(index, partner.epochNanos(), partner.lastEpochNanos(), partner.reference());
        }
        return Eligibility.ELIGIBLE;
    }
}
