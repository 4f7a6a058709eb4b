package io.pairwire.engine.batch;

import java.util.Locale;

/** How a unit of a batch ended. */
public enum UnitState {
    DONE,
    /** Done, but the file was damaged or cut. */
    DAMAGED,
    FAILED,
    TIMED_OUT,
    /** Not begun, as there was no sense in it. */
    SKIPPED,
    /** Nobody has done it yet. */
    MISSING;

    /** Is there a result to merge? */
    public boolean hasResult() {
        return this == DONE || this == DAMAGED;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
