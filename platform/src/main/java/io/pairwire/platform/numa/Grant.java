package io.pairwire.platform.numa;

/**
 * Memory of one kind that {@link PlacedMemory} has given out.
 *
 * @param asked what was asked for
 * @param obtained what the kernel gave
 * @param reason why that is not the same; empty if it is
 * @param bytes that exist now, in whole pages
 */
public record Grant(String asked, String obtained, String reason, long bytes) {

    /** Is it what was asked for? */
    public boolean isWhole() {
        return reason.isEmpty();
    }
}
