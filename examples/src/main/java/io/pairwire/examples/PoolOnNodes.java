package io.pairwire.examples;

import io.pairwire.live.NodePools;
import io.pairwire.memory.MpscRing;
import io.pairwire.memory.pool.PacketBuffer;
import io.pairwire.memory.pool.PacketPool;
import io.pairwire.memory.pool.PoolSettings;
import io.pairwire.platform.Affinity;
import io.pairwire.platform.numa.Pages;
import io.pairwire.platform.numa.Placement;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A pool on each NUMA node. Every thread is kept on a processor and takes buffers that lie next to it; another thread gives them back,
 * each to the pool it is from. Says where the memory lies. Needs Linux and {@code --enable-native-access=ALL-UNNAMED}.
 */
public final class PoolOnNodes {
    private static final int MOST_THREADS = 4;
    private static final int BUFFERS = 10_000;

    private PoolOnNodes() {}

    /** @param arguments none */
    public static void main(String... arguments) throws Exception {
        var wanted = Placement.DEFAULT.withPages(Pages.TRANSPARENT).withPrefault(true);
        var ring = new MpscRing<PacketBuffer>(1_024);
        int[] cpus = Affinity.get().stream().limit(MOST_THREADS).toArray();
        try (var pools = NodePools.here(PoolSettings.of(2_000, 20_000, 2048), wanted, System.err::println);
                var threads = Executors.newFixedThreadPool(cpus.length)) {
            var ends = new ArrayList<Future<?>>();
            for (int cpu : cpus) ends.add(threads.submit(() -> fill(pools, cpu, ring)));
            while (!ends.stream().allMatch(Future::isDone) || ring.length() > 0) ring.drain(PacketBuffer::release, 64);
            for (Future<?> end : ends) end.get();
            for (int node : pools.nodes()) {
                var statistics = pools.on(node).statistics();
                System.out.println("node " + node + ": " + statistics.allocations() + " allocated, "
                        + statistics.inUse() + " in use, " + statistics.source());
            }
        }
    }

    private static Void fill(NodePools pools, int cpu, MpscRing<PacketBuffer> ring) throws Exception {
        Affinity.pin(cpu);
        PacketPool near = pools.here(); // asked once: the thread stays
        for (int i = 0; i < BUFFERS; i++) {
            PacketBuffer buffer = near.allocate(1_500).ingressPort(cpu);
            while (!ring.offer(buffer)) Thread.onSpinWait();
        }
        return null;
    }
}
