package io.pairwire.dpi.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.decode.craft.Frame;
import io.pairwire.decode.wire.Tcp;
import io.pairwire.dpi.ErrorCode;
import io.pairwire.dpi.registry.Catalogue;
import io.pairwire.testkit.Allocations;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SessionMemoryTest {
    private static final ValueLayout.OfInt ADDRESS = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final int SOURCE_ADDRESS = 14 + 12;
    private static final long YEAR = 365L * 86_400 * Wire.SECOND;

    private final byte[] syn =
            Frame.tcp("10.0.0.1", 1024, "192.0.2.1", 80).flags(Tcp.SYN).toEthernet();
    private final MemorySegment memory = MemorySegment.ofArray(syn);
    private final Packet packet = new Packet();
    private int source = 0x0b00_0000;

    private static Inspector inspector(long bytes) {
        return new Inspector(
                Catalogue.builtIn(),
                SessionSettings.defaults().withMemory(bytes),
                Wanted.NONE,
                SessionListener.NONE,
                new Random(1));
    }

    private void syns(Inspector inspector, int count, long epochNanos) {
        for (int i = 0; i < count; i++) {
            memory.set(ADDRESS, SOURCE_ADDRESS, source++);
            packet.moveTo(memory, 0, syn.length, syn.length, epochNanos + i).linkType(LinkType.ETHERNET);
            inspector.offer(packet);
        }
    }

    /** The largest table that the default allows, full four times over; then the time jumps, there and back. */
    @Test
    void two_million_syns_under_256_megabytes_are_bounded_counted_and_finished() {
        long most = 256L << 20;
        var inspector = inspector(most);
        syns(inspector, 2_000_000, Wire.START);
        var flooded = inspector.statistics();
        assertTrue(flooded.memory() <= most, () -> "uses " + flooded.memory());
        assertEquals(2_000_000, flooded.begun());
        assertEquals(2_000_000, flooded.open() + flooded.evicted());
        assertEquals(flooded.evicted(), inspector.errors().get(ErrorCode.SESSION_EVICTED));

        syns(inspector, 1, Wire.START + 30 * YEAR);
        assertEquals(1, inspector.statistics().open(), "thirty years later all others are over");
        syns(inspector, 1, Wire.START - 30 * YEAR);
        assertEquals(2, inspector.statistics().open(), "what is late counts as of the latest time");
        inspector.finish();
        var end = inspector.statistics();
        assertEquals(0, end.open());
        assertEquals(end.begun(), end.evicted() + end.endedIdle() + end.endedReused() + end.endedFinished());
    }

    @Test
    void a_session_takes_no_more_memory_than_is_counted_for_it() {
        var inspector = inspector(256L << 20);
        syns(inspector, 5_000, Wire.START);
        inspector.advance(Wire.START + YEAR);
        int sessions = 1 << 16;
        long before = inspector.statistics().memory();
        long allocated = Allocations.bytesOf(() -> syns(inspector, sessions, Wire.START + YEAR));
        long counted = inspector.statistics().memory() - before;
        assertTrue(
                allocated <= counted,
                () -> allocated + " bytes for " + sessions + " sessions, " + counted + " counted");
        assertTrue(counted / sessions <= 640, () -> "a session counts as " + counted / sessions);
    }
}
