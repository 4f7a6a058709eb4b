package io.pairwire.engine.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.pairwire.capture.PacketSource;
import java.io.Closeable;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps results, those used last in memory and more of them on disk. Any thread may use it.
 *
 * <p>What is worked out is worked out once, however many threads ask for it at the same time. Nothing that goes wrong with the
 * part on disk is a failure of who asks: the cache goes on without it, and {@link #statistics} says why. Another process that
 * has the same folder open is such a reason.
 */
public final class ResultCache implements Closeable {
    /** Bytes that an entry takes besides its own. */
    static final int OVERHEAD = 128;

    private final InstantSource clock;
    private final long lifetimeMillis;
    private final long memoryBytes;
    private final Cache<CacheKey, Kept> memory;
    private final DiskTier disk;
    private final ConcurrentHashMap<CacheKey, Object> working = new ConcurrentHashMap<>();
    private final AtomicLong memoryHits = new AtomicLong();
    private final AtomicLong diskHits = new AtomicLong();
    private final AtomicLong misses = new AtomicLong();
    private final AtomicLong stored = new AtomicLong();
    private final AtomicLong evicted = new AtomicLong();
    private final AtomicLong expired = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();

    /** A result and when it was stored. */
    record Kept(byte[] bytes, long storedMillis) {}

    /** Works out a result. */
    @FunctionalInterface
    public interface Work {
        byte[] run() throws IOException;
    }

    /** @param clock for the age of results */
    public ResultCache(CacheSettings settings, InstantSource clock) {
        this.clock = clock;
        lifetimeMillis = settings.lifetime().toMillis();
        memoryBytes = settings.memoryBytes();
        memory = Caffeine.newBuilder()
                .maximumWeight(memoryBytes)
                .weigher((CacheKey _, Kept kept) -> weight(kept.bytes()))
                .executor(Runnable::run) // at once, and in no thread of its own
                .evictionListener((_, _, _) -> evicted.incrementAndGet())
                .build();
        disk = DiskTier.open(settings, lifetimeMillis);
    }

    private static int weight(byte[] bytes) {
        return (int) Math.min(Integer.MAX_VALUE, (long) bytes.length + OVERHEAD);
    }

    /** The result of that key, if there is one that is not too old. Its bytes are not to be changed. */
    public Optional<byte[]> find(CacheKey key) {
        long now = clock.millis();
        Kept there = memory.getIfPresent(key);
        if (there != null) {
            if (!isTooOld(there, now)) {
                memoryHits.incrementAndGet();
                return Optional.of(there.bytes());
            }
            memory.invalidate(key);
            expired.incrementAndGet();
        }
        Optional<Kept> found = disk.find(key, now);
        if (found.isEmpty()) {
            misses.incrementAndGet();
            return Optional.empty();
        }
        diskHits.incrementAndGet();
        if (weight(found.get().bytes()) <= memoryBytes) memory.put(key, found.get());
        return Optional.of(found.get().bytes());
    }

    private boolean isTooOld(Kept kept, long now) {
        return now - kept.storedMillis() >= lifetimeMillis;
    }

    /** Keeps a result, if there is room for one of its length. */
    public void store(CacheKey key, byte[] result) {
        var kept = new Kept(result.clone(), clock.millis());
        boolean inMemory = weight(result) <= memoryBytes;
        if (inMemory) memory.put(key, kept);
        boolean onDisk = disk.store(key, kept);
        if (inMemory || onDisk) stored.incrementAndGet();
        else refused.incrementAndGet();
    }

    /** The result of that key, worked out if there is none. */
    public byte[] cached(CacheKey key, Work work) throws IOException {
        Optional<byte[]> found = find(key);
        if (found.isPresent()) return found.get();
        Object mine = new Object();
        synchronized (mine) {
            Object other = working.putIfAbsent(key, mine);
            if (other == null) return work(key, work);
            return awaited(key, other, work);
        }
    }

    private byte[] work(CacheKey key, Work work) throws IOException {
        try {
            byte[] result = work.run();
            store(key, result);
            return result;
        } finally {
            working.remove(key);
        }
    }

    /** Waits for who works on it already; does it itself if nothing came of that. */
    private byte[] awaited(CacheKey key, Object other, Work work) throws IOException {
        synchronized (other) {
            Optional<byte[]> found = find(key);
            if (found.isPresent()) return found.get();
            byte[] result = work.run();
            store(key, result);
            return result;
        }
    }

    /**
     * The result of an analysis, from the cache if it is there.
     *
     * @param packets read only if it is not
     */
    public <T> T cached(CacheKey key, PacketAnalysis<T> analysis, PacketSource packets) throws IOException {
        return analysis.decode(cached(key, () -> analysis.encode(analysis.analyse(packets))));
    }

    /** Forgets everything, on disk too. */
    public void clear() {
        memory.invalidateAll();
        disk.clear();
    }

    /** What it did so far. */
    public CacheStatistics statistics() {
        var policy = memory.policy().eviction();
        return new CacheStatistics(
                memoryHits.get(),
                diskHits.get(),
                misses.get(),
                stored.get(),
                evicted.get() + disk.evicted(),
                expired.get() + disk.expired(),
                refused.get(),
                memory.estimatedSize(),
                policy.map(eviction -> eviction.weightedSize().orElse(0)).orElse(0L),
                disk.entries(),
                disk.bytes(),
                disk.state());
    }

    @Override
    public void close() {
        disk.close();
    }
}
