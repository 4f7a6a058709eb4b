package io.pairwire.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.decode.craft.Frame;
import io.pairwire.decode.wire.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayersTest {
    private static final Packet USUAL = Packets.packet(
            Frame.udp("10.0.0.1", 1, "10.0.0.2", 2).payload(new byte[] {7}).toEthernet(), LinkType.ETHERNET);

    private final Layers layers = new Layers();

    @Test
    void what_a_decoder_writes_is_read_back() {
        layers.reset();
        assertTrue(layers.add(Layer.IPV6, 4));
        layers.network(4, 6, 17, 1, 2, 3, 4);
        layers.fragment(0, true);
        assertTrue(layers.add(Layer.UDP, 44));
        layers.transport(44, 17, 5, 6);
        layers.payload(52, 10, 9);
        assertEquals(List.of(Layer.IPV6, Layer.UDP), LayersAssertions.kinds(layers));
        assertEquals(
                List.of(4, 6, 17, 44, 17, 5, 6),
                List.of(
                        layers.networkAt(),
                        layers.ipVersion(),
                        layers.ipProtocol(),
                        layers.transportAt(),
                        layers.transport(),
                        layers.sourcePort(),
                        layers.destinationPort()));
        assertEquals(
                List.of(1L, 2L, 3L, 4L),
                List.of(layers.sourceHigh(), layers.sourceLow(), layers.destinationHigh(), layers.destinationLow()));
        assertEquals(List.of(52, 10, 9), List.of(layers.payloadAt(), layers.payloadLength(), layers.payloadCaptured()));
        assertTrue(layers.isFragment());
    }

    @Test
    void a_layer_is_found_by_its_kind_from_both_ends() {
        layers.add(Layer.ETHERNET, 0);
        layers.add(Layer.VLAN, 14);
        layers.add(Layer.VLAN, 18);
        assertEquals(1, layers.first(Layer.VLAN));
        assertEquals(2, layers.last(Layer.VLAN));
        assertEquals(-1, layers.first(Layer.IPV4));
        assertEquals(-1, layers.last(Layer.IPV4));
        assertTrue(layers.has(Layer.ETHERNET));
        assertFalse(layers.has(Layer.IPV6));
        layers.reset();
        assertFalse(layers.has(Layer.ETHERNET));
    }

    @Test
    void a_header_ends_where_the_next_layer_or_the_payload_begins() {
        new LayerDecoder().decode(USUAL, layers);
        assertEquals(
                List.of(14, 20, 8), List.of(layers.headerLength(0), layers.headerLength(1), layers.headerLength(2)));
        new LayerDecoder()
                .decode(Packets.packet(Frame.arp("10.0.0.1", "10.0.0.2").toEthernet(), LinkType.ETHERNET), layers);
        assertEquals(List.of(14, -1), List.of(layers.headerLength(0), layers.headerLength(1)));
        new LayerDecoder().decode(Packets.cut(new byte[60], 15, LinkType.LINUX_SLL2), layers);
        assertEquals(0, layers.depth());
        byte[] frame = Frame.udp("10.0.0.1", 1, "10.0.0.2", 2).toEthernet();
        new LayerDecoder().decode(Packets.cut(frame, 30, LinkType.ETHERNET), layers);
        assertEquals(List.of(1, 14), List.of(layers.depth(), layers.headerLength(0)));
    }

    @Test
    void no_more_layers_are_taken_than_there_is_room_for() {
        for (int i = 0; i < Layers.DEPTH; i++) assertTrue(layers.add(Layer.VLAN, i));
        assertFalse(layers.add(Layer.VLAN, Layers.DEPTH));
        assertEquals(Layers.DEPTH, layers.depth());
    }

    @Test
    void the_first_complaint_stands() {
        layers.fail(Verdict.TRUNCATED, Layer.TCP, 34);
        layers.fail(Verdict.MALFORMED, Layer.IPV4, 14);
        assertEquals(Verdict.TRUNCATED, layers.verdict());
        assertEquals(Layer.TCP, layers.failedKind());
        assertEquals(34, layers.failedAt());
    }

    @Test
    void a_shift_moves_every_position_there_is_and_no_other() {
        new LayerDecoder().decode(USUAL, layers);
        layers.shift(4);
        assertEquals(List.of(4, 18, 38), List.of(layers.at(0), layers.at(1), layers.at(2)));
        assertEquals(
                List.of(18, 38, 46, -1),
                List.of(layers.networkAt(), layers.transportAt(), layers.payloadAt(), layers.failedAt()));
        layers.reset();
        layers.fail(Verdict.MALFORMED, Layer.IPV4, 14);
        layers.shift(4);
        assertEquals(18, layers.failedAt());
        assertEquals(List.of(-1, -1, -1), List.of(layers.networkAt(), layers.transportAt(), layers.payloadAt()));
    }

    /** The decoder does not write again what nearly all packets have in common; others may have written there. */
    @Test
    void our_decoder_trusts_nothing_that_another_wrote() {
        var decoder = new LayerDecoder();
        var fresh = new Layers();
        decoder.decode(USUAL, fresh);
        List<Runnable> others = List.of(
                () -> layers.shift(4),
                () -> layers.network(4, 6, 17, 1, 2, 3, 4),
                () -> layers.fragment(8, true),
                () -> layers.transport(44, 17, 5, 6),
                () -> layers.payload(52, 10, 9),
                () -> layers.add(Layer.OTHER, 60),
                () -> layers.fail(Verdict.MALFORMED, Layer.OTHER, 60),
                layers::reset);
        for (int i = 0; i < others.size(); i++) {
            decoder.decode(USUAL, layers);
            others.get(i).run();
            decoder.decode(USUAL, layers);
            LayersAssertions.assertSame(fresh, layers);
        }
    }
}
