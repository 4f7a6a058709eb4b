package io.pairwire.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.capture.PacketHandler;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TpacketRingTest {
    private static final int BLOCK = 4096;
    private static final int BLOCKS = 4;
    private static final int BYTES_AT = 112;

    private static MemorySegment ring() {
        return Arena.ofAuto().allocate(BLOCK * BLOCKS, 64);
    }

    private static void fill(MemorySegment ring, int block, int packets, int captured) {
        long start = (long) block * BLOCK;
        ring.set(ValueLayout.JAVA_INT, start + TpacketRing.BLOCK_PACKETS, packets);
        ring.set(ValueLayout.JAVA_INT, start + TpacketRing.BLOCK_FIRST, TpacketRing.BLOCK_HEADER);
        long at = start + TpacketRing.BLOCK_HEADER;
        int step = BYTES_AT + captured + 15 & ~15;
        for (int i = 0; i < packets; i++, at += step) {
            ring.set(ValueLayout.JAVA_INT, at + TpacketRing.NEXT, step);
            ring.set(ValueLayout.JAVA_INT, at + TpacketRing.SECONDS, -1); // 2^32 - 1: unsigned
            ring.set(ValueLayout.JAVA_INT, at + TpacketRing.NANOSECONDS, i);
            ring.set(ValueLayout.JAVA_INT, at + TpacketRing.CAPTURED, captured);
            ring.set(ValueLayout.JAVA_INT, at + TpacketRing.ORIGINAL, 9000);
            ring.set(ValueLayout.JAVA_SHORT, at + TpacketRing.BYTES_AT, (short) BYTES_AT);
        }
        ring.set(ValueLayout.JAVA_INT, start + TpacketRing.BLOCK_STATUS, TpacketRing.TO_USER);
    }

    private static int status(MemorySegment ring, int block) {
        return ring.get(ValueLayout.JAVA_INT, (long) block * BLOCK + TpacketRing.BLOCK_STATUS);
    }

    @Test
    void blocks_come_in_order_and_go_back_when_all_of_them_was_seen() {
        MemorySegment memory = ring();
        var ring = new TpacketRing(memory, BLOCK, BLOCKS, LinkType.ETHERNET);
        var packet = new Packet();
        assertFalse(ring.isReady());
        assertFalse(ring.next(packet));
        fill(memory, 0, 3, 64);
        fill(memory, 1, 2, 64);
        assertEquals(2, ring.readyBlocks());
        for (int i = 0; i < 3; i++) {
            assertTrue(ring.next(packet));
            assertEquals(0xffff_ffffL * 1_000_000_000 + i, packet.epochNanos());
            assertEquals(9000, packet.originalLength());
            ring.release();
            assertEquals(i == 2 ? TpacketRing.TO_KERNEL : TpacketRing.TO_USER, status(memory, 0), "after packet " + i);
        }
        assertTrue(ring.next(packet));
        assertTrue(ring.next(packet));
        assertFalse(ring.next(packet));
        assertEquals(TpacketRing.TO_KERNEL, status(memory, 1));
        assertEquals(0, ring.damaged());
    }

    @Test
    void a_packet_that_would_reach_beyond_its_block_ends_the_block_and_is_counted() {
        MemorySegment memory = ring();
        fill(memory, 0, 3, 64);
        fill(memory, 1, 1, 64);
        long second = TpacketRing.BLOCK_HEADER + (BYTES_AT + 64);
        memory.set(ValueLayout.JAVA_INT, second + TpacketRing.CAPTURED, BLOCK);
        var ring = new TpacketRing(memory, BLOCK, BLOCKS, LinkType.ETHERNET);
        var packet = new Packet();
        assertTrue(ring.next(packet));
        assertTrue(ring.next(packet)); // of the next block
        assertFalse(ring.next(packet));
        assertEquals(2, ring.damaged());
        assertEquals(TpacketRing.TO_KERNEL, status(memory, 0));
    }

    @Test
    void a_ring_of_one_block_cannot_be_walked() {
        assertThrows(IllegalArgumentException.class, () -> new TpacketRing(ring(), BLOCK, 1, LinkType.ETHERNET));
        assertThrows(
                IllegalArgumentException.class, () -> new TpacketRing(ring(), BLOCK, BLOCKS + 1, LinkType.ETHERNET));
    }

    /** Whatever stands in the memory: it ends, and what is shown lies inside. */
    @Property(tries = 300)
    void any_memory_is_walked_to_an_end_inside_of_it(@ForAll long seed, @ForAll boolean cooked) {
        MemorySegment memory = ring();
        byte[] noise = new byte[BLOCK * BLOCKS];
        new Random(seed).nextBytes(noise);
        MemorySegment.copy(noise, 0, memory, ValueLayout.JAVA_BYTE, 0, noise.length);
        for (int i = 0; i < BLOCKS; i++) {
            fill(memory, i, 5, 64);
            long packet = (long) i * BLOCK + TpacketRing.BLOCK_HEADER + 2 * (BYTES_AT + 64);
            memory.set(ValueLayout.JAVA_INT, packet + 4L * (seed & 7), (int) seed);
        }
        int linkType = cooked ? LinkType.LINUX_SLL2 : LinkType.ETHERNET;
        var ring = new TpacketRing(memory, BLOCK, BLOCKS, linkType);
        var packet = new Packet();
        int seen = 0;
        while (ring.next(packet)) {
            if (packet.capturedLength() > 0) packet.u8(packet.capturedLength() - 1);
            seen++;
        }
        assertTrue(seen <= BLOCKS * (BLOCK / TpacketRing.ADDRESS));
    }

    @Test
    void priming_shows_packets_that_can_be_decoded() {
        var wrong = new int[1];
        long seen = Priming.run(
                packet -> {
                    boolean udp = packet.u16(12) == 0x0800 && packet.u8(14) == 0x45 && packet.u8(23) == 17;
                    if (!udp || packet.u16(16) != packet.capturedLength() - 14) wrong[0]++;
                },
                Duration.ofNanos(1));
        assertEquals(0, wrong[0]);
        assertTrue(seen > 100, "saw " + seen);
    }

    /** Compiled first: only then do views that do not escape cost nothing. */
    @Test
    void handing_over_a_ring_allocates_nothing() {
        MemorySegment memory = ring();
        var delivery = new Delivery(LiveSettings.of("test"), LiveFilter.EVERYTHING, false);
        var ring = new TpacketRing(memory, BLOCK, BLOCKS, LinkType.ETHERNET);
        var packet = new Packet();
        var threads = (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        long[] seen = new long[1];
        PacketHandler handler = shown -> seen[0] += shown.capturedLength();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 200 && least > 0; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 500; i++) {
                for (int block = 0; block < BLOCKS; block++) fill(memory, block, 20, 64);
                PacketSocketSource.take(ring, delivery, packet, handler, 1_000);
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(0, least, "bytes in 40,000 packets");
        assertTrue(seen[0] > 0);
    }
}
