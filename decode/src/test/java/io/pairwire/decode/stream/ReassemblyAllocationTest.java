package io.pairwire.decode.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.decode.LayerDecoder;
import io.pairwire.decode.Layers;
import io.pairwire.decode.wire.Tcp;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReassemblyAllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int SEGMENTS = 64;
    private static final int LENGTH = 1400;

    private final LayerDecoder decoder = new LayerDecoder();
    private final Layers layers = new Layers();
    private long handed;
    private final StreamHandler counter = new StreamHandler() {
        @Override
        public void bytes(TcpStream stream, MemorySegment memory, long at, int length, long nanos, long number) {
            handed += length;
        }
    };

    private static Packet packet(byte[] bytes) {
        MemorySegment memory = Arena.ofAuto().allocate(bytes.length).copyFrom(MemorySegment.ofArray(bytes));
        return new Packet()
                .moveTo(memory, 0, bytes.length, bytes.length, 1_000_000_000)
                .linkType(LinkType.ETHERNET);
    }

    /** A connection from SYN to RST, so that it can be played again and again. */
    private static Packet[] connection(int... order) {
        var packets = new Packet[order.length + 2];
        packets[0] = packet(Wire.client(-1 & 0xffff_ffffL, Tcp.SYN, "").toEthernet());
        for (int i = 0; i < order.length; i++) {
            packets[i + 1] = packet(Wire.client((long) order[i] * LENGTH, Tcp.ACK, "")
                    .payload(new byte[LENGTH])
                    .toEthernet());
        }
        packets[order.length + 1] = packet(
                Wire.client((long) SEGMENTS * LENGTH, Tcp.FIN | Tcp.ACK, "").toEthernet());
        return packets;
    }

    private static void assertNothingAllocated(Runnable body) {
        for (int i = 0; i < 3000; i++) body.run(); // until compiled
        long least = Long.MAX_VALUE; // of several rounds: the JVM allocates a little when it replaces running code
        for (int round = 0; round < 50 && least > 0; round++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 20; i++) body.run();
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(0, least);
    }

    @Test
    void a_stream_in_order_allocates_nothing() {
        int[] order = new int[SEGMENTS];
        Arrays.setAll(order, i -> i);
        Packet[] packets = connection(order);
        var reassembler = new TcpReassembler(StreamSettings.defaults(), counter, new Random(1));
        assertNothingAllocated(() -> play(reassembler, packets));
        assertEquals(0, handed % (SEGMENTS * LENGTH));
        assertTrue(handed > 0);
    }

    @Test
    void a_stream_out_of_order_allocates_nothing_once_its_memory_is_there() {
        int[] order = new int[SEGMENTS];
        Arrays.setAll(order, i -> (i * 5 + 3) % SEGMENTS);
        Packet[] packets = connection(order);
        var reassembler = new TcpReassembler(StreamSettings.defaults(), counter, new Random(1));
        assertNothingAllocated(() -> play(reassembler, packets));
        assertEquals(0, handed % (SEGMENTS * LENGTH));
        assertTrue(handed > 0);
    }

    private void play(TcpReassembler reassembler, Packet[] packets) {
        for (Packet packet : packets) {
            decoder.decode(packet, layers);
            reassembler.offer(packet, layers);
        }
        reassembler.finish();
    }

    @Test
    void datagrams_are_put_together_without_allocation() {
        byte[] frame = Desk.ipv4(1, 0, false, new byte[9000]).toEthernet();
        List<Packet> packets = FragmentedFrame.ipv4(frame, 5, 1400).stream()
                .map(ReassemblyAllocationTest::packet)
                .toList();
        Packet[] fragments = packets.reversed().toArray(Packet[]::new);
        var defragmenter = new Defragmenter(FragmentSettings.defaults(), new Random(1));
        assertNothingAllocated(() -> {
            for (Packet fragment : fragments) {
                decoder.decode(fragment, layers);
                defragmenter.offer(fragment, layers);
            }
        });
        assertTrue(defragmenter.statistics().completedDatagrams() >= 3000);
    }
}
