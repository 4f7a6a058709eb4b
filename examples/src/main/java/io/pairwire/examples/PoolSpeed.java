package io.pairwire.examples;

import io.pairwire.memory.pool.LocalPool;
import io.pairwire.memory.pool.PacketPool;
import io.pairwire.memory.pool.PoolSettings;

/**
 * How fast are batches of handles? A loop as a receiver has it: take 32 buffers, use them, give them back. For numbers to
 * quote, use the JMH benchmarks; this one shows the way to write such a loop.
 *
 * <p>{@code PoolSpeed 1000} runs a thousand milliseconds and prints {@code 32 at a time: … million buffers a second}.
 */
public final class PoolSpeed {
    private static final int BATCH = 32;
    private static final int ROUNDS = 1_000;

    private PoolSpeed() {}

    /** @param arguments milliseconds to run */
    public static void main(String... arguments) {
        long nanos = Long.parseLong(arguments[0]) * 1_000_000;
        try (var pool = new PacketPool(PoolSettings.of(1_000, 1_000, 2048));
                LocalPool local = pool.newLocal()) {
            int[] handles = new int[BATCH];
            long buffers = 0;
            long start = System.nanoTime();
            long passed;
            do {
                for (int i = 0; i < ROUNDS; i++) {
                    int got = local.allocate(1500, handles, 0, BATCH);
                    for (int each = 0; each < got; each++)
                        pool.buffer(handles[each]).flags(each);
                    local.release(handles, 0, got);
                    buffers += got;
                }
                passed = System.nanoTime() - start;
            } while (passed < nanos);
            System.out.printf("%d at a time: %.1f million buffers a second%n", BATCH, buffers * 1e3 / passed);
        }
    }
}
