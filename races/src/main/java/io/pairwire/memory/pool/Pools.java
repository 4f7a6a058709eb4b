package io.pairwire.memory.pool;

/** Pools as small as they can be, for there is a new one for each race. */
final class Pools {
    private static final MemorySource HEAP = MemorySource.heap();

    private Pools() {}

    static PacketPool ofOne(boolean metadata) {
        return new PacketPool(
                PoolSettings.of(1, 1, 64).withCache(1).withMetadata(metadata).withSource(HEAP));
    }

    /** Handles that are to be had, each once: more than buffers if one was in two caches. */
    static int drain(LocalPool... locals) {
        int count = 0;
        for (LocalPool local : locals) {
            while (local.allocate(1) != PacketPool.NONE) count++;
        }
        return count;
    }
}
