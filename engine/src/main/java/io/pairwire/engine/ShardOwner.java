package io.pairwire.engine;

import io.pairwire.engine.store.UnmatchedStore;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** Pairs the packets of the shards it owns; used by one thread at a time. */
final class ShardOwner {
    private final int index;
    private final int owners;
    private final Matcher matcher;
    private final UnmatchedStore[] stores;
    private final ShardMatcher[] shards;
    private final long[] row = new long[Accounts.OWNER_COLUMNS];
    private final LatencyRecorder latencies;
    private long touched;

    /**
     * @param index which owner it is
     * @param owners owners there are; shard n belongs to owner n modulo this
     */
    ShardOwner(int index, int owners, Matcher matcher, UnmatchedStore.Factory factory, EngineSettings settings) {
        this.index = index;
        this.owners = owners;
        this.matcher = matcher;
        long expiryNanos = settings.expiry().toNanos();
        this.latencies = new LatencyRecorder(expiryNanos);
        int count = settings.shards();
        stores = new UnmatchedStore[count];
        shards = new ShardMatcher[count];
        for (int shard = index; shard < count; shard += owners) {
            stores[shard] = factory.create(expiryNanos, limit(settings, shard));
            shards[shard] = matcher.shard(stores[shard]);
        }
    }

    /** Works on the descriptors of its shards and notes its totals in the batch. */
    void process(PacketBatch batch) {
        int length = batch.length();
        for (int i = 0; i < length; i++) {
            int shard = batch.shard(i);
            if (owners == 1 || shard % owners == index) touched ^= shards[shard].touch(batch, i);
        }
        for (int i = 0; i < length; i++) {
            int shard = batch.shard(i);
            if (owners != 1 && shard % owners != index) continue;
            if (shards[shard].match(batch, i) != Eligibility.ELIGIBLE) {
                row[Accounts.RETRANSMISSIONS]++;
            } else if (batch.isPaired(i)) {
                latencies.record(matcher.latencyNanos(batch, i));
            }
        }
        if (length > 0) sweep(batch.clock(length - 1), length);
        sumUp();
        System.arraycopy(row, 0, batch.ownerRows, index * Accounts.OWNER_COLUMNS, Accounts.OWNER_COLUMNS);
    }

    void save(int shard, DataOutput out) throws IOException {
        shards[shard].save(out);
        UnmatchedStore store = stores[shard];
        out.writeLong(store.outstanding());
        store.forEach((keyLow, keyHigh, epochNanos, lastEpochNanos, reference) -> {
            out.writeLong(keyLow);
            out.writeLong(keyHigh);
            out.writeLong(epochNanos);
            out.writeLong(lastEpochNanos);
            out.writeLong(reference);
        });
    }

    /** Answers how many packets wait in it. */
    long restore(int shard, DataInput in) throws IOException {
        shards[shard].restore(in);
        UnmatchedStore store = stores[shard];
        long waiting = in.readLong();
        for (long i = 0; i < waiting; i++) {
            store.restore(in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong());
        }
        sumUp();
        return waiting;
    }

    void change(EngineSettings settings, long clock) {
        long expiryNanos = settings.expiry().toNanos();
        for (int shard = index; shard < stores.length; shard += owners) {
            stores[shard].change(expiryNanos, limit(settings, shard), clock);
            shards[shard].change(expiryNanos);
        }
    }

    private static long limit(EngineSettings settings, int shard) {
        int count = settings.shards();
        return Math.max(1, (settings.maxUnmatched() + count - 1 - shard) / count);
    }

    private void sweep(long clock, int packets) {
        int places = 2 * packets * owners / stores.length + 8;
        for (int shard = index; shard < stores.length; shard += owners) stores[shard].sweep(clock, places);
    }

    private void sumUp() {
        Arrays.fill(row, Accounts.EXPIRED, Accounts.OWNER_COLUMNS, 0);
        for (int shard = index; shard < stores.length; shard += owners) {
            UnmatchedStore store = stores[shard];
            row[Accounts.EXPIRED] += store.expired();
            row[Accounts.EVICTED] += store.evicted();
            row[Accounts.STORED] += store.stored();
            row[Accounts.OUTSTANDING] += store.outstanding();
        }
    }

    /** Ends its shards and adds its totals to {@code rows}; answers how many packets were unmatched. */
    long finish(long clock, long[] rows) {
        long unmatched = 0;
        for (int shard = index; shard < stores.length; shard += owners) unmatched += stores[shard].finish(clock);
        sumUp();
        System.arraycopy(row, 0, rows, index * Accounts.OWNER_COLUMNS, Accounts.OWNER_COLUMNS);
        return unmatched;
    }

    LatencyRecorder latencies() {
        return latencies;
    }

    /** Keeps what {@link ShardMatcher#touch} answered from being optimised away. */
    long touched() {
        return touched;
    }
}
