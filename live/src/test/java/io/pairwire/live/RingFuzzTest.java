package io.pairwire.live;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

class RingFuzzTest {
    private static final int BLOCK = 512;
    private static final int BLOCKS = 2;

    @FuzzTest
    void any_ring_is_walked_inside_of_its_memory(byte[] bytes) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(BLOCK * BLOCKS, 64);
            MemorySegment.copy(bytes, 0, memory, ValueLayout.JAVA_BYTE, 0, Math.min(bytes.length, BLOCK * BLOCKS));
            int linkType = bytes.length % 2 == 0 ? LinkType.ETHERNET : LinkType.LINUX_SLL2;
            var ring = new TpacketRing(memory, BLOCK, BLOCKS, linkType);
            var packet = new Packet();
            while (ring.next(packet)) {
                if (packet.capturedLength() > 0) packet.u8(packet.capturedLength() - 1);
            }
        }
    }

    @FuzzTest
    void any_buffer_of_a_bpf_device_is_walked_inside_of_its_memory(byte[] bytes) {
        var buffer = new BpfDeviceBuffer(MemorySegment.ofArray(bytes), LinkType.ETHERNET);
        buffer.filled(bytes.length);
        var packet = new Packet();
        while (buffer.next(packet)) {
            if (packet.capturedLength() > 0) packet.u8(packet.capturedLength() - 1);
        }
    }
}
