package io.pairwire.engine.analyse;

import io.pairwire.capture.Packet;
import io.pairwire.decode.Layers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * All conversations of IP and what lies above, split into shards of which each keeps its own. The split depends on their ends
 * and the memory limit alone, so neither an answer nor the memory it takes depends on the number of threads. One thread adds.
 */
final class TalkShards implements AutoCloseable {
    private static final int SHARDS_LOG = 2;

    /** With less memory than this there is one shard. */
    private static final long WORTH_SPLITTING = 32 << 20;

    private final long seed;
    private final int shift;
    private final List<TalkCounter> shards = new ArrayList<>();
    private final List<TalkOwner> owners = new ArrayList<>();
    private final TalkOwner[] ownerOf;
    private final TalkBatch one = new TalkBatch();
    private long order;

    /**
     * @param threads that count while the calling thread reads; 0 to count in it
     */
    TalkShards(AnalyzerSettings settings, long seed, int threads) {
        this.seed = seed;
        long limit = settings.memoryLimitBytes();
        int log = limit < WORTH_SPLITTING ? 0 : SHARDS_LOG;
        int count = 1 << log;
        shift = Long.SIZE - log;
        long share = limit / 4 * 3 / count;
        boolean judges = settings.judgesSegments();
        for (int i = 0; i < count; i++) {
            var workspace = new Workspace(limit, settings.temporaryFolder());
            shards.add(new TalkCounter(
                    workspace, share, seed, judges, settings.interval().toNanos()));
        }
        int used = Math.clamp(threads, 1, count);
        for (int i = 0; i < used; i++) owners.add(new TalkOwner(this, i, threads > 0));
        ownerOf = new TalkOwner[count];
        for (int i = 0; i < count; i++) ownerOf[i] = owners.get(i % used);
    }

    /** The shard of a packet of a batch. */
    TalkCounter shard(TalkBatch batch, int i) {
        return shards.get(place(batch, i));
    }

    private int place(TalkBatch batch, int i) {
        return shift == Long.SIZE ? 0 : (int) (batch.spread(i) >>> shift);
    }

    /**
     * Counts an IP packet, now or soon.
     *
     * @param kind as in {@link TalkCounter}
     * @param marks as in {@link TalkBatch}
     * @throws java.io.UncheckedIOException if a temporary file cannot be written, for this packet or an earlier one
     */
    void add(Packet packet, Layers ip, int kind, int marks) {
        if (owners.size() == 1) {
            TalkOwner owner = owners.getFirst();
            owner.batch().add(packet, ip, kind, marks, ++order, seed);
            owner.added();
            return;
        }
        one.clear();
        one.add(packet, ip, kind, marks, ++order, seed);
        TalkOwner owner = ownerOf[place(one, 0)];
        owner.batch().copy(one);
        owner.added();
    }

    /** Waits until everything that was added is counted; until the next {@link #add} the shards may be looked at. */
    List<TalkCounter> rest() {
        for (TalkOwner owner : owners) owner.rest();
        return shards;
    }

    /** The most native memory of all shards, bytes. */
    long peakBytes() {
        return shards.stream().mapToLong(shard -> shard.workspace().peakBytes()).sum();
    }

    /** What the shards wrote to temporary files, bytes. */
    long spilledBytes() {
        return shards.stream()
                .mapToLong(shard -> shard.workspace().spilledBytes())
                .sum();
    }

    @Override
    public void close() throws IOException {
        for (TalkOwner owner : owners) owner.close();
        IOException failure = null;
        for (TalkCounter shard : shards) {
            try {
                shard.close();
            } catch (IOException e) {
                if (failure == null) failure = e;
                else failure.addSuppressed(e);
            }
        }
        if (failure != null) throw failure;
    }
}
