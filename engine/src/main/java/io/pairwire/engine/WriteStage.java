package io.pairwire.engine;

import io.pairwire.memory.HandOver;
import io.pairwire.memory.Pause;
import io.pairwire.memory.SpscRing;
import java.io.IOException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;

/** The last stage: results to the sink, batches back to the pool. */
final class WriteStage {
    private static final int SPINS = 50;
    private static final long IDLE_NANOS = 50_000;

    /** After so many looks in vain, some 30 ms, it looks less often: a watch may have nothing to do for days. */
    private static final int LONG_IDLE = SPINS + 300;

    private static final long LONG_IDLE_NANOS = 4_000_000;
    private static final long IDLE_FLUSH_NANOS = 20_000_000;

    private final ResultSink sink;
    private final boolean discards;
    private final Matcher matcher;
    private final IntFunction<String> fileName;
    private final BatchPool pool;
    private final int batchLength;
    private final HandOver handOver;
    private final Pause pause;
    private final LongSupplier nanoClock;
    private final long flushNanos;
    private final BooleanSupplier abandoned;
    private final MatchedPair pair = new MatchedPair();
    private final Runnable onFailure;
    private final BooleanSupplier hasRoom;
    private final Consumer<PacketBatch> write = this::write;

    // Replaced only at rest: whoever uses them next has heard of it by a batch.
    private volatile SpscRing<PacketBatch> ring;
    private volatile int bufferSize;

    private boolean unflushed;
    private long flushed;
    private volatile long accepted;
    private volatile boolean inputEnded;
    private volatile boolean closed;
    private volatile Optional<Throwable> failure = Optional.empty();

    WriteStage(
            ResultSink sink,
            Matcher matcher,
            IntFunction<String> fileName,
            BatchPool pool,
            int batchLength,
            EngineSettings settings,
            HandOver handOver,
            Pause pause,
            LongSupplier nanoClock,
            BooleanSupplier abandoned,
            Runnable onFailure) {
        this.sink = sink;
        this.discards = sink == ResultSink.NONE;
        this.matcher = matcher;
        this.fileName = fileName;
        this.pool = pool;
        this.batchLength = batchLength;
        this.ring = ring(settings.bufferSize(), batchLength);
        this.handOver = handOver;
        this.pause = pause;
        this.nanoClock = nanoClock;
        this.flushNanos = settings.flushInterval().toNanos();
        this.bufferSize = settings.bufferSize();
        this.onFailure = onFailure;
        this.abandoned = abandoned;
        this.hasRoom = () -> ring.hasRoom();
    }

    /** Waits for room as the policy says; false if the results are to be given up. The caller is the one thread passing on. */
    boolean awaitRoom() {
        if (discards) return true;
        return handOver.offer(hasRoom) != HandOver.Result.REFUSED;
    }

    /** Takes a batch after {@link #awaitRoom} with the number of results in it that are to be written. */
    void take(PacketBatch batch, int results) {
        if (results == 0 || discards) {
            pool.giveBack(batch);
            return;
        }
        accepted += results;
        if (!ring.offer(batch)) pool.giveBack(batch); // given up waiting: counted as accepted and never written
    }

    /** Takes a rest, which comes behind all results so far, however long that takes. */
    void take(PacketBatch batch, Rest rest) {
        if (discards) {
            rest(rest);
            return;
        }
        while (!ring.offer(batch)) {
            if (abandoned.getAsBoolean()) {
                rest.end();
                return;
            }
            pause.nanos(IDLE_NANOS);
        }
    }

    private void rest(Rest rest) {
        try {
            if (!discards) flush();
            if (failure.isEmpty()) rest.run();
        } catch (IOException | RuntimeException e) { // the edge of this thread, as for a sink
            fail(e);
        } finally {
            rest.end();
        }
    }

    /** Changes how many results may wait; only at rest, when none does. */
    void change(EngineSettings settings) {
        handOver.policy(settings.policy());
        if (settings.bufferSize() == bufferSize) return;
        bufferSize = settings.bufferSize();
        ring = ring(bufferSize, batchLength);
    }

    private static SpscRing<PacketBatch> ring(int bufferSize, int batchLength) {
        return new SpscRing<>(Math.max(1, bufferSize / batchLength));
    }

    void endInput() {
        inputEnded = true;
    }

    /** What the writing thread does until the input ends and everything is written. */
    void run() {
        flushed = nanoClock.getAsLong();
        int idle = 0;
        while (true) {
            boolean ended = inputEnded; // before looking: nothing is taken once it is set
            SpscRing<PacketBatch> ring = this.ring; // a rest may put another in its place
            if (ring.drain(write, 1) > 0) {
                idle = 0;
                if (unflushed && nanoClock.getAsLong() - flushed >= flushNanos) flush();
            } else if (ended) {
                break;
            } else if (idle < SPINS) {
                idle++;
                pause.spin();
            } else {
                if (unflushed && nanoClock.getAsLong() - flushed >= Math.min(IDLE_FLUSH_NANOS, flushNanos)) flush();
                if (idle < LONG_IDLE) idle++;
                pause.nanos(idle < LONG_IDLE ? IDLE_NANOS : LONG_IDLE_NANOS);
            }
        }
        close();
    }

    private void write(PacketBatch batch) {
        if (batch.rest != null) {
            rest(batch.rest);
            return;
        }
        try {
            if (failure.isEmpty()) {
                for (int i = 0; i < batch.length(); i++) {
                    if (!batch.isPaired(i)) continue;
                    matcher.read(batch, i, fileName, pair);
                    sink.write(pair);
                }
                unflushed = true;
            }
        } catch (IOException | RuntimeException e) { // the edge of this thread: whatever a sink throws ends the run
            fail(e);
        }
        pool.giveBack(batch);
    }

    private void flush() {
        try {
            if (failure.isEmpty()) sink.flush();
        } catch (IOException | RuntimeException e) {
            fail(e);
        }
        unflushed = false;
        flushed = nanoClock.getAsLong();
    }

    private void close() {
        try {
            sink.close();
        } catch (IOException | RuntimeException e) {
            fail(e);
        }
        closed = true;
    }

    private void fail(Throwable cause) {
        if (failure.isEmpty()) failure = Optional.of(cause);
        onFailure.run();
    }

    boolean hasThread() {
        return !discards;
    }

    Optional<Throwable> failure() {
        return failure;
    }

    long written() {
        return sink.written();
    }

    /** Results that were taken and not written: what is still on the way, while the engine runs. */
    long unwritten() {
        return accepted - sink.written();
    }

    boolean isClosed() {
        return discards || closed;
    }

    EngineStatistics.Queue statistics() {
        SpscRing<PacketBatch> ring = this.ring;
        int bufferSize = this.bufferSize;
        return new EngineStatistics.Queue(
                Math.min(bufferSize, (long) ring.length() * bufferSize / ring.capacity()),
                bufferSize,
                handOver.waits());
    }
}
