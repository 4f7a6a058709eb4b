package io.pairwire.engine.watch;

import java.nio.file.Path;

/** What becomes of a file that was read to its end, once its results are safe. */
public sealed interface OnDone {

    /** What {@link Rename} puts behind a name; files that have it are not read. */
    String SUFFIX = ".processed";

    /** Leave it where it is. */
    record Leave() implements OnDone {}

    /** Put {@value #SUFFIX} behind its name. */
    record Rename() implements OnDone {}

    /** Move it into a folder, which is not watched. */
    record Move(Path folder) implements OnDone {}

    /** Delete it. */
    record Delete() implements OnDone {}
}
