package io.pairwire.decode;

import static io.pairwire.decode.Packets.hex;
import static io.pairwire.decode.Packets.packet;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.decode.craft.Frame;
import io.pairwire.decode.wire.TcpOptions;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeepAllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final DeepDecoder decoder = new DeepDecoder();
    private final Checksums checksums = new Checksums();
    private final TcpOptions options = new TcpOptions();
    private final Layers layers = new Layers();
    private final Layers inside = new Layers();
    private long sink;

    @Test
    void tunnels_checksums_and_options_cost_no_heap() {
        var packets = new ArrayList<Packet>();
        Tunnelled.all().forEach(tunnel -> packets.add(packet(tunnel.bytes(), LinkType.RAW)));
        packets.add(packet(
                Frame.tcp("10.0.0.1", 1, "10.0.0.2", 2)
                        .options(hex("020405b4 0402 080a0000000100000002 01 030307"))
                        .toRaw(),
                LinkType.RAW));
        work(packets, 500); // until compiled
        long least = Long.MAX_VALUE; // of several rounds: the JVM allocates a little when it replaces running code
        for (int round = 0; round < 50 && least > 0; round++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            work(packets, 40);
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(0, least, "sink " + sink);
    }

    private void work(List<Packet> packets, int times) {
        for (int i = 0; i < times; i++) {
            for (int j = 0; j < packets.size(); j++) work(packets.get(j));
        }
    }

    private void work(Packet packet) {
        decoder.decode(packet, layers);
        DeepDecoder.decodeInner(packet, layers, layers.innermostIp(), inside);
        for (int i = 0; i < layers.depth(); i++)
            sink += checksums.verify(packet, layers, i).ordinal();
        if (layers.transport() != 6) return;
        for (options.moveTo(packet, layers.transportAt()); options.next(); ) sink += options.type();
    }
}
