package io.pairwire.benchmarks;

import io.pairwire.memory.SpscRing;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Group;
import org.openjdk.jmh.annotations.GroupThreads;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Control;

/** One batch from one thread to another, both spinning; needs two idle cores. */
@State(Scope.Group)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RingBenchmark {
    private static final int BATCHES = 78; // what 10,000 packets make in batches of 128

    private final SpscRing<Object> ring = new SpscRing<>(BATCHES);
    private final Object batch = new Object();
    private long taken;
    private final Consumer<Object> taker = _ -> taken++;

    @Benchmark
    @Group("handOver")
    @GroupThreads(1)
    public void offer(Control control) {
        while (!ring.offer(batch) && !control.stopMeasurement) Thread.onSpinWait();
    }

    @Benchmark
    @Group("handOver")
    @GroupThreads(1)
    public long drain(Control control) {
        long before = taken;
        ring.drain(taker, 1);
        while (taken == before && !control.stopMeasurement) {
            Thread.onSpinWait();
            ring.drain(taker, 1);
        }
        return taken;
    }
}
