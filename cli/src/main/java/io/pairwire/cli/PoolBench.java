package io.pairwire.cli;

import io.pairwire.memory.SpscRing;
import io.pairwire.memory.WaitStrategy;
import io.pairwire.memory.pool.LocalPool;
import io.pairwire.memory.pool.MemorySource;
import io.pairwire.memory.pool.PacketPool;
import io.pairwire.memory.pool.PoolSettings;
import io.pairwire.memory.pool.Tracing;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Arrays;

/** Small timed loops around a pool; a quick look. The JMH benchmarks are what is quoted. */
final class PoolBench {
    private static final int LENGTH = 2048;
    private static final int BATCH = 32;
    private static final int CROSSING = 4096;
    private static final int PART = 64;
    private static final int SLICES = 501;

    /** Where others want the processors too, who waits lets them. */
    private static final WaitStrategy WAIT = new WaitStrategy.Yield();

    /** The cases, by the names that {@code --json} gives them. */
    enum Case {
        PAIR("pair"),
        SINGLES("singles32"),
        SINGLES_TRACED("singles32-stats-trace"),
        BULK("bulk32"),
        CROSS_THREAD("cross-thread-4096"),
        PLAIN("plain-api");

        private final String text;

        Case(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    /** Nanoseconds a pair in {@value #SLICES} slices: a tenth of them took at most {@code tenth}, half, nine tenths. */
    record Times(double tenth, double median, double ninetieth) {
        static Times of(double[] slices) {
            double[] sorted = slices.clone();
            Arrays.sort(sorted);
            return new Times(sorted[sorted.length / 10], sorted[sorted.length / 2], sorted[sorted.length * 9 / 10]);
        }
    }

    private PoolBench() {}

    /** {@value #SLICES} slices after a warm-up of the same time. */
    static Times nanosPerPair(Case which, long nanos, MemorySource source) throws InterruptedException {
        PoolSettings settings = PoolSettings.of(CROSSING + 1_024, CROSSING + 1_024, LENGTH)
                .withStatistics(which == Case.SINGLES_TRACED)
                .withSource(source);
        try (var pool = new PacketPool(settings)) {
            if (which == Case.SINGLES_TRACED) pool.trace(Tracing.EVENTS);
            if (which == Case.CROSS_THREAD) return crossThread(pool, nanos);
            LocalPool local = pool.local();
            int[] handles = new int[BATCH];
            local.allocate(LENGTH, handles, 0, BATCH); // so that the first of those timed finds all in place
            local.release(handles, 0, BATCH);
            slice(which, pool, local, handles, nanos / 2);
            double[] slices = new double[SLICES];
            for (int i = 0; i < SLICES; i++) slices[i] = slice(which, pool, local, handles, nanos / 2 / SLICES);
            return Times.of(slices);
        }
    }

    private static double slice(Case which, PacketPool pool, LocalPool local, int[] handles, long nanos) {
        long start = System.nanoTime();
        long rounds = 0;
        long passed;
        do {
            for (int i = 0; i < BATCH; i++) round(which, pool, local, handles);
            rounds += BATCH;
            passed = System.nanoTime() - start;
        } while (passed < nanos);
        return (double) passed / rounds / BATCH;
    }

    /** {@value #BATCH} pairs. */
    private static void round(Case which, PacketPool pool, LocalPool local, int[] handles) {
        switch (which) {
            case PAIR -> pairs(local);
            case PLAIN -> plainPairs(pool);
            case BULK -> bulk(local, handles);
            case SINGLES_TRACED -> singlesTraced(local, handles);
            default -> singles(local, handles);
        }
    }

    // A method for each, even where two are the same, so that the compiler learns of one case alone.

    private static void pairs(LocalPool local) {
        for (int i = 0; i < BATCH; i++) {
            int handle = local.allocate(LENGTH);
            between();
            local.release(handle);
        }
    }

    private static void plainPairs(PacketPool pool) {
        for (int i = 0; i < BATCH; i++) {
            var buffer = pool.allocate(LENGTH);
            between();
            buffer.release();
        }
    }

    private static void bulk(LocalPool local, int[] handles) {
        local.allocate(LENGTH, handles, 0, BATCH);
        between();
        local.release(handles, 0, BATCH);
    }

    private static void singles(LocalPool local, int[] handles) {
        for (int i = 0; i < BATCH; i++) handles[i] = local.allocate(LENGTH);
        between();
        for (int i = 0; i < BATCH; i++) local.release(handles[i]);
    }

    private static void singlesTraced(LocalPool local, int[] handles) {
        for (int i = 0; i < BATCH; i++) handles[i] = local.allocate(LENGTH);
        between();
        for (int i = 0; i < BATCH; i++) local.release(handles[i]);
    }

    /** Keeps the compiler from folding a release into its allocation; free on x86. */
    private static void between() {
        VarHandle.acquireFence();
        VarHandle.releaseFence();
    }

    private static Times crossThread(PacketPool pool, long nanos) throws InterruptedException {
        var there = new SpscRing<int[]>(CROSSING / PART);
        var back = new SpscRing<int[]>(CROSSING / PART);
        for (int i = 0; i < CROSSING / PART; i++) back.offer(new int[PART]);
        var releasing = Thread.ofPlatform().daemon().start(() -> {
            LocalPool local = pool.local();
            long round = 0;
            while (!Thread.currentThread().isInterrupted()) {
                int taken = there.drain(
                        part -> {
                            local.release(part, 0, PART);
                            offer(back, part);
                        },
                        CROSSING / PART);
                round = taken == 0 ? round + 1 : 0;
                if (taken == 0) WAIT.idle(round);
            }
        });
        LocalPool local = pool.local();
        cross(local, there, back, nanos / 2);
        double[] slices = new double[SLICES];
        for (int i = 0; i < SLICES; i++) slices[i] = cross(local, there, back, nanos / 2 / SLICES);
        for (long round = 0; back.length() < CROSSING / PART; round++) WAIT.idle(round);
        releasing.interrupt();
        releasing.join();
        return Times.of(slices);
    }

    /** A ring may look full while the other side is still draining it: what was taken counts until the drain ends. */
    private static void offer(SpscRing<int[]> ring, int[] part) {
        for (long round = 0; !ring.offer(part); round++) WAIT.idle(round);
    }

    private static double cross(LocalPool local, SpscRing<int[]> there, SpscRing<int[]> back, long nanos) {
        var parts = new ArrayList<int[]>();
        long start = System.nanoTime();
        long moved = 0;
        long round = 0;
        long passed;
        do {
            back.drain(parts::add, CROSSING / PART);
            for (int[] part : parts) {
                if (local.allocate(LENGTH, part, 0, PART) < PART) throw new IllegalStateException("pool exhausted");
                offer(there, part);
                moved += PART;
            }
            round = parts.isEmpty() ? round + 1 : 0;
            if (parts.isEmpty()) WAIT.idle(round);
            parts.clear();
            passed = System.nanoTime() - start;
        } while (passed < nanos || moved == 0);
        return (double) passed / moved;
    }
}
