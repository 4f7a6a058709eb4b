package io.pairwire.memory.pool;

import java.util.Arrays;
import java.util.List;

/**
 * How a {@link PacketPool} is made.
 *
 * @param classes 1 to 7, by growing length
 * @param headroom bytes left free before the data of a fresh buffer, at least 0, less than the shortest class
 * @param cache buffers in a magazine, of which every thread keeps two for each class, 1..1024
 * @param metadata whether buffers have a {@link PacketBuffer}; without, there are only handles, and 84 bytes less a buffer
 * @param statistics whether allocations and releases are counted
 * @param source where the memory comes from
 * @param exhausted what to do when all is in use
 * @param safety how much is checked
 */
public record PoolSettings(
        List<SizeClass> classes,
        int headroom,
        int cache,
        boolean metadata,
        boolean statistics,
        MemorySource source,
        Exhausted exhausted,
        Safety safety) {

    private static final int[] LENGTHS = {64, 128, 256, 512, 1024, 2048, 9216};
    private static final int INITIAL = 1_000;
    private static final int CEILING = 64_000;
    private static final int CACHE = 32;
    private static final int LONGEST_CACHE = 1024;

    // Bytes: a PacketBuffer and the reference to it; a Magazine, the reference to it, the header of its array.
    private static final int VIEW = 80 + 4;
    private static final int MAGAZINE = 24 + 4 + 16;

    public PoolSettings {
        classes = List.copyOf(classes);
        if (classes.isEmpty() || classes.size() >= Handle.CLASSES) {
            throw new IllegalArgumentException("not 1 to 7 size classes: " + classes.size());
        }
        for (int i = 1; i < classes.size(); i++) {
            if (classes.get(i).length() <= classes.get(i - 1).length()) {
                throw new IllegalArgumentException("size classes do not grow in length: "
                        + classes.get(i - 1).length() + ", " + classes.get(i).length());
            }
        }
        if (headroom < 0 || headroom >= classes.getFirst().length()) {
            throw new IllegalArgumentException(
                    "headroom is not in 0.." + (classes.getFirst().length() - 1) + ": " + headroom);
        }
        if (cache < 1 || cache > LONGEST_CACHE) {
            throw new IllegalArgumentException("cache is not in 1..1024: " + cache);
        }
    }

    /**
     * Classes of 64, 128, 256, 512, 1024, 2048 and 9216 bytes, 1000 buffers each at the start and 64 000 at most, in
     * steps of 1000; magazines of 32; off the heap; empty answers when exhausted.
     */
    public static PoolSettings defaults() {
        return of(INITIAL, CEILING, LENGTHS);
    }

    /** As {@link #defaults}, with these lengths, {@code initial} buffers each and {@code ceiling} at most. */
    public static PoolSettings of(int initial, int ceiling, int... lengths) {
        int growth = Math.max(1, Math.min(INITIAL, ceiling - initial));
        var classes = Arrays.stream(lengths)
                .mapToObj(length -> new SizeClass(length, initial, ceiling, growth))
                .toList();
        return new PoolSettings(
                classes, 0, CACHE, true, true, MemorySource.offHeap(), new Exhausted.Empty(), Safety.PRODUCTION);
    }

    /**
     * What a buffer of {@code length} bytes costs besides these bytes, as a share of them: its state, its {@link PacketBuffer},
     * its share of a magazine. On a JVM with 4-byte references and 12-byte object headers; without guards.
     */
    public double overhead(int length) {
        int magazine = MAGAZINE + (Magazine.FIRST + cache) * Integer.BYTES;
        double bytes = Integer.BYTES + (metadata ? VIEW : 0) + (double) magazine / cache;
        return bytes / length;
    }

    public PoolSettings withHeadroom(int bytes) {
        return new PoolSettings(classes, bytes, cache, metadata, statistics, source, exhausted, safety);
    }

    public PoolSettings withCache(int buffers) {
        return new PoolSettings(classes, headroom, buffers, metadata, statistics, source, exhausted, safety);
    }

    public PoolSettings withMetadata(boolean wanted) {
        return new PoolSettings(classes, headroom, cache, wanted, statistics, source, exhausted, safety);
    }

    public PoolSettings withStatistics(boolean wanted) {
        return new PoolSettings(classes, headroom, cache, metadata, wanted, source, exhausted, safety);
    }

    public PoolSettings withSource(MemorySource memory) {
        return new PoolSettings(classes, headroom, cache, metadata, statistics, memory, exhausted, safety);
    }

    public PoolSettings withExhausted(Exhausted policy) {
        return new PoolSettings(classes, headroom, cache, metadata, statistics, source, policy, safety);
    }

    public PoolSettings withSafety(Safety checks) {
        return new PoolSettings(classes, headroom, cache, metadata, statistics, source, exhausted, checks);
    }
}
