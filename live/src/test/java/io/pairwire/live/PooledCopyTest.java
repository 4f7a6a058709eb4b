package io.pairwire.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.Packet;
import io.pairwire.memory.pool.PacketPool;
import io.pairwire.memory.pool.PoolSettings;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class PooledCopyTest {
    @Test
    void a_copy_has_the_bytes_and_what_is_known_of_the_packet_after_its_ring_went_on() {
        byte[] ring = {9, 9, 1, 2, 3, 4, 9};
        var packet =
                new Packet().moveTo(MemorySegment.ofArray(ring), 2, 4, 60, 77).from(3, 1);
        try (var pool = new PacketPool(PoolSettings.of(1, 1, 64))) {
            var copy = PooledCopy.of(packet, pool);
            java.util.Arrays.fill(ring, (byte) 0);
            assertEquals(4, copy.length());
            assertEquals(0x01020304, copy.u32(0));
            assertEquals(77, copy.epochNanos());
            assertEquals(3, copy.ingressPort());
            assertEquals(60, copy.userWord(PooledCopy.ORIGINAL_LENGTH));
            assertTrue(PooledCopy.of(packet, pool).isNone(), "the only buffer is taken");
            copy.release();
            var empty = PooledCopy.of(packet.cut(0), pool);
            assertEquals(0, empty.length());
            empty.release();
        }
    }
}
