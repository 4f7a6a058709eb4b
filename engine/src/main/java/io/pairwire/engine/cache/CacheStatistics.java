package io.pairwire.engine.cache;

/**
 * What a cache did, as of some moment.
 *
 * @param memoryHits asked for and found in memory; {@code diskHits} on disk, {@code misses} nowhere
 * @param evicted left out for others; {@code expired} for their age
 * @param refused too large to be kept
 * @param disk how the part on disk is: {@code open}, {@code none}, or why it is not used
 */
public record CacheStatistics(
        long memoryHits,
        long diskHits,
        long misses,
        long stored,
        long evicted,
        long expired,
        long refused,
        long memoryEntries,
        long memoryBytes,
        long diskEntries,
        long diskBytes,
        String disk) {}
