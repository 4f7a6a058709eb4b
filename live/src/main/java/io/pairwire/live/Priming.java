package io.pairwire.live;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.capture.PacketHandler;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;

/**
 * Has the JVM compile what will look at packets before the first one comes: a ring in ordinary memory, filled as a kernel
 * would, is read again and again by the code that reads real ones. Without it the first second of heavy traffic meets a reader
 * that is interpreted, and the ring overflows while compilers and reader share the processor.
 */
public final class Priming {
    /** Long enough for the compilers, short enough for people. */
    public static final Duration USUAL = Duration.ofMillis(150);

    private static final int BLOCK = 1 << 17;
    private static final int BLOCKS = 4;
    private static final int FIRST = TpacketRing.BLOCK_HEADER;
    private static final int BYTES_AT = TpacketRing.HEADER + TpacketRing.HEADROOM + 12;
    private static final int[] LENGTHS = {64, 1514, 594, 64};
    private static final int ETHERTYPE_IPV4 = 0x0800;

    private Priming() {}

    /**
     * Shows packets to a handler, of Ethernet with IPv4 and UDP, until the time is over; a few hundred at least.
     *
     * @param handler in the state it will work in, but with somewhere else to put its results
     * @return how many packets it saw
     */
    public static long run(PacketHandler handler, Duration time) {
        long end = System.nanoTime() + time.toNanos();
        long seen = 0;
        try (Arena arena = Arena.ofShared()) {
            MemorySegment memory = arena.allocate((long) BLOCK * BLOCKS, 64);
            fill(memory);
            var packet = new Packet();
            var settings = LiveSettings.of("priming");
            do {
                for (int i = 0; i < BLOCKS; i++) {
                    memory.set(ValueLayout.JAVA_INT, (long) i * BLOCK + TpacketRing.BLOCK_STATUS, TpacketRing.TO_USER);
                }
                var ring = new TpacketRing(memory, BLOCK, BLOCKS, LinkType.ETHERNET);
                var delivery = new Delivery(settings, LiveFilter.EVERYTHING, false);
                seen += PacketSocketSource.take(ring, delivery, packet, handler, Integer.MAX_VALUE);
            } while (end - System.nanoTime() > 0);
        }
        return seen;
    }

    private static void fill(MemorySegment memory) {
        for (int block = 0; block < BLOCKS; block++) {
            long start = (long) block * BLOCK;
            int length = LENGTHS[block];
            int step = BYTES_AT + length + 15 & ~15;
            int packets = (BLOCK - FIRST) / step;
            memory.set(ValueLayout.JAVA_INT, start + TpacketRing.BLOCK_PACKETS, packets);
            memory.set(ValueLayout.JAVA_INT, start + TpacketRing.BLOCK_FIRST, FIRST);
            for (int i = 0; i < packets; i++) fill(memory.asSlice(start + FIRST + (long) i * step, step), length, i);
        }
    }

    private static void fill(MemorySegment place, int length, int number) {
        place.set(ValueLayout.JAVA_INT_UNALIGNED, TpacketRing.NEXT, (int) place.byteSize());
        place.set(ValueLayout.JAVA_INT_UNALIGNED, TpacketRing.SECONDS, 1_700_000_000);
        place.set(ValueLayout.JAVA_INT_UNALIGNED, TpacketRing.NANOSECONDS, number);
        place.set(ValueLayout.JAVA_INT_UNALIGNED, TpacketRing.CAPTURED, length);
        place.set(ValueLayout.JAVA_INT_UNALIGNED, TpacketRing.ORIGINAL, length);
        place.set(ValueLayout.JAVA_SHORT_UNALIGNED, TpacketRing.BYTES_AT, (short) BYTES_AT);
        MemorySegment frame = place.asSlice(BYTES_AT, length);
        put16(frame, 12, ETHERTYPE_IPV4);
        frame.set(ValueLayout.JAVA_BYTE, 14, (byte) 0x45);
        put16(frame, 16, length - 14);
        frame.set(ValueLayout.JAVA_BYTE, 22, (byte) 64);
        frame.set(ValueLayout.JAVA_BYTE, 23, (byte) 17);
        put16(frame, 28, 0x0a00 + (number & 1));
        put16(frame, 32, 0xc0a8);
        put16(frame, 34, 1024 + (number & 0x3ff));
        put16(frame, 36, 53);
        put16(frame, 38, length - 34);
        put16(frame, 42, number);
    }

    private static void put16(MemorySegment frame, long at, int value) {
        frame.set(ValueLayout.JAVA_BYTE, at, (byte) (value >> 8));
        frame.set(ValueLayout.JAVA_BYTE, at + 1, (byte) value);
    }
}
