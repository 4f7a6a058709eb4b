package io.pairwire.cli;

import io.pairwire.engine.Outcome;
import java.io.IOException;

/** Files that are written when a run has ended well. */
interface EndFiles {
    /** Writes them; a failure ends the program with exit code 1. */
    void write(Outcome outcome) throws IOException;
}
