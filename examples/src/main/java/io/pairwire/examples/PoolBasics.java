package io.pairwire.examples;

import io.pairwire.memory.pool.PacketBuffer;
import io.pairwire.memory.pool.PacketPool;
import io.pairwire.memory.pool.PoolSettings;

/**
 * Buffers from a pool: allocate, write, note what is known of the packet, release; and what the pool says afterwards.
 *
 * <p>Prints {@code 0x0800 on port 3}, then {@code 1 allocated, 1 released, 0 in use}.
 */
public final class PoolBasics {
    private PoolBasics() {}

    /** @param arguments none */
    public static void main(String... arguments) {
        try (var pool = new PacketPool(PoolSettings.of(100, 1_000, 256, 2048))) {
            PacketBuffer buffer = pool.allocate(1500).ingressPort(3);
            if (buffer.isNone()) throw new IllegalStateException("all buffers are in use");
            buffer.putU16(12, 0x0800);
            System.out.printf("0x%04x on port %d%n", buffer.u16(12), buffer.ingressPort());
            buffer.release();

            var statistics = pool.statistics();
            System.out.println(statistics.allocations() + " allocated, " + statistics.releases() + " released, "
                    + statistics.inUse() + " in use");
        }
    }
}
