package io.pairwire.live;

import io.pairwire.capture.Packet;
import io.pairwire.memory.pool.PacketBuffer;
import io.pairwire.memory.pool.PacketPool;

/**
 * A packet that is to outlive its handler: its captured bytes in a buffer of a pool, with what is known of it beside them.
 * Whoever gets the buffer releases it.
 */
public final class PooledCopy {
    /** The user word that holds the original length. */
    public static final int ORIGINAL_LENGTH = 0;

    private PooledCopy() {}

    /**
     * Copies a packet. The buffer has its time, its {@link Packet#file()} as ingress port, and its original length.
     *
     * @return {@link PacketBuffer#NONE} if the pool has nothing left and is set to say so
     * @throws IllegalArgumentException if the packet is longer than the longest buffers of the pool: cut it before
     */
    public static PacketBuffer of(Packet packet, PacketPool pool) {
        int length = packet.capturedLength();
        PacketBuffer buffer = pool.allocate(Math.max(1, length));
        if (buffer.isNone()) return buffer;
        if (length == 0) buffer.trimEnd(1);
        else buffer.copyFrom(packet.memory(), packet.start(), 0, length);
        return buffer.epochNanos(packet.epochNanos())
                .ingressPort(packet.file())
                .userWord(ORIGINAL_LENGTH, packet.originalLength());
    }
}
