package io.pairwire.engine.analyse;

import io.pairwire.memory.SpscRing;
import io.pairwire.memory.WaitStrategy;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Counts batches into the shards that it owns, in a thread of its own or in that of who adds.
 *
 * <p>Batches go round: the adding thread fills one and hands it over, the owner counts it and gives it back. When all are back
 * everything is counted. Of a failure the adding thread hears at its next batch; until then the owner passes over what comes.
 */
final class TalkOwner implements AutoCloseable {
    private static final int BATCHES = 64;

    /** Twice as many: a batch leaves a ring only when its taker is done, and may stand in the other one by then. */
    private static final int ROOM = 2 * BATCHES;

    private static final WaitStrategy WAITING = new WaitStrategy.Park(Duration.ofNanos(200_000));

    private final TalkShards shards;
    private final SpscRing<TalkBatch> full = new SpscRing<>(ROOM);
    private final SpscRing<TalkBatch> free = new SpscRing<>(ROOM);
    private final Consumer<TalkBatch> counting = this::countAndGiveBack;
    private final Consumer<TalkBatch> taking = batch -> filled = batch;
    private final @Nullable Thread thread;
    private TalkBatch filled = new TalkBatch();
    private volatile @Nullable Throwable failure;
    private volatile boolean closed;

    /** @param threaded whether in a thread of its own */
    TalkOwner(TalkShards shards, int index, boolean threaded) {
        this.shards = shards;
        if (!threaded) {
            thread = null;
            return;
        }
        for (int i = 1; i < BATCHES; i++) put(free, new TalkBatch());
        thread = Thread.ofPlatform().daemon().name("pairwire-talks-" + index).start(this::run);
    }

    /** The batch to add to. */
    TalkBatch batch() {
        return filled;
    }

    /** Something was added to the batch. */
    void added() {
        if (filled.isFull()) handOver();
    }

    private void handOver() {
        if (thread == null) {
            count(filled);
            filled.clear();
            return;
        }
        put(full, filled);
        long round = 0;
        while (free.drain(taking, 1) == 0) WAITING.idle(round++);
        throwFailure();
    }

    private static void put(SpscRing<TalkBatch> ring, TalkBatch batch) {
        if (!ring.offer(batch)) throw new IllegalStateException("more batches than there are: " + ring.length());
    }

    /** Waits until all that was added is counted. */
    void rest() {
        if (filled.length() > 0) handOver();
        long round = 0;
        while (thread != null && free.length() < BATCHES - 1) WAITING.idle(round++);
        throwFailure();
    }

    private void throwFailure() {
        switch (failure) {
            case null -> {
                return;
            }
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException("counting throws nothing that is checked", e);
        }
    }

    private void run() {
        long round = 0;
        while (!closed) {
            if (full.drain(counting, BATCHES) > 0) round = 0;
            else WAITING.idle(round++);
        }
    }

    private void countAndGiveBack(TalkBatch batch) {
        try {
            if (failure == null && !closed) count(batch);
        } catch (Throwable e) { // the edge of the thread: whoever adds must hear of it, and not wait for ever
            failure = e;
        }
        batch.clear();
        put(free, batch);
    }

    private void count(TalkBatch batch) {
        int length = batch.length();
        for (int i = 0; i < length; i++) shards.shard(batch, i).touch(batch, i);
        for (int i = 0; i < length; i++) shards.shard(batch, i).touchAgain(batch, i);
        for (int i = 0; i < length; i++) shards.shard(batch, i).count(batch, i);
    }

    /** Ends the thread; what is not counted by then never is. */
    @Override
    public void close() {
        closed = true;
        Thread running = thread;
        boolean interrupted = false;
        while (running != null && running.isAlive()) {
            try {
                running.join();
            } catch (InterruptedException e) {
                interrupted = true; // waits all the same: the memory it uses is about to go
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }
}
