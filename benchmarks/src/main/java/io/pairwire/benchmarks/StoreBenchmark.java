package io.pairwire.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Ten million packets that wait, in sixteen tables: putting them there and taking them out again, as the engine
 * calls it: in batches of 128 whose places are touched first. One operation is one packet, with the making of its key.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms3g", "-Xmx3g", "-XX:+UseSerialGC", "-XX:+AlwaysPreTouch"})
@Warmup(iterations = 3)
@Measurement(iterations = 7)
public class StoreBenchmark {
    static final int ENTRIES = 10_000_000;

    /** An empty store. */
    @State(Scope.Thread)
    public static class Empty {
        private StoreFilling store = new StoreFilling(0);

        @Setup(Level.Iteration)
        public void make() {
            store = new StoreFilling(ENTRIES);
            System.gc();
        }
    }

    /** A full store. */
    @State(Scope.Thread)
    public static class Full {
        private StoreFilling store = new StoreFilling(0);

        @Setup(Level.Iteration)
        public void make() {
            store = new StoreFilling(ENTRIES);
            System.gc();
            store.insertAll();
        }
    }

    @Benchmark
    @OperationsPerInvocation(ENTRIES)
    public long insert(Empty empty) {
        return empty.store.insertAll();
    }

    /** All the numbers below {@link #ENTRIES}, far from their order. */
    @State(Scope.Thread)
    public static class Shuffled {
        private final int[] order = new int[ENTRIES];

        public Shuffled() {
            for (int i = 0; i < ENTRIES; i++) order[i] = (int) (i * 6_700_417L % ENTRIES);
        }
    }

    /** In the order in which they came, as answers mostly do. */
    @Benchmark
    @OperationsPerInvocation(ENTRIES)
    public long retrieve(Full full) {
        return full.store.retrieveAll();
    }

    /** The unkind case: no answer is near the one before. */
    @Benchmark
    @OperationsPerInvocation(ENTRIES)
    public long retrieveShuffled(Full full, Shuffled shuffled) {
        return full.store.retrieveAll(shuffled.order);
    }
}
