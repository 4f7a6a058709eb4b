package io.pairwire.decode.filter;

import static io.pairwire.decode.Packets.packet;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.decode.craft.Frame;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

class FilterAllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final PacketFilter filter =
            PacketFilter.compile("tcp port 80 and not src net 10.0.0.0/8 or tcp[13] & 2 != 0");
    private long matches;

    @Test
    void a_filter_allocates_nothing_for_a_packet() {
        var packets = List.of(
                packet(Frame.tcp("10.0.0.1", 1, "10.0.0.2", 80).toEthernet(), LinkType.ETHERNET),
                packet(Frame.udp("10.0.0.1", 1, "10.0.0.2", 80).toRaw(), LinkType.RAW));
        filter(packets, 100_000); // until compiled
        long least = Long.MAX_VALUE; // of several rounds: the JVM allocates a little when it replaces running code
        for (int round = 0; round < 50 && least > 0; round++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            filter(packets, 1000);
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(0, least);
    }

    private void filter(List<Packet> packets, int times) {
        for (int i = 0; i < times; i++) {
            for (int j = 0; j < packets.size(); j++) if (filter.matches(packets.get(j))) matches++;
        }
    }
}
