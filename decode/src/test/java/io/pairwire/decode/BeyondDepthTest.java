package io.pairwire.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.decode.craft.Frame;
import io.pairwire.decode.wire.EtherType;
import io.pairwire.decode.wire.IpProtocol;
import io.pairwire.decode.wire.Verdict;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class BeyondDepthTest {
    private final LayerDecoder decoder = new LayerDecoder();
    private final Layers layers = new Layers();
    private final BeyondDepth beyond = new BeyondDepth();

    /** The memory ends where the packet ends. */
    private static Packet packet(byte[] bytes) {
        return new Packet()
                .moveTo(MemorySegment.ofArray(bytes), 0, bytes.length, bytes.length, 0)
                .linkType(LinkType.ETHERNET);
    }

    private Layers look(byte[] frame) {
        decoder.decode(packet(frame), layers);
        return beyond.look(packet(frame), layers);
    }

    private static Frame tagged(int tags) {
        Frame frame = Frame.tcp("10.0.0.1", 1, "10.0.0.2", 2).payload(new byte[9]);
        for (int i = 0; i < tags; i++) frame.tag(EtherType.VLAN, i);
        return frame;
    }

    @Test
    void what_fits_is_left_as_it_is() {
        assertSame(layers, look(tagged(3).toEthernet()));
        assertEquals(Verdict.OK, layers.verdict());
    }

    @Test
    void ip_and_transport_are_found_behind_as_many_headers_as_are_looked_at() {
        for (int tags : new int[] {14, 15, 16, 40, 250}) {
            look(tagged(tags).toEthernet());
            assertEquals(Verdict.TOO_DEEP, layers.verdict(), "the verdict stays");
            assertEquals(Layers.DEPTH, layers.depth(), "and the path");
            assertEquals(4, layers.ipVersion(), tags + " tags");
            assertEquals(IpProtocol.TCP, layers.transport());
            assertEquals(9, layers.payloadLength());
        }
        look(tagged(300).toEthernet());
        assertEquals(0, layers.ipVersion(), "the look is bounded");
    }

    /** Towers of every kind, cut and changed at random: nothing is read outside, and it ends. */
    @Property(tries = 300)
    void whatever_lies_there_nothing_is_read_outside_the_packet(@ForAll long seed) {
        var random = new Random(seed);
        Frame frame =
                random.nextBoolean() ? Frame.udp("10.0.0.1", 1, "10.0.0.2", 2) : Frame.udp("fe80::1", 1, "fe80::2", 2);
        for (int i = random.nextInt(30); i > 0; i--) frame.mpls(random.nextInt(1 << 20));
        for (int i = random.nextInt(30); i > 0; i--) frame.tag(EtherType.VLAN, i);
        byte[] bytes = frame.payload(new byte[random.nextInt(50)]).toEthernet();
        for (int i = random.nextInt(4); i > 0; i--) bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        bytes = java.util.Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length));
        look(bytes);
        if (layers.transport() != 0) assertTrue(layers.payloadAt() + layers.payloadCaptured() <= bytes.length);
    }
}
