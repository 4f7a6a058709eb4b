package io.pairwire.benchmarks;

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
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * From a hash to a place in a table: the mask of a power of two, the remainder of a division by a length that the compiler
 * does not know, and the upper half of a product. {@code …Chained} waits for each result before the next, as a lookup does
 * that has nothing else to do.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TableIndexBenchmark {
    private static final int HASHES = 1024;

    private final int[] hashes = new Random(1).ints(HASHES).toArray();
    private int slots = 1 << 17;
    private int prime = 131_071;

    @Benchmark
    @OperationsPerInvocation(HASHES)
    public int mask() {
        int mask = slots - 1;
        int sum = 0;
        for (int hash : hashes) sum += hash & mask;
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(HASHES)
    public int modulo() {
        int length = prime;
        int sum = 0;
        for (int hash : hashes) sum += Integer.remainderUnsigned(hash, length);
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(HASHES)
    public int product() {
        long length = prime;
        int sum = 0;
        for (int hash : hashes) sum += (int) (Integer.toUnsignedLong(hash) * length >>> 32);
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(HASHES)
    public int maskChained() {
        int mask = slots - 1;
        int at = 0;
        for (int hash : hashes) at = (hash ^ at) & mask;
        return at;
    }

    @Benchmark
    @OperationsPerInvocation(HASHES)
    public int moduloChained() {
        int length = prime;
        int at = 0;
        for (int hash : hashes) at = Integer.remainderUnsigned(hash ^ at, length);
        return at;
    }
}
