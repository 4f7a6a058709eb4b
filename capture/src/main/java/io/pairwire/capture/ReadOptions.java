package io.pairwire.capture;

/**
 * How captures are read.
 *
 * @param resync whether to look for the next plausible record behind a damage and to go on there
 * @param readAhead whether a long file is read, and unpacked, by a thread beside the one that parses it. Of several files
 *     that are open at the same time this is so for one. Worth it unless all processors have work already
 */
public record ReadOptions(boolean resync, boolean readAhead) {

    /** Reading ends at the first damage; reads ahead where there is more than one processor. */
    public static final ReadOptions DEFAULT = new ReadOptions(false);

    /** Reading goes on behind a damage; see {@link #resync}. */
    public static final ReadOptions RESYNC = new ReadOptions(true);

    /** Reads ahead where there is more than one processor. */
    public ReadOptions(boolean resync) {
        this(resync, Runtime.getRuntime().availableProcessors() > 1);
    }

    /** The same, with another say in whether a thread reads ahead. */
    public ReadOptions withReadAhead(boolean wanted) {
        return new ReadOptions(resync, wanted);
    }
}
