package io.pairwire.engine;

import java.io.DataOutput;
import java.io.IOException;

/** What an engine knows at rest, for another engine to go on from: see {@link Engine#restore}. */
@FunctionalInterface
public interface EngineState {

    /** Writes it: the secrets of keys, the packets that wait, the segments remembered, the clock. */
    void save(DataOutput out) throws IOException;
}
