package io.pairwire.capture;

import java.nio.file.Path;
import java.util.Optional;

/** Knows of some files which packets have to be read. */
@FunctionalInterface
public interface PickFinder {
    /** Knows of none. */
    PickFinder NOTHING = (file, alone) -> Optional.empty();

    /**
     * The packets of a file that have to be read; empty for all.
     *
     * @param alone whether the file is the only input. If it is not, packets left out must not change the order in which
     *     those of all files come: times never decrease in it, and all packets have one.
     */
    Optional<PacketPicks> find(Path file, boolean alone);
}
