package io.pairwire.memory.pool;

import java.util.List;

/**
 * The numbers of a pool, read while it works: each is right as of some moment during the reading.
 *
 * @param source what {@link MemorySource#description} says
 * @param node the NUMA node the memory is bound to, {@link MemorySource#ANY_NODE} if none; a pool lies on one node
 * @param memory what {@link MemorySource#grants} says
 * @param classes by growing length, then the slices, which have length 0
 */
public record PoolStatistics(String source, int node, List<MemoryGrant> memory, List<ForClass> classes) {
    public PoolStatistics {
        memory = List.copyOf(memory);
        classes = List.copyOf(classes);
    }

    /** Share of all bytes that exist which is in use, 0..1. */
    public double utilisation() {
        long used = 0;
        for (ForClass each : classes) used += each.inUse() * each.length();
        long bytes = bytes();
        return bytes == 0 ? 0 : (double) used / bytes;
    }

    /** Bytes of all buffers that exist. */
    public long bytes() {
        return classes.stream()
                .mapToLong(each -> (long) each.buffers() * each.length())
                .sum();
    }

    /** Buffers and slices in use. */
    public long inUse() {
        return classes.stream().mapToLong(ForClass::inUse).sum();
    }

    /** Buffers allocated since the start; 0 if the pool does not count. */
    public long allocations() {
        return classes.stream().mapToLong(ForClass::allocations).sum();
    }

    /** Buffers freed since the start; 0 if the pool does not count. */
    public long releases() {
        return classes.stream().mapToLong(ForClass::releases).sum();
    }

    /** Allocations that found no buffer. */
    public long exhausted() {
        return classes.stream().mapToLong(ForClass::exhausted).sum();
    }

    /** Share of the allocations that the cache of the thread served, 0..1; 1 if there was none. */
    public double cacheHitRate() {
        return hitRate(
                allocations(), classes.stream().mapToLong(ForClass::refills).sum());
    }

    private static double hitRate(long allocations, long refills) {
        return allocations == 0 ? 1 : Math.max(0, 1 - (double) refills / allocations);
    }

    /**
     * The numbers of one class.
     *
     * @param length bytes a buffer, 0 for slices
     * @param buffers buffers that exist
     * @param ceiling buffers there may be
     * @param inUse buffers somebody holds
     * @param allocations buffers handed out, 0 if the pool does not count
     * @param releases buffers that came back, 0 if the pool does not count
     * @param refills how often a thread had to look beyond its own cache
     * @param larger allocations it served because a shorter class was empty
     * @param exhausted allocations that asked for this class and found no buffer in any; while waiting, each look counts
     * @param growths slabs made after the start
     * @param failedGrowths slabs for which there was no memory
     */
    public record ForClass(
            int length,
            int buffers,
            int ceiling,
            long inUse,
            long allocations,
            long releases,
            long refills,
            long larger,
            long exhausted,
            int growths,
            int failedGrowths) {

        /** Share of the buffers that exist which is in use, 0..1. */
        public double utilisation() {
            return buffers == 0 ? 0 : (double) inUse / buffers;
        }

        /** Share of the allocations that the cache of the thread served, 0..1; 1 if there was none. */
        public double cacheHitRate() {
            return hitRate(allocations, refills);
        }
    }
}
