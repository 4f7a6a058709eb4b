package io.pairwire.capture;

import java.util.List;

/**
 * How far a source is.
 *
 * @param files inputs known so far
 * @param filesDone inputs read to their end or to their damage
 * @param damagedFiles inputs that were damaged, cut or not readable
 * @param packets packets handed over
 * @param bytes bytes read from the inputs
 * @param totalBytes bytes in all inputs as far as known; 0 if any is a pipe
 * @param damages what is wrong with which input; the first {@value #DAMAGES} of them
 */
public record SourceStatistics(
        int files, int filesDone, int damagedFiles, long packets, long bytes, long totalBytes, List<Damage> damages) {

    /** Damages kept in full; {@link #damagedFiles} counts all. */
    public static final int DAMAGES = 1_000;

    public SourceStatistics {
        damages = List.copyOf(damages);
    }

    /**
     * One damaged input.
     *
     * @param file its name
     * @param offset byte offset of the damage, -1 if the input could not be read at all
     * @param packets packets delivered before the damage
     * @param reason what is wrong
     */
    public record Damage(String file, long offset, long packets, String reason) {
        @Override
        public String toString() {
            return offset < 0
                    ? file + ": " + reason
                    : file + ": damaged at byte " + offset + " after " + packets + " packets: " + reason;
        }
    }
}
