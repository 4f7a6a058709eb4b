package io.pairwire.decode;

import static io.pairwire.decode.LayersAssertions.assertInside;
import static io.pairwire.decode.LayersAssertions.kinds;
import static io.pairwire.decode.Packets.cut;
import static io.pairwire.decode.Packets.hex;
import static io.pairwire.decode.Packets.join;
import static io.pairwire.decode.Packets.packet;
import static io.pairwire.decode.Packets.shortened;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.decode.craft.Frame;
import io.pairwire.decode.wire.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeepDecoderTest {
    private final DeepDecoder decoder = new DeepDecoder();
    private final Layers layers = new Layers();
    private final Layers inside = new Layers();

    private String path(byte[] raw) {
        Packet packet = packet(raw, LinkType.RAW);
        decoder.decode(packet, layers);
        assertInside(packet, layers);
        return String.join(" ", kinds(layers).stream().map(Layer::name).toList());
    }

    @ParameterizedTest
    @MethodSource("io.pairwire.decode.Tunnelled#all")
    void every_tunnel_is_gone_into(Tunnelled tunnel) {
        assertEquals(tunnel.path(), path(tunnel.bytes()));
        assertEquals(Verdict.OK, layers.verdict());
        assertEquals(Tunnelled.OUTER_SOURCE, layers.sourceLow(), "the addresses stay the outermost");
    }

    /** Whatever its depth, the packet inside is found by its header. */
    @ParameterizedTest
    @MethodSource("io.pairwire.decode.Tunnelled#all")
    void the_innermost_packet_is_read_as_if_it_were_alone(Tunnelled tunnel) {
        Packet packet = packet(tunnel.bytes(), LinkType.RAW);
        decoder.decode(packet, layers);
        int index = layers.innermostIp();
        if (index == 0) return; // the tunnel carries no IP

        assertEquals(Verdict.OK, DeepDecoder.decodeInner(packet, layers, index, inside));

        assertEquals(layers.at(index), inside.networkAt());
        assertEquals(17, inside.transport());
        assertEquals(1111, inside.sourcePort());
        assertEquals(7777, inside.destinationPort());
        assertEquals(4, inside.payloadLength());
        assertEquals(0x61626364, packet.u32(inside.payloadAt()));
        assertEquals(layers.at(layers.depth() - 1), inside.transportAt());
    }

    /** What comes before the cut is kept; the sender is only blamed if nothing was cut. */
    @ParameterizedTest
    @MethodSource("io.pairwire.decode.Tunnelled#all")
    void a_tunnel_cut_anywhere_is_truncated_or_payload_and_never_malformed(Tunnelled tunnel) {
        byte[] bytes = tunnel.bytes();
        int depth = tunnel.path().split(" ").length;
        for (int length = 0; length < bytes.length; length++) {
            Packet packet = cut(bytes, length, LinkType.RAW);
            Verdict verdict = decoder.decode(packet, layers);
            assertTrue(verdict == Verdict.OK || verdict == Verdict.TRUNCATED, verdict + " at " + length);
            assertTrue(layers.depth() <= depth);
            assertInside(packet, layers);
            Packet lost = shortened(bytes, length, LinkType.RAW);
            assertTrue(decoder.decode(lost, layers) != Verdict.TRUNCATED, "shortened to " + length);
            assertInside(lost, layers);
        }
    }

    @ParameterizedTest
    @MethodSource("io.pairwire.decode.Tunnelled#all")
    void the_outermost_fields_are_those_of_the_plain_decoder(Tunnelled tunnel) {
        var plain = new Layers();
        Packet packet = packet(tunnel.bytes(), LinkType.RAW);
        new LayerDecoder().decode(packet, plain);
        decoder.decode(packet, layers);
        LayersAssertions.assertSameOutermost(plain, layers);
    }

    /** RFC 3948 §2: a keepalive, IKE behind its marker of zeros, and what is not padded as ESP is. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ff",
                "00000000 0102030405060708 0000000000000000 21202208 00000000 0000001c",
                "00000100 00000001 0102030405060708 01",
                "00000100 00000000 0102030405060708 01020304"
            })
    void what_is_no_esp_on_its_port_stays_payload(String payload) {
        byte[] frame = Frame.udp("10.0.0.1", 4500, "10.0.0.2", 4500)
                .payload(hex(payload.replace(" ", "")))
                .toRaw();
        assertEquals("IPV4 UDP", path(frame));
        assertEquals(Verdict.OK, layers.verdict());
    }

    @ParameterizedTest
    @ValueSource(ints = {1701, 2152, 3386, 3544, 4754, 4789, 4790, 6081, 6635, 8472})
    void a_port_that_lies_makes_payload_and_nothing_malformed(int port) {
        for (String payload : new String[] {"", "00", "ffffffffffffffffffffffffffffffff", "45", "6f".repeat(80)}) {
            byte[] frame = Frame.udp("10.0.0.1", 5, "10.0.0.2", port)
                    .payload(hex(payload))
                    .toRaw();
            assertEquals("IPV4 UDP", path(frame), payload);
            assertEquals(Verdict.OK, layers.verdict());
            assertEquals(hex(payload).length, layers.payloadLength());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0002 0005 0006", "0002 0005 0006 ff04 0021", "0002 0005 0006 0000", "0002 0005 0006 c020"})
    void what_is_no_ppp_is_not_taken_for_l2tp(String payload) {
        byte[] frame =
                Frame.udp("10.0.0.1", 5, "10.0.0.2", 1701).payload(hex(payload)).toRaw();
        assertEquals("IPV4 UDP", path(frame));
        assertEquals(Verdict.OK, layers.verdict());
    }

    @Test
    void the_port_of_either_side_may_announce_a_tunnel() {
        byte[] gtp = join("30ff 0020 00000001", Tunnelled.udp("10.1.0.1", "10.1.0.2"));
        for (int[] ports : new int[][] {{2152, 40000}, {40000, 2152}, {2152, 53}, {2152, 4789}}) {
            byte[] frame = Frame.udp("10.0.0.1", ports[0], "10.0.0.2", ports[1])
                    .payload(gtp)
                    .toRaw();
            assertEquals("IPV4 UDP GTP_U IPV4 UDP", path(frame));
        }
    }

    @Test
    void a_tunnel_that_ip_announces_is_held_to_its_word() {
        assertEquals(
                "IPV4",
                path(Frame.ip("10.0.0.1", "10.0.0.2", 4).payload(new byte[20]).toRaw()));
        assertEquals(Verdict.MALFORMED, layers.verdict());
        assertEquals(Layer.IPV4, layers.failedKind());
        assertEquals(20, layers.failedAt());
        assertEquals(
                "IPV4",
                path(Frame.ip("10.0.0.1", "10.0.0.2", 47)
                        .payload(hex("00070800"))
                        .toRaw()));
        assertEquals(Layer.GRE, layers.failedKind());
    }

    @Test
    void a_fragment_is_not_looked_into() {
        byte[] first = Frame.ip("10.0.0.1", "10.0.0.2", 4)
                .payload(Tunnelled.udp("10.1.0.1", "10.1.0.2"))
                .fragment(7, 0, true)
                .toRaw();
        assertEquals("IPV4 OTHER", path(first));
        assertEquals(Verdict.OK, layers.verdict());
    }

    @Test
    void an_icmp_error_quotes_a_packet_that_is_not_its_own() {
        byte[] quoted = Frame.tcp("10.0.0.2", 80, "10.0.0.1", 5555)
                .payload(new byte[100])
                .toRaw();
        for (int length = 21; length <= quoted.length; length++) {
            byte[] error = Frame.ip("10.0.0.9", "10.0.0.2", 253)
                    .payload(join("0b00 0000 00000000", java.util.Arrays.copyOf(quoted, length)))
                    .toRaw();
            error[9] = 1;
            String path = path(error);
            assertEquals(Verdict.OK, layers.verdict());
            assertEquals(
                    length < 24 ? "IPV4 ICMP IPV4" : length < 40 ? "IPV4 ICMP IPV4 OTHER" : "IPV4 ICMP IPV4 TCP", path);
            assertEquals(0x0a000009L, layers.sourceLow());
            assertEquals(0, layers.transport());
            assertEquals(0, layers.innermostIp());
            assertEquals(2, layers.quotedIp());
            DeepDecoder.decodeInner(packet(error, LinkType.RAW), layers, 2, inside);
            assertEquals(0x0a000002L, inside.sourceLow());
            if (length >= 24) assertEquals(80, inside.sourcePort());
        }
    }

    @Test
    void an_icmpv6_error_quotes_too_and_an_echo_does_not() {
        byte[] quoted = Frame.udp("2001:db8::2", 53, "2001:db8::1", 5555).toRaw();
        byte[] error = Frame.ip("2001:db8::9", "2001:db8::2", 253)
                .payload(join("0200 0000 00000500", quoted))
                .toRaw();
        error[6] = 58;
        assertEquals("IPV6 ICMPV6 IPV6 UDP", path(error));
        byte[] echo =
                Frame.icmpEcho("10.0.0.1", "10.0.0.2", 1, 2).payload(quoted).toRaw();
        assertEquals("IPV4 ICMP", path(echo));
        assertEquals(-1, layers.quotedIp());
    }

    @Test
    void nothing_is_wrong_with_the_packet_of_a_null_register() {
        byte[] dummy = Frame.ip("10.1.0.1", "224.1.1.1", 103).payload(hex("20")).toRaw();
        byte[] register = Frame.ip("10.0.0.1", "10.0.0.2", 103)
                .payload(join("2100 9eff 40000000", dummy))
                .toRaw();
        assertEquals("IPV4 PIM IPV4", path(register));
        assertEquals(Verdict.OK, layers.verdict());
        register[24] = 0;
        assertEquals("IPV4 PIM IPV4", path(register));
        assertEquals(Verdict.MALFORMED, layers.verdict());
    }

    @Test
    void an_endless_chain_of_tunnels_is_too_deep() {
        byte[] chain = Tunnelled.udp("10.1.0.1", "10.1.0.2");
        for (int i = 1; i < 40; i++) {
            chain = Frame.ip("10.0.0.1", "10.0.0.2", 4).payload(chain).toRaw();
            path(chain);
            boolean fits = i + 2 <= Layers.DEPTH;
            assertEquals(fits ? Verdict.OK : Verdict.TOO_DEEP, layers.verdict(), i + " tunnels");
            assertEquals(Math.min(i + 2, Layers.DEPTH), layers.depth());
        }
        byte[] gre = chain;
        for (int i = 0; i < 40; i++) {
            gre = Frame.ip("10.0.0.1", "10.0.0.2", 47)
                    .payload(join("0000 0800", gre))
                    .toRaw();
        }
        path(gre);
        assertEquals(Verdict.TOO_DEEP, layers.verdict());
    }

    @Test
    void an_inner_packet_that_promises_more_than_its_tunnel_holds_is_malformed_with_ports() {
        byte[] inner = Frame.udp("10.1.0.1", 1111, "10.1.0.2", 7777)
                .payload(new byte[4])
                .ipLength(500)
                .toRaw();
        assertEquals(
                "IPV4 IPV4 UDP",
                path(Frame.ip("10.0.0.1", "10.0.0.2", 4).payload(inner).toRaw()));
        assertEquals(Verdict.MALFORMED, layers.verdict());
        assertEquals(20, layers.failedAt());
    }

    @Test
    void padding_behind_a_tunnel_belongs_to_nobody() {
        byte[] frame = Frame.ip("10.0.0.1", "10.0.0.2", 4)
                .payload(Tunnelled.udp("10.1.0.1", "10.1.0.2"))
                .padTo(120, 0xee)
                .toEthernet();
        Packet packet = packet(frame, LinkType.ETHERNET);
        assertEquals(Verdict.OK, decoder.decode(packet, layers));
        DeepDecoder.decodeInner(packet, layers, layers.innermostIp(), inside);
        assertEquals(4, inside.payloadLength());
    }

    @Test
    void the_ip_header_around_a_layer_is_the_nearest_one() {
        assertEquals(
                "IPV4 UDP VXLAN ETHERNET IPV4 UDP",
                path(Tunnelled.named("VXLAN").bytes()));
        assertEquals(0, layers.ipAround(0));
        assertEquals(0, layers.ipAround(3));
        assertEquals(4, layers.ipAround(4));
        assertEquals(4, layers.ipAround(5));
        assertThrows(IndexOutOfBoundsException.class, () -> layers.ipAround(6));
        new LayerDecoder().decode(packet(Frame.arp("10.0.0.1", "10.0.0.2").toEthernet(), LinkType.ETHERNET), layers);
        assertEquals(-1, layers.ipAround(1));
        assertEquals(-1, layers.innermostIp());
    }

    @Test
    void only_an_ip_header_can_be_read_as_one_and_not_into_its_own_path() {
        Packet packet = packet(Tunnelled.named("VXLAN").bytes(), LinkType.RAW);
        decoder.decode(packet, layers);
        assertThrows(IllegalArgumentException.class, () -> DeepDecoder.decodeInner(packet, layers, 1, inside));
        assertThrows(IllegalArgumentException.class, () -> DeepDecoder.decodeInner(packet, layers, 0, layers));
        assertThrows(IndexOutOfBoundsException.class, () -> DeepDecoder.decodeInner(packet, layers, 6, inside));
    }

    @Test
    void reverse_arp_is_named() {
        byte[] frame = Frame.ethernet(0x8035)
                .payload(hex("0001 0800 0604 0003 020000000001 00000000 020000000001 00000000"))
                .toEthernet();
        decoder.decode(packet(frame, LinkType.ETHERNET), layers);
        assertEquals(Layer.RARP, layers.kind(1));
        assertFalse(layers.isIp());
    }
}
