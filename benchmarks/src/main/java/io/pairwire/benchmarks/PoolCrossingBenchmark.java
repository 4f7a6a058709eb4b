package io.pairwire.benchmarks;

import io.pairwire.memory.SpscRing;
import io.pairwire.memory.pool.LocalPool;
import io.pairwire.memory.pool.PacketPool;
import io.pairwire.memory.pool.PoolSettings;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Group;
import org.openjdk.jmh.annotations.GroupThreads;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Control;

/**
 * Buffers that one thread allocates and another one releases, 64 handles in a batch; needs two idle cores. And the batches
 * alone, without buffers: what a ring takes to hand over 64 items.
 */
@State(Scope.Group)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 7, time = 1)
public class PoolCrossingBenchmark {
    static final int PART = 64;

    @Param({"4096", "65536"})
    private int buffers;

    private PacketPool pool;
    private LocalPool here;
    private LocalPool there;
    private SpscRing<int[]> full;
    private SpscRing<int[]> empty;
    private int[] taken;
    private long parts;
    private final Consumer<int[]> takeEmpty = part -> taken = part;
    private Consumer<int[]> releaseFull;
    private Consumer<int[]> giveBack;

    /** As many batches as there are buffers for. */
    @Setup
    public void open() {
        pool = new PacketPool(
                PoolSettings.of(buffers + 1_024, buffers + 1_024, 2_048).withStatistics(false));
        here = pool.newLocal();
        there = pool.newLocal();
        int all = buffers / PART;
        full = new SpscRing<>(all + 1);
        empty = new SpscRing<>(all + 1);
        for (int i = 0; i < all; i++) empty.offer(new int[PART]);
        releaseFull = part -> {
            there.release(part, 0, PART);
            empty.offer(part);
            parts++;
        };
        giveBack = part -> {
            empty.offer(part);
            parts++;
        };
    }

    /** Nothing may be missing, but what lies in the ring. */
    @TearDown
    public void close() {
        pool.close();
    }

    private int[] next(Control control) {
        taken = null;
        while (empty.drain(takeEmpty, 1) == 0 && !control.stopMeasurement) Thread.onSpinWait();
        return taken;
    }

    private void take(Consumer<int[]> how, Control control) {
        long before = parts;
        while (full.drain(how, 1) == 0 && !control.stopMeasurement) Thread.onSpinWait();
        if (parts < before) throw new IllegalStateException("batches went backwards");
    }

    @Benchmark
    @Group("crossThread")
    @GroupThreads(1)
    @OperationsPerInvocation(PART)
    public int[] allocate(Control control) {
        int[] part = next(control);
        if (part == null) return null;
        if (here.allocate(2_048, part, 0, PART) < PART) throw new IllegalStateException("the pool is exhausted");
        full.offer(part);
        return part;
    }

    @Benchmark
    @Group("crossThread")
    @GroupThreads(1)
    @OperationsPerInvocation(PART)
    public void release(Control control) {
        take(releaseFull, control);
    }

    @Benchmark
    @Group("batches64")
    @GroupThreads(1)
    @OperationsPerInvocation(PART)
    public int[] offer(Control control) {
        int[] part = next(control);
        if (part == null) return null;
        for (int i = 0; i < PART; i++) part[i] = i;
        full.offer(part);
        return part;
    }

    @Benchmark
    @Group("batches64")
    @GroupThreads(1)
    @OperationsPerInvocation(PART)
    public void drain(Control control) {
        take(giveBack, control);
    }
}
