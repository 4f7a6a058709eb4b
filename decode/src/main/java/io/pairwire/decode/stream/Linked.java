package io.pairwire.decode.stream;

import org.jspecify.annotations.Nullable;

/** What can stand in one {@link TimeList}. */
abstract class Linked {
    @Nullable
    Linked older;

    @Nullable
    Linked younger;

    boolean listed;

    /** When it was put into the list, or moved to its end; nanoseconds since 1970. */
    long listedNanos;
}
