package io.pairwire.live;

import io.pairwire.capture.Packet;

/**
 * Packets that are ready now, one after the other. Valid until the {@link BatchHandler} that got it returns; {@link PooledCopy#of}
 * keeps one longer.
 */
public interface LiveBatch {

    /**
     * Moves {@code view} to the next packet that is wanted; it is valid until the handler returns.
     *
     * @return false if there is no further packet in this batch
     */
    boolean next(Packet view);
}
