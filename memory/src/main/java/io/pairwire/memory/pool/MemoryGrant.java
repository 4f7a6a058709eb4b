package io.pairwire.memory.pool;

/**
 * Memory of one kind that a {@link MemorySource} has given.
 *
 * @param asked what was asked for: pages and node
 * @param obtained what was got
 * @param reason why that is not the same; empty if it is
 * @param bytes that exist now
 */
public record MemoryGrant(String asked, String obtained, String reason, long bytes) {
    public MemoryGrant {
        if (bytes < 0) throw new IllegalArgumentException("bytes is negative: " + bytes);
    }

    /** Is it what was asked for? */
    public boolean isWhole() {
        return reason.isEmpty();
    }
}
