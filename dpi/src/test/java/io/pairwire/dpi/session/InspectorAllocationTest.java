package io.pairwire.dpi.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.decode.craft.Frame;
import io.pairwire.dpi.registry.Catalogue;
import io.pairwire.dpi.session.Wire.Talk;
import io.pairwire.testkit.Allocations;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InspectorAllocationTest {
    private static final ValueLayout.OfInt SEQUENCE = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final int SEQUENCE_AT = 14 + 20 + 4;

    @Test
    void a_packet_of_a_decided_session_allocates_nothing() {
        var inspector = new Inspector(
                Catalogue.builtIn(), SessionSettings.defaults(), Wanted.NONE, SessionListener.NONE, new Random(3));
        var talk = new Talk(80).open().ask("GET / HTTP/1.1\r\nHost: example.org\r\n\r\n");
        List<Frame> frames = talk.frames();
        var packet = new Packet();
        for (Frame frame : frames) inspector.offer(at(packet, frame.toEthernet(), Wire.START));
        byte[] next = talk.fromServer().payload(new byte[1_000]).toEthernet();
        var memory = MemorySegment.ofArray(next);
        packet.moveTo(memory, 0, next.length, next.length, Wire.START).linkType(LinkType.ETHERNET);
        assertEquals(0.0, Allocations.bytesPerCall(() -> inspector.offer(packet), 1_000));
    }

    /** Nobody looks into a body, not even where all attributes are wanted. */
    @Test
    void a_body_that_is_passed_over_allocates_nothing() {
        var inspector = new Inspector(
                Catalogue.builtIn(), SessionSettings.defaults(), Wanted.ALL, SessionListener.NONE, new Random(3));
        var talk = new Talk(80).open().ask("GET / HTTP/1.1\r\nHost: example.org\r\n\r\n");
        talk.answer("HTTP/1.1 200 OK\r\nContent-Length: 2000000000\r\n\r\n");
        List<Frame> frames = talk.frames();
        var packet = new Packet();
        for (Frame frame : frames) inspector.offer(at(packet, frame.toEthernet(), Wire.START));
        byte[] next = talk.fromServer().payload(new byte[1_000]).toEthernet();
        var memory = MemorySegment.ofArray(next);
        packet.moveTo(memory, 0, next.length, next.length, Wire.START).linkType(LinkType.ETHERNET);
        double bytes = Allocations.bytesPerCall(
                () -> {
                    inspector.offer(packet);
                    memory.set(SEQUENCE, SEQUENCE_AT, memory.get(SEQUENCE, SEQUENCE_AT) + 1_000);
                },
                1_000);
        assertEquals(0.0, bytes);
        assertEquals(0, inspector.statistics().evicted());
    }

    private static Packet at(Packet packet, byte[] frame, long epochNanos) {
        return packet.moveTo(MemorySegment.ofArray(frame), 0, frame.length, frame.length, epochNanos)
                .linkType(LinkType.ETHERNET);
    }
}
