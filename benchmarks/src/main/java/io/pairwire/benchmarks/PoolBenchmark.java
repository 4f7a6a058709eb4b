package io.pairwire.benchmarks;

import io.pairwire.memory.pool.LocalPool;
import io.pairwire.memory.pool.PacketBuffer;
import io.pairwire.memory.pool.PacketPool;
import io.pairwire.memory.pool.PoolSettings;
import io.pairwire.memory.pool.Tracing;
import java.lang.invoke.VarHandle;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Allocating and releasing buffers of 2048 bytes, by one thread at usual priority; {@link PoolPeersBenchmark} does the same
 * with others.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 10, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 51, time = 30, timeUnit = TimeUnit.MILLISECONDS)
public class PoolBenchmark {
    static final int LENGTH = 2048;
    static final int BATCH = 32;
    static final int TURNS = 32;

    /** So many buffers of 2048 bytes do not fit into the cache of any processor of today. */
    private static final int WIDE = 262_144;

    /** A pool and one thread's door to it. */
    public abstract static class Door {
        final int[] handles = new int[BATCH];
        PacketPool pool;
        LocalPool local;

        abstract PacketPool make();

        /** Each benchmark opens its own pool alone, so that none learns from another. */
        @Setup
        public void open() {
            pool = make();
            local = pool.newLocal();
        }

        /** Who misses a buffer measured something else. */
        @TearDown
        public void close() {
            if (pool.outstanding() != 0) throw new IllegalStateException(pool.outstanding() + " buffers are missing");
            pool.close();
        }
    }

    private static PoolSettings settings() {
        return PoolSettings.of(5_120, 5_120, LENGTH).withStatistics(false);
    }

    /** With metadata, without statistics. */
    @State(Scope.Thread)
    public static class Usual extends Door {
        @Override
        PacketPool make() {
            return new PacketPool(settings());
        }
    }

    /** With counters and events. */
    @State(Scope.Thread)
    public static class Traced extends Door {
        @Override
        PacketPool make() {
            var made = new PacketPool(settings().withStatistics(true));
            made.trace(Tracing.EVENTS);
            return made;
        }
    }

    /** With handles alone. */
    @State(Scope.Thread)
    public static class Bare extends Door {
        @Override
        PacketPool make() {
            return new PacketPool(settings().withMetadata(false));
        }
    }

    /** All handles of a large pool in random order, in use. */
    @State(Scope.Thread)
    public static class Wide extends Door {
        final int[] shuffled = new int[WIDE];
        int next;

        @Override
        PacketPool make() {
            return new PacketPool(PoolSettings.of(WIDE, WIDE, 64).withStatistics(false));
        }

        @Override
        public void open() {
            super.open();
            local.allocate(64, shuffled, 0, WIDE);
            var random = new Random(1);
            for (int i = WIDE - 1; i > 0; i--) {
                int other = random.nextInt(i + 1);
                int handle = shuffled[i];
                shuffled[i] = shuffled[other];
                shuffled[other] = handle;
            }
        }

        @Override
        public void close() {
            local.release(shuffled, 0, WIDE);
            super.close();
        }
    }

    /** Keeps the compiler from folding a release into its allocation; free on x86. */
    static void between() {
        VarHandle.acquireFence();
        VarHandle.releaseFence();
    }

    private static void singles(LocalPool local, int[] handles) {
        for (int i = 0; i < BATCH; i++) handles[i] = local.allocate(LENGTH);
        between();
        for (int i = 0; i < BATCH; i++) local.release(handles[i]);
    }

    /** 32 one by one, then 32 releases: the honest headline. */
    @Benchmark
    @OperationsPerInvocation(BATCH * TURNS)
    public void singles32(Usual on) {
        for (int turn = 0; turn < TURNS; turn++) singles(on.local, on.handles);
    }

    /** The same with counters, and both events of each buffer written down. */
    @Benchmark
    @OperationsPerInvocation(BATCH * TURNS)
    public void singles32StatisticsTrace(Traced on) {
        for (int turn = 0; turn < TURNS; turn++) singles(on.local, on.handles);
    }

    /** The same with handles alone. */
    @Benchmark
    @OperationsPerInvocation(BATCH * TURNS)
    public void singles32WithoutMetadata(Bare on) {
        for (int turn = 0; turn < TURNS; turn++) singles(on.local, on.handles);
    }

    /** The same with metadata written, which then have to be reset. */
    @Benchmark
    @OperationsPerInvocation(BATCH * TURNS)
    public void singles32MetadataWritten(Usual on) {
        LocalPool local = on.local;
        int[] handles = on.handles;
        for (int turn = 0; turn < TURNS; turn++) {
            for (int i = 0; i < BATCH; i++) {
                PacketBuffer buffer =
                        local.allocateBuffer(LENGTH).ingressPort(3).epochNanos(turn);
                handles[i] = buffer.handle();
            }
            between();
            for (int i = 0; i < BATCH; i++) local.release(handles[i]);
        }
    }

    /** 32 at once. */
    @Benchmark
    @OperationsPerInvocation(BATCH * TURNS)
    public void bulk32(Usual on) {
        LocalPool local = on.local;
        int[] handles = on.handles;
        for (int turn = 0; turn < TURNS; turn++) {
            local.allocate(LENGTH, handles, 0, BATCH);
            between();
            local.release(handles, 0, BATCH);
        }
    }

    /** One buffer again and again: as long as it takes from one end to the other, nothing overlaps. */
    @Benchmark
    @OperationsPerInvocation(BATCH * TURNS)
    public void pair(Usual on) {
        LocalPool local = on.local;
        for (int turn = 0; turn < TURNS * BATCH; turn++) {
            int handle = local.allocate(LENGTH);
            between();
            local.release(handle);
        }
    }

    /** The same by {@code pool.allocate()} and {@code buffer.release()}. */
    @Benchmark
    @OperationsPerInvocation(BATCH * TURNS)
    public void plainApi(Usual on) {
        PacketPool pool = on.pool;
        for (int turn = 0; turn < TURNS * BATCH; turn++) {
            PacketBuffer buffer = pool.allocate(LENGTH);
            between();
            buffer.release();
        }
    }

    /** Each buffer is one not used for long, its view far from the one before in the heap, and in no cache any more. */
    @Benchmark
    @OperationsPerInvocation(BATCH * TURNS)
    public void farApart(Wide on) {
        LocalPool local = on.local;
        int[] shuffled = on.shuffled;
        for (int turn = 0; turn < TURNS; turn++) {
            local.release(shuffled, on.next, BATCH);
            between();
            local.allocate(64, shuffled, on.next, BATCH);
            on.next = on.next + BATCH & WIDE - 1;
        }
    }
}
