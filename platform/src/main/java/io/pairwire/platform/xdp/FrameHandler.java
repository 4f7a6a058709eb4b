package io.pairwire.platform.xdp;

import java.lang.foreign.MemorySegment;

/** Receives frames one after the other, on the thread that asks for them. */
@FunctionalInterface
public interface FrameHandler {

    /**
     * Looks at one frame. Its bytes are valid until this method returns.
     *
     * @param memory where it lies
     * @param at its first byte there
     * @param length bytes
     */
    void onFrame(MemorySegment memory, long at, int length);
}
