package io.pairwire.engine.cache;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How much is kept, where, and how long.
 *
 * @param memoryBytes in this process, from 0
 * @param folder where the part on disk is; empty for none
 * @param diskBytes there, from 0
 * @param lifetime of a result, above zero
 */
public record CacheSettings(long memoryBytes, Optional<Path> folder, long diskBytes, Duration lifetime) {
    public CacheSettings {
        if (memoryBytes < 0) throw new IllegalArgumentException("memoryBytes is negative: " + memoryBytes);
        if (diskBytes < 0) throw new IllegalArgumentException("diskBytes is negative: " + diskBytes);
        if (lifetime.isNegative() || lifetime.isZero())
            throw new IllegalArgumentException("lifetime is not above zero: " + lifetime);
    }

    /** 128 MB in memory, none on disk, 30 days. */
    public static CacheSettings inMemory() {
        return new CacheSettings(128 << 20, Optional.empty(), 0, Duration.ofDays(30));
    }

    /** 128 MB in memory, 512 MB on disk, 30 days. */
    public static CacheSettings in(Path folder) {
        return new CacheSettings(128 << 20, Optional.of(folder), 512 << 20, Duration.ofDays(30));
    }

    public CacheSettings withMemoryBytes(long bytes) {
        return new CacheSettings(bytes, folder, diskBytes, lifetime);
    }

    public CacheSettings withDiskBytes(long bytes) {
        return new CacheSettings(memoryBytes, folder, bytes, lifetime);
    }

    public CacheSettings withLifetime(Duration time) {
        return new CacheSettings(memoryBytes, folder, diskBytes, time);
    }
}
