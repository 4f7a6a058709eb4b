package io.pairwire.decode;

import static io.pairwire.decode.LayersAssertions.kinds;
import static io.pairwire.decode.Packets.cut;
import static io.pairwire.decode.Packets.hex;
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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LayerDecoderTest {
    private static final String MACS = "020000000002 020000000001 ";
    private static final String IPV4_UDP = "45000020 00070000 40110000 0a000001 c0a80005 ";
    private static final String IPV6_UDP =
            "60000000 000c1140 fe800000000000000000000000000001 fe800000000000000000000000000002 ";
    private static final String UDP = "0457 0035 000c 0000 61626364";

    private final Layers layers = new Layers();

    private Verdict decode(Packet packet) {
        return new LayerDecoder().decode(packet, layers);
    }

    private Verdict decode(String hex, int linkType) {
        return decode(packet(hex(hex), linkType));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 020000000002 020000000001 0800, ETHERNET IPV4 UDP",
        "1, 020000000002 020000000001 8100 0005 0800, ETHERNET VLAN IPV4 UDP",
        "1, 020000000002 020000000001 88a8 0005 8100 0006 0800, ETHERNET VLAN VLAN IPV4 UDP",
        "1, 020000000002 020000000001 9100 0005 8100 0006 0800, ETHERNET VLAN VLAN IPV4 UDP",
        "1, 020000000002 020000000001 8847 00010040 00011140, ETHERNET MPLS MPLS IPV4 UDP",
        "1, 020000000002 020000000001 8848 00011140, ETHERNET MPLS IPV4 UDP",
        "113, 0000 0001 0006 0200000000010000 0800, LINUX_COOKED IPV4 UDP",
        "113, 0000 0001 0006 0200000000010000 8100 0005 0800, LINUX_COOKED VLAN IPV4 UDP",
        "276, 0800 0000 00000001 0001 00 06 0200000000010000, LINUX_COOKED_2 IPV4 UDP",
        "0, 00000002, NULL_LOOPBACK IPV4 UDP",
        "0, 02000000, NULL_LOOPBACK IPV4 UDP",
        "108, 00000002, NULL_LOOPBACK IPV4 UDP",
        "101, '', IPV4 UDP",
        "12, '', IPV4 UDP",
        "14, '', IPV4 UDP",
        "228, '', IPV4 UDP"
    })
    void udp_over_ipv4_is_found_behind_every_link_header(int linkType, String link, String expected) {
        int linkLength = hex(link).length;

        assertEquals(Verdict.OK, decode(link + IPV4_UDP + UDP, linkType));

        assertEquals(
                expected,
                String.join(" ", kinds(layers).stream().map(Layer::name).toList()));
        assertEquals(linkLength, layers.networkAt());
        assertEquals(4, layers.ipVersion());
        assertEquals(17, layers.ipProtocol());
        assertEquals(0x0a000001L, layers.sourceLow());
        assertEquals(0xc0a80005L, layers.destinationLow());
        assertEquals(17, layers.transport());
        assertEquals(linkLength + 20, layers.transportAt());
        assertEquals(1111, layers.sourcePort());
        assertEquals(53, layers.destinationPort());
        assertEquals(linkLength + 28, layers.payloadAt());
        assertEquals(4, layers.payloadLength());
        assertEquals(4, layers.payloadCaptured());
    }

    @ParameterizedTest
    @CsvSource({
        "1, 020000000002 020000000001 86dd",
        "113, 0000 0001 0006 0200000000010000 86dd",
        "276, 86dd 0000 00000001 0001 00 06 0200000000010000",
        "0, 0000000a",
        "0, 18000000",
        "108, 0000001c",
        "0, 1e000000",
        "101, ''",
        "229, ''"
    })
    void udp_over_ipv6_is_found_behind_every_link_header(int linkType, String link) {
        assertEquals(Verdict.OK, decode(link + IPV6_UDP + UDP, linkType));

        assertEquals(6, layers.ipVersion());
        assertEquals(0xfe80_0000_0000_0000L, layers.sourceHigh());
        assertEquals(1, layers.sourceLow());
        assertEquals(2, layers.destinationLow());
        assertEquals(1111, layers.sourcePort());
        assertEquals(4, layers.payloadLength());
        assertEquals(hex(link).length + 48, layers.payloadAt());
    }

    @ParameterizedTest
    @CsvSource({
        "88cc 0207 04 020000000001, ETHERNET OTHER, an LLDP frame",
        "0007 4242 03 0000 00 00, ETHERNET LLC OTHER, a spanning tree frame by its length",
        "0009 aaaa 03 00000c 2000 02, ETHERNET LLC SNAP OTHER, a discovery packet of Cisco with SNAP",
        "0008 ffff 0008 0000 0000, ETHERNET OTHER, IPX as Novell framed it",
        "0806 0001 0800 0604 0001 020000000001 0a000001 000000000000 0a000002, ETHERNET ARP, an ARP request",
        "8100 0005 0005 4242 03 0000, ETHERNET VLAN LLC OTHER, 802.3 in a VLAN",
        "05dd 4500 0014, ETHERNET OTHER, neither a length nor a type",
        "8847 00010140 00000000 0200, ETHERNET MPLS OTHER, a pseudowire"
    })
    void frames_without_ip_are_no_failure(String rest, String expected, String what) {
        assertEquals(Verdict.OK, decode(MACS + rest, LinkType.ETHERNET), what);
        assertEquals(
                expected,
                String.join(" ", kinds(layers).stream().map(Layer::name).toList()));
        assertFalse(layers.isIp());
        assertEquals(-1, layers.networkAt());
        assertEquals(-1, layers.ipProtocol());
        assertEquals(0, layers.transport());
    }

    @Test
    void padding_is_no_payload() {
        byte[] frame = Frame.udp("10.0.0.1", 1, "10.0.0.2", 2)
                .payload(new byte[3])
                .padTo(60, 0xff)
                .toEthernet();
        assertEquals(Verdict.OK, decode(packet(frame, LinkType.ETHERNET)));
        assertEquals(3, layers.payloadLength());
        assertEquals(3, layers.payloadCaptured());
    }

    @Test
    void a_tcp_segment_without_payload_has_none_in_its_padding() {
        byte[] frame = Frame.tcp("10.0.0.1", 1, "10.0.0.2", 2).padTo(60, 0).toEthernet();
        assertEquals(Verdict.OK, decode(packet(frame, LinkType.ETHERNET)));
        assertEquals(6, layers.transport());
        assertEquals(54, layers.payloadAt());
        assertEquals(0, layers.payloadLength());
    }

    @ParameterizedTest
    @CsvSource({"20, 12", "30, 20", "0, 20", "8, 0"})
    void udp_payload_is_the_smaller_of_what_udp_says_and_ip_leaves(int udpLength, int expected) {
        byte[] frame = Frame.udp("10.0.0.1", 1, "10.0.0.2", 2)
                .payload(new byte[20])
                .udpLength(udpLength)
                .toEthernet();
        assertEquals(Verdict.OK, decode(packet(frame, LinkType.ETHERNET)));
        assertEquals(expected, layers.payloadLength());
    }

    @Test
    void a_payload_cut_by_the_capture_keeps_its_length() {
        byte[] frame =
                Frame.tcp("10.0.0.1", 1, "10.0.0.2", 2).payload(new byte[1000]).toEthernet();
        assertEquals(Verdict.OK, decode(cut(frame, 96, LinkType.ETHERNET)));
        assertEquals(1000, layers.payloadLength());
        assertEquals(42, layers.payloadCaptured());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void an_ip_packet_longer_than_the_wire_is_malformed_with_ports(boolean ipv6) {
        Frame frame =
                Frame.udp("10.0.0.1", 7, "10.0.0.2", 9).payload(new byte[10]).ipLength(500);
        if (ipv6) frame.between(1, 2, 3, 4);
        byte[] bytes = frame.toRaw();

        assertEquals(Verdict.MALFORMED, decode(packet(bytes, LinkType.RAW)));

        assertEquals(0, layers.failedAt());
        assertEquals(ipv6 ? Layer.IPV6 : Layer.IPV4, layers.failedKind());
        assertEquals(17, layers.transport());
        assertEquals(7, layers.sourcePort());
        assertEquals(9, layers.destinationPort());
        assertEquals(10, layers.payloadLength());
    }

    @Test
    void a_length_of_zero_before_offloading_means_all_there_is() {
        byte[] ipv4 = Frame.tcp("10.0.0.1", 1, "10.0.0.2", 2)
                .payload(new byte[3000])
                .ipLength(0)
                .toEthernet();
        assertEquals(Verdict.OK, decode(cut(ipv4, 100, LinkType.ETHERNET)));
        assertEquals(3000, layers.payloadLength());
        assertEquals(46, layers.payloadCaptured());

        byte[] ipv6 = Frame.udp("::1", 1, "::2", 2)
                .payload(new byte[70000])
                .ipLength(0)
                .udpLength(0)
                .ipv6Extension(0, hex("c204 00011178"))
                .toEthernet();
        assertEquals(Verdict.OK, decode(packet(ipv6, LinkType.ETHERNET)));
        assertEquals(70000, layers.payloadLength());
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "fe80::1"})
    void a_first_fragment_has_ports_and_a_later_one_has_not(String address) {
        Frame frame = Frame.udp(address, 7, address, 9).payload(new byte[16]).udpLength(40);

        assertEquals(Verdict.OK, decode(packet(frame.fragment(5, 0, true).toEthernet(), LinkType.ETHERNET)));
        assertTrue(layers.isFragment());
        assertTrue(layers.moreFragments());
        assertEquals(17, layers.transport());
        assertEquals(7, layers.sourcePort());
        assertEquals(16, layers.payloadLength());

        assertEquals(Verdict.OK, decode(packet(frame.fragment(5, 24, false).toEthernet(), LinkType.ETHERNET)));
        assertTrue(layers.isFragment());
        assertFalse(layers.moreFragments());
        assertEquals(24, layers.fragmentOffset());
        assertEquals(17, layers.ipProtocol());
        assertEquals(0, layers.transport());
        assertEquals(-1, layers.transportAt());
        assertEquals(-1, layers.payloadAt());
        assertEquals(Layer.OTHER, layers.kind(layers.depth() - 1));
    }

    @Test
    void an_atomic_fragment_is_a_whole_datagram() {
        byte[] frame = Frame.udp("::1", 7, "::2", 9).fragment(5, 0, false).toRaw();
        assertEquals(Verdict.OK, decode(packet(frame, LinkType.RAW)));
        assertFalse(layers.isFragment());
        assertEquals(17, layers.transport());
    }

    @Test
    void an_authentication_header_is_walked_in_both_versions() {
        byte[] udp = hex("0604 0000 00000100 00000001 000102030405060708090a0b"
                + "0007 0009 00000000 00000000 5010 ffff 0000 0000");
        for (String address : List.of("10.0.0.1", "::1")) {
            byte[] packet = Frame.ip(address, address, 51).payload(udp).toRaw();
            assertEquals(Verdict.OK, decode(packet(packet, LinkType.RAW)));
            assertEquals(Layer.AUTHENTICATION_HEADER, layers.kind(1));
            assertEquals(6, layers.transport());
            assertEquals(6, layers.ipProtocol());
            assertEquals(7, layers.sourcePort());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 41, 47, 97, 112, 115, 253})
    void tunnels_and_unknown_protocols_end_as_other(int protocol) {
        byte[] inner = Frame.udp("10.9.9.9", 1, "10.9.9.8", 2).toRaw();
        byte[] packet =
                Frame.ip("10.0.0.1", "10.0.0.2", protocol).payload(inner).toRaw();
        assertEquals(Verdict.OK, decode(packet(packet, LinkType.RAW)));
        assertEquals(List.of(Layer.IPV4, Layer.OTHER), kinds(layers));
        assertEquals(protocol, layers.ipProtocol());
        assertEquals(0x0a000001L, layers.sourceLow());
        assertEquals(0, layers.transport());
    }

    @Test
    void icmp_belongs_to_ipv4_and_icmpv6_to_ipv6() {
        assertEquals(
                Verdict.OK,
                decode(packet(Frame.icmpEcho("10.0.0.1", "10.0.0.2", 1, 2).toRaw(), LinkType.RAW)));
        assertEquals(List.of(Layer.IPV4, Layer.ICMP), kinds(layers));
        assertEquals(
                Verdict.OK, decode(packet(Frame.icmpEcho("::1", "::2", 1, 2).toRaw(), LinkType.RAW)));
        assertEquals(List.of(Layer.IPV6, Layer.ICMPV6), kinds(layers));
        assertEquals(0, layers.transport());
        byte[] crossed = Frame.icmpEcho("10.0.0.1", "10.0.0.2", 1, 2).toRaw();
        crossed[9] = 58;
        assertEquals(Verdict.OK, decode(packet(crossed, LinkType.RAW)));
        assertEquals(List.of(Layer.IPV4, Layer.OTHER), kinds(layers));
    }

    @Test
    void nothing_follows_when_ipv6_says_so() {
        byte[] packet = Frame.ip("::1", "::2", 59).payload(new byte[8]).toRaw();
        assertEquals(Verdict.OK, decode(packet(packet, LinkType.RAW)));
        assertEquals(List.of(Layer.IPV6), kinds(layers));
    }

    /** A frame through every header there is, cut at every length. */
    @ParameterizedTest
    @ValueSource(ints = {6, 17, 132, 1})
    void every_header_is_truncated_when_the_capture_cut_it_and_malformed_when_not(int protocol) {
        Frame ipv6 = transport(protocol, "::1")
                .vlan(1)
                .vlan(2)
                .mpls(3)
                .ipv6Extension(0, new byte[6])
                .ipv6Extension(43, new byte[14])
                .ipv6Extension(51, new byte[14])
                .ipv6Extension(60, new byte[6])
                .ipv6Extension(135, new byte[6])
                .fragment(7, 0, true);
        Frame ipv4 = transport(protocol, "10.0.0.1").ipv4Options(new byte[8]);
        assertCuts(ipv6.toEthernet(), LinkType.ETHERNET);
        assertCuts(ipv6.toLinuxCooked(), LinkType.LINUX_SLL);
        assertCuts(ipv4.toEthernet(), LinkType.ETHERNET);
        assertCuts(transport(protocol, "10.0.0.1").toEthernet(), LinkType.ETHERNET);
        assertCuts(ipv4.toLinuxCooked2(), LinkType.LINUX_SLL2);
        assertCuts(ipv4.toNull(java.nio.ByteOrder.BIG_ENDIAN), LinkType.NULL);
        assertCuts(ipv4.toRaw(), LinkType.RAW);
        assertCuts(ipv4.toRaw(), LinkType.IPV4);
    }

    private static Frame transport(int protocol, String address) {
        return switch (protocol) {
            case 6 -> Frame.tcp(address, 1, address, 2).options(new byte[12]);
            case 17 -> Frame.udp(address, 1, address, 2);
            case 132 -> Frame.sctp(address, 1, address, 2);
            default -> Frame.icmpEcho(address, address, 1, 2);
        };
    }

    /** The frame consists of headers alone, but for the second half of ICMPv6, which has no fixed form. */
    private void assertCuts(byte[] frame, int linkType) {
        assertEquals(Verdict.OK, decode(packet(frame, linkType)));
        int depth = layers.depth();
        int headers = layers.kind(depth - 1) == Layer.ICMPV6 ? frame.length - 4 : frame.length;
        for (int length = 0; length < headers; length++) {
            assertEquals(Verdict.TRUNCATED, decode(cut(frame, length, linkType)), "cut at " + length);
            assertTrue(layers.depth() < depth);
            assertTrue(layers.failedAt() <= length);
            assertEquals(Verdict.MALFORMED, decode(shortened(frame, length, linkType)), "shortened to " + length);
        }
    }

    @Test
    void ports_are_kept_when_the_rest_of_the_header_was_cut_off() {
        byte[] frame = Frame.tcp("10.0.0.1", 7, "10.0.0.2", 9).toEthernet();

        assertEquals(Verdict.TRUNCATED, decode(cut(frame, 38, LinkType.ETHERNET)));

        assertEquals(34, layers.transportAt());
        assertEquals(7, layers.sourcePort());
        assertEquals(9, layers.destinationPort());
        assertEquals(0, layers.transport());
        assertEquals(-1, layers.payloadAt());
        assertEquals(34, layers.failedAt());
        assertEquals(Layer.TCP, layers.failedKind());
        assertEquals(List.of(Layer.ETHERNET, Layer.IPV4), kinds(layers));
    }

    @Test
    void more_layers_than_there_is_room_for_are_too_deep() {
        Frame tags = Frame.udp("10.0.0.1", 1, "10.0.0.2", 2);
        for (int i = 0; i < 13; i++) tags.vlan(i);
        assertEquals(Verdict.OK, decode(packet(tags.toEthernet(), LinkType.ETHERNET)));
        assertEquals(Layers.DEPTH, layers.depth());

        assertEquals(Verdict.TOO_DEEP, decode(packet(tags.vlan(13).toEthernet(), LinkType.ETHERNET)));
        assertEquals(Layer.UDP, layers.failedKind());
        assertEquals(1, layers.sourcePort());
        assertEquals(0, layers.transport());
    }

    @ParameterizedTest
    @CsvSource({"101, 00", "101, 5500", "12, f0", "228, 60000000 00001140", "229, 45000014 00000000"})
    void a_raw_packet_of_another_version_is_malformed(int linkType, String start) {
        byte[] bytes = java.util.Arrays.copyOf(hex(start), 60);
        assertEquals(Verdict.MALFORMED, decode(packet(bytes, linkType)));
        assertEquals(0, layers.depth());
        assertEquals(0, layers.failedAt());
    }

    @Test
    void a_link_type_we_do_not_know_is_unsupported() {
        assertEquals(Verdict.UNSUPPORTED_LINK_TYPE, decode(packet(new byte[60], LinkType.USB_LINUX)));
        assertEquals(0, layers.depth());
        assertFalse(layers.isIp());
    }

    @Test
    void nothing_of_the_packet_before_is_left() {
        decode(packet(Frame.tcp("::1", 1, "::2", 2).fragment(1, 0, true).toEthernet(), LinkType.ETHERNET));
        decode(packet(new byte[3], LinkType.ETHERNET));
        LayersAssertions.assertSame(decoded(new byte[3]), layers);

        decode(packet(
                Frame.udp("10.0.0.1", 1, "10.0.0.2", 2).payload(new byte[20]).toEthernet(), LinkType.ETHERNET));
        decode(packet(Frame.arp("10.0.0.1", "10.0.0.2").toEthernet(), LinkType.ETHERNET));
        LayersAssertions.assertSame(decoded(Frame.arp("10.0.0.1", "10.0.0.2").toEthernet()), layers);
    }

    private static Layers decoded(byte[] frame) {
        var fresh = new Layers();
        new LayerDecoder().decode(packet(frame, LinkType.ETHERNET), fresh);
        return fresh;
    }

    @Test
    void layers_beyond_the_last_cannot_be_asked_for() {
        decode(packet(Frame.udp("10.0.0.1", 1, "10.0.0.2", 2).toEthernet(), LinkType.ETHERNET));
        assertThrows(IndexOutOfBoundsException.class, () -> layers.kind(3));
        assertThrows(IndexOutOfBoundsException.class, () -> layers.at(3));
    }
}
