package io.pairwire.decode;

import static io.pairwire.decode.Packets.packet;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import io.pairwire.capture.Packet;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayerDecoderAllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final LayerDecoder decoder = new LayerDecoder();
    private final Layers layers = new Layers();

    @Test
    void decoding_allocates_nothing() {
        var packets = new ArrayList<Packet>();
        for (int seed = 0; seed < 200; seed++) {
            var frame = new RandomFrame(seed);
            packets.add(packet(frame.bytes, frame.linkType));
        }
        decode(packets, 1000); // until compiled
        long least = Long.MAX_VALUE; // of several rounds: the JVM allocates a little when it replaces running code
        for (int round = 0; round < 50 && least > 0; round++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            decode(packets, 20);
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(0, least);
    }

    private void decode(List<Packet> packets, int times) {
        for (int i = 0; i < times; i++) {
            for (int j = 0; j < packets.size(); j++) decoder.decode(packets.get(j), layers);
        }
    }
}
