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
     * One damage of an input. What was read before it has been handed over, and so is what was read behind it.
     *
     * @param file name of the input
     * @param kind what kind of damage it is
     * @param offset byte offset of the damage, -1 if the input could not be read at all
     * @param packets packets delivered before the damage
     * @param resumedAt byte offset at which reading went on, -1 if it ended there
     * @param reason what is wrong
     */
    public record Damage(String file, DamageKind kind, long offset, long packets, long resumedAt, String reason) {

        /** A damage that ended the reading. */
        public Damage(String file, DamageKind kind, long offset, long packets, String reason) {
            this(file, kind, offset, packets, -1, reason);
        }

        /** A damage of kind {@link DamageKind#OTHER} that ended the reading. */
        public Damage(String file, long offset, long packets, String reason) {
            this(file, DamageKind.OTHER, offset, packets, reason);
        }

        /** Bytes that were passed over to the place where reading went on; 0 if it ended. */
        public long skippedBytes() {
            return resumedAt < 0 ? 0 : resumedAt - offset;
        }

        @Override
        public String toString() {
            if (offset < 0) return file + ": " + reason;
            String where = file + ": damaged at byte " + offset + " after " + packets + " packets: " + reason;
            return resumedAt < 0 ? where : where + "; went on at byte " + resumedAt;
        }
    }
}
