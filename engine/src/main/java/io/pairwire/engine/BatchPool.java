package io.pairwire.engine;

/**
 * The batches that are free. Any thread may take and give back; a lock once a batch costs nothing that could be measured
 * per packet. Last in, first out, so that the batch taken is one the caches still know.
 */
final class BatchPool {
    private final PacketBatch[] free;
    private final long total;
    private int length;
    private long available;
    private long exhausted;

    /**
     * @param descriptors packet descriptors in all
     * @param batchLength descriptors a batch; the last one may have fewer
     * @param owners owners of shards
     * @param keepsEndpoints will anybody ask for endpoints?
     */
    BatchPool(int descriptors, int batchLength, int owners, boolean keepsEndpoints) {
        int batches = (descriptors + batchLength - 1) / batchLength;
        free = new PacketBatch[batches];
        int rest = descriptors;
        for (int i = batches - 1; i >= 0; i--) {
            free[batches - 1 - i] = new PacketBatch(i == 0 ? rest : batchLength, owners, keepsEndpoints);
            rest -= batchLength;
        }
        length = batches;
        total = descriptors;
        available = descriptors;
    }

    /** A batch, emptied; {@code none} if all are in use. */
    synchronized PacketBatch take(PacketBatch none) {
        if (length == 0) return none;
        PacketBatch batch = free[--length];
        available -= batch.capacity();
        batch.clear();
        return batch;
    }

    synchronized void giveBack(PacketBatch batch) {
        free[length++] = batch;
        available += batch.capacity();
    }

    synchronized void countExhausted() {
        exhausted++;
    }

    synchronized EngineStatistics.Pool statistics() {
        return new EngineStatistics.Pool(available, total, exhausted);
    }
}
