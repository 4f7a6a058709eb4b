package io.pairwire.engine;

import io.pairwire.engine.store.UnmatchedStore;
import io.pairwire.memory.HandOver;
import io.pairwire.memory.Pause;
import io.pairwire.memory.SpscRing;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The second stage: every batch goes to all owners of shards, each works on its own descriptors, and whoever is last
 * passes the batch on. Owners work in the order of batches, so the last one of a batch is always done with it before any
 * can be the last of the next: what is passed on keeps the order of reading, and passing on is done by one thread at a
 * time.
 */
final class MatchStage {
    private static final VarHandle OWNERS_LEFT;

    static {
        try {
            OWNERS_LEFT = MethodHandles.lookup().findVarHandle(PacketBatch.class, "ownersLeft", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static final int SPINS = 100;
    private static final long IDLE_NANOS = 20_000;

    /** After so many looks in vain, some 25 ms, it looks less often: a watch may have nothing to do for days. */
    private static final int LONG_IDLE = SPINS + 300;

    private static final long LONG_IDLE_NANOS = 4_000_000;
    private static final int BATCHES_A_ROUND = 4;

    private final ShardOwner[] owners;
    private final List<SpscRing<PacketBatch>> rings = new ArrayList<>();
    private final HandOver handOver;
    private final WriteStage writer;
    private final Accounts accounts;
    private final Pause pause;
    private final long[] finishRow = new long[Accounts.FINISH_COLUMNS];
    private final int queueSize;
    private final int batchLength;
    private final BooleanSupplier tryOffer = this::tryOffer;
    private PacketBatch offered = PacketBatch.standalone(1);
    private volatile boolean inputEnded;

    /**
     * @param workers owners with a thread of their own; 0 if the reading thread does their work
     */
    MatchStage(
            int workers,
            int batchLength,
            Matcher matcher,
            UnmatchedStore.Factory stores,
            EngineSettings settings,
            HandOver handOver,
            WriteStage writer,
            Accounts accounts,
            Pause pause) {
        owners = new ShardOwner[Math.max(1, workers)];
        for (int i = 0; i < owners.length; i++) owners[i] = new ShardOwner(i, owners.length, matcher, stores, settings);
        for (int i = 0; i < workers; i++) rings.add(new SpscRing<>(Math.max(1, settings.queueSize() / batchLength)));
        this.handOver = handOver;
        this.writer = writer;
        this.accounts = accounts;
        this.pause = pause;
        this.queueSize = settings.queueSize();
        this.batchLength = batchLength;
    }

    /** Takes a filled batch from the reading thread, or leaves it there as the policy says. */
    HandOver.Result offer(PacketBatch batch) {
        OWNERS_LEFT.set(batch, owners.length); // published with the batch itself
        if (rings.isEmpty()) {
            process(owners[0], batch);
            return HandOver.Result.TAKEN;
        }
        offered = batch;
        return handOver.offer(tryOffer);
    }

    /** Sends a rest behind all batches so far, whatever the policy says; false if it was given up. */
    boolean offer(Rest rest, long[] readerRow, BooleanSupplier abandoned) {
        var batch = new PacketBatch(0, owners.length, false);
        batch.rest = rest;
        System.arraycopy(readerRow, 0, batch.readerRow, 0, readerRow.length);
        OWNERS_LEFT.set(batch, owners.length);
        if (rings.isEmpty()) {
            process(owners[0], batch);
            return true;
        }
        offered = batch;
        while (!tryOffer()) {
            if (abandoned.getAsBoolean()) return false;
            pause.nanos(IDLE_NANOS);
        }
        return true;
    }

    private boolean tryOffer() {
        for (SpscRing<PacketBatch> ring : rings) {
            if (!ring.hasRoom()) return false;
        }
        for (SpscRing<PacketBatch> ring : rings) ring.offer(offered);
        return true;
    }

    /** No batch will be offered again. */
    void endInput() {
        inputEnded = true;
    }

    /** What the thread of an owner does until the input ends. */
    void run(int index) {
        SpscRing<PacketBatch> ring = rings.get(index);
        ShardOwner owner = owners[index];
        Consumer<PacketBatch> process = batch -> process(owner, batch);
        int idle = 0;
        while (true) {
            boolean ended = inputEnded; // before looking: nothing is offered once it is set
            if (ring.drain(process, BATCHES_A_ROUND) > 0) {
                idle = 0;
            } else if (ended) {
                return;
            } else if (idle < SPINS) {
                idle++;
                pause.spin();
            } else {
                if (idle < LONG_IDLE) idle++;
                pause.nanos(idle < LONG_IDLE ? IDLE_NANOS : LONG_IDLE_NANOS);
            }
        }
    }

    private void process(ShardOwner owner, PacketBatch batch) {
        owner.process(batch);
        if ((int) OWNERS_LEFT.getAndAdd(batch, -1) == 1) passOn(batch);
    }

    /** Runs in one thread at a time, ordered by the count of owners left. */
    private void passOn(PacketBatch batch) {
        if (batch.rest != null) {
            accounts.publish(batch.readerRow, batch.ownerRows, finishRow);
            writer.take(batch, batch.rest);
            return;
        }
        int pairs = 0;
        for (int i = 0; i < batch.length(); i++) {
            if (batch.isPaired(i)) pairs++;
        }
        // Room is decided before the accounts are published, the batch given away after: then it is no longer ours.
        boolean refused = pairs > 0 && !writer.awaitRoom();
        if (refused) finishRow[Accounts.UNWRITTEN_PACKETS] += 2L * pairs;
        else finishRow[Accounts.PAIRS] += pairs;
        accounts.publish(batch.readerRow, batch.ownerRows, finishRow);
        writer.take(batch, refused ? 0 : pairs);
    }

    /** After all owners have ended: ends the shards and publishes the last accounts. */
    LatencyRecorder finish(long[] readerRow, long expiryNanos) {
        long[] ownerRows = new long[owners.length * Accounts.OWNER_COLUMNS];
        var latencies = new LatencyRecorder(expiryNanos);
        for (ShardOwner owner : owners) {
            finishRow[Accounts.UNMATCHED] += owner.finish(readerRow[Accounts.CLOCK], ownerRows);
            latencies.add(owner.latencies());
        }
        accounts.publish(readerRow, ownerRows, finishRow);
        return latencies;
    }

    int workers() {
        return rings.size();
    }

    /** Writes what the shards know; only at rest. */
    void save(DataOutput out, int shards) throws IOException {
        for (int shard = 0; shard < shards; shard++) owners[shard % owners.length].save(shard, out);
    }

    /** Takes over what shards knew, before anything is matched; answers how many packets wait. */
    long restore(DataInput in, int shards) throws IOException {
        long waiting = 0;
        for (int shard = 0; shard < shards; shard++) waiting += owners[shard % owners.length].restore(shard, in);
        return waiting;
    }

    /** Changes the policy at once and everything else only at rest. */
    void change(EngineSettings settings, long clock) {
        handOver.policy(settings.policy());
        for (ShardOwner owner : owners) owner.change(settings, clock);
    }

    /** Packets waiting to be matched, at most; the fullest ring counts. */
    EngineStatistics.Queue statistics() {
        long batches = 0;
        for (SpscRing<PacketBatch> ring : rings) batches = Math.max(batches, ring.length());
        return new EngineStatistics.Queue(batches * batchLength, queueSize, handOver.waits());
    }
}
