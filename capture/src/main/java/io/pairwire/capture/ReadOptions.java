package io.pairwire.capture;

/**
 * How captures are read.
 *
 * @param resync whether to look for the next plausible record behind a damage and to go on there
 */
public record ReadOptions(boolean resync) {

    /** Reading ends at the first damage. */
    public static final ReadOptions DEFAULT = new ReadOptions(false);

    /** Reading goes on behind a damage; see {@link #resync}. */
    public static final ReadOptions RESYNC = new ReadOptions(true);
}
