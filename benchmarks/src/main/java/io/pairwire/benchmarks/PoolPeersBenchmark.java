package io.pairwire.benchmarks;

import io.netty.buffer.AdaptiveByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.TimeUnit;
import org.jctools.queues.MpmcArrayQueue;
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
 * What {@link PoolBenchmark} does, 32 buffers of 2048 bytes one by one and then 32 releases, with other ways to come by memory:
 * Netty's two allocators at their best (caches for all threads, leak detection off), a queue of segments, the JDK's arenas, malloc.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {
            "-Dio.netty.leakDetection.level=disabled",
            "-Dio.netty.allocator.useCacheForAllThreads=true",
            "--enable-native-access=ALL-UNNAMED"
        })
@Warmup(iterations = 10, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 51, time = 30, timeUnit = TimeUnit.MILLISECONDS)
public class PoolPeersBenchmark {
    private static final int LENGTH = PoolBenchmark.LENGTH;
    private static final int BATCH = PoolBenchmark.BATCH;
    private static final int TURNS = PoolBenchmark.TURNS;
    private static final int QUEUED = 4_096;
    private static final Linker LINKER = Linker.nativeLinker();
    private static final MethodHandle MALLOC =
            function("malloc", FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_LONG));
    private static final MethodHandle FREE = function("free", FunctionDescriptor.ofVoid(ValueLayout.ADDRESS));

    private final ByteBufAllocator adaptive = new AdaptiveByteBufAllocator(true, true);
    private final ByteBufAllocator pooled = new PooledByteBufAllocator(true);
    private final ByteBuf[] buffers = new ByteBuf[BATCH];
    private final MpmcArrayQueue<MemorySegment> queue = new MpmcArrayQueue<>(QUEUED);
    private final MemorySegment[] memories = new MemorySegment[BATCH];

    /** Fills the queue. */
    public PoolPeersBenchmark() {
        MemorySegment all = Arena.ofAuto().allocate((long) QUEUED * LENGTH, 64);
        for (long i = 0; i < QUEUED; i++) queue.offer(all.asSlice(i * LENGTH, LENGTH));
    }

    @SuppressWarnings("restricted") // malloc and free take and give what they say
    private static MethodHandle function(String name, FunctionDescriptor descriptor) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().find(name).orElseThrow(), descriptor, Linker.Option.critical(false));
    }

    private void singles(ByteBufAllocator from) {
        for (int turn = 0; turn < TURNS; turn++) {
            for (int i = 0; i < BATCH; i++) buffers[i] = from.directBuffer(LENGTH, LENGTH);
            PoolBenchmark.between();
            for (int i = 0; i < BATCH; i++) buffers[i].release();
        }
    }

    @Benchmark
    @OperationsPerInvocation(PoolBenchmark.BATCH * PoolBenchmark.TURNS)
    public void nettyAdaptive() {
        singles(adaptive);
    }

    @Benchmark
    @OperationsPerInvocation(PoolBenchmark.BATCH * PoolBenchmark.TURNS)
    public void nettyPooled() {
        singles(pooled);
    }

    @Benchmark
    @OperationsPerInvocation(PoolBenchmark.BATCH * PoolBenchmark.TURNS)
    public void jctoolsMpmcOfSegments() {
        for (int turn = 0; turn < TURNS; turn++) {
            for (int i = 0; i < BATCH; i++) memories[i] = queue.poll();
            PoolBenchmark.between();
            for (int i = 0; i < BATCH; i++) queue.offer(memories[i]);
        }
    }

    /** An arena of its own for each buffer, for it is the arena that is released. */
    @Benchmark
    @OperationsPerInvocation(PoolBenchmark.BATCH * PoolBenchmark.TURNS)
    public void arenaAllocate() {
        for (int turn = 0; turn < TURNS * BATCH; turn++) {
            try (Arena arena = Arena.ofConfined()) {
                memories[turn & BATCH - 1] = arena.allocate(LENGTH);
            }
        }
    }

    @Benchmark
    @OperationsPerInvocation(PoolBenchmark.BATCH * PoolBenchmark.TURNS)
    public void malloc() throws Throwable {
        for (int turn = 0; turn < TURNS; turn++) {
            for (int i = 0; i < BATCH; i++) memories[i] = (MemorySegment) MALLOC.invokeExact((long) LENGTH);
            for (int i = 0; i < BATCH; i++) FREE.invokeExact(memories[i]);
        }
    }
}
