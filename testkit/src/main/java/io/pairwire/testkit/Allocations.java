package io.pairwire.testkit;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Measures how many bytes of heap the current thread allocates: the gate for code that must not allocate. */
public final class Allocations {
    /** Calls after which the compilers are done with a small body in a JVM that runs with {@code -Xbatch}. */
    public static final int WARM_UP_CALLS = 30_000;

    private static final int ROUNDS = 20;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Allocations() {}

    /** Bytes a call of {@code body}, averaged over {@code calls}, after {@link #WARM_UP_CALLS}. */
    public static double bytesPerCall(Runnable body, int calls) {
        return bytesPerCall(body, WARM_UP_CALLS, calls);
    }

    /**
     * Bytes a call of {@code body}, averaged over {@code calls}: the least of up to {@value #ROUNDS} rounds of that many calls,
     * exactly 0 only if there was a round in which no call allocated.
     *
     * <p>Escape analysis works in compiled code alone, so {@code body} is called {@code warmUpCalls} times first; a body
     * that loops itself needs fewer. The least of several rounds, since the JVM itself allocates a few bytes on the
     * thread when it replaces running code. Allocations of other threads do not count.
     */
    public static double bytesPerCall(Runnable body, int warmUpCalls, int calls) {
        if (calls < 1) throw new IllegalArgumentException("calls is below 1: " + calls);
        repeat(body, warmUpCalls);
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS && least > 0; round++) {
            least = Math.min(least, bytesOf(() -> repeat(body, calls)));
        }
        return (double) least / calls;
    }

    /** Bytes that one call of {@code body} allocates now, without warm-up. */
    public static long bytesOf(Runnable body) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        body.run();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    private static void repeat(Runnable body, int calls) {
        for (int i = 0; i < calls; i++) body.run();
    }
}
