package io.pairwire.engine.compare;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How two captures are compared.
 *
 * @param profile what lies between the two points
 * @param hashBytes bytes of payload that count besides its length; 0 for all that were captured
 * @param duplicateWindow within that time of another copy on the same side a packet without partner is a duplicate and
 *     not a miss
 * @param memory bytes outside the heap before a temporary file is used
 * @param temporary the folder of that file
 */
public record CompareSettings(Profile profile, int hashBytes, Duration duplicateWindow, long memory, Path temporary) {

    public CompareSettings {
        if (hashBytes < 0) throw new IllegalArgumentException("hashBytes is negative: " + hashBytes);
        if (duplicateWindow.isNegative())
            throw new IllegalArgumentException("duplicateWindow is negative: " + duplicateWindow);
        if (memory < 0) throw new IllegalArgumentException("memory is negative: " + memory);
    }

    /** Transparent, all bytes, 50 ms, 512 MB. */
    public static CompareSettings defaults(Path temporary) {
        return new CompareSettings(Profile.TRANSPARENT, 0, Duration.ofMillis(50), 512L << 20, temporary);
    }

    /** The same with another profile. */
    public CompareSettings profile(Profile profile) {
        return new CompareSettings(profile, hashBytes, duplicateWindow, memory, temporary);
    }
}
