package io.pairwire.engine;

import java.io.IOException;

/**
 * Keeps what an engine knows, at moments when everything it has read is matched and written: the reading thread has handed
 * over what it had and waits, the owners of shards are idle, the sink was flushed.
 *
 * <p>An engine asks {@link #isDue} before each poll of its source, and keeps a last checkpoint when it ends in good order.
 */
public interface Checkpoints {

    /** Keeps nothing. */
    Checkpoints NONE = new Checkpoints() {
        @Override
        public boolean isDue() {
            return false;
        }

        @Override
        public void begin() {}

        @Override
        public void keep(EngineState state) {}

        @Override
        public boolean kept() {
            return false;
        }
    };

    /** Is it time for one? Asked on the reading thread before each poll, so it must cost next to nothing. */
    boolean isDue();

    /** All packets of the source so far are about to be matched and written; called on the reading thread. */
    void begin();

    /**
     * Makes it last. Called on the thread that writes while all others wait, so it should not take long.
     *
     * @throws IOException which ends the run as a failure of the sink does
     */
    void keep(EngineState state) throws IOException;

    /**
     * What was kept is safe; called on the reading thread before it reads on.
     *
     * @return whether this has changed something that must be kept in its turn
     */
    boolean kept() throws IOException;
}
