package io.pairwire.decode;

import static io.pairwire.decode.LayersAssertions.assertInside;
import static io.pairwire.decode.LayersAssertions.kinds;
import static io.pairwire.decode.Packets.cut;
import static io.pairwire.decode.Packets.hex;
import static io.pairwire.decode.Packets.packet;
import static io.pairwire.decode.Packets.shortened;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.decode.craft.Frame;
import io.pairwire.decode.wire.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LinkHeadersTest {
    private static final String MACS = "020000000002 020000000001 ";

    private final Layers layers = new Layers();

    static Stream<WrappedLink> links() {
        return WrappedLink.ALL.stream();
    }

    private Verdict decode(Packet packet) {
        Verdict verdict = new LayerDecoder().decode(packet, layers);
        assertInside(packet, layers);
        return verdict;
    }

    private Verdict decode(String hex, int linkType) {
        return decode(packet(hex(hex), linkType));
    }

    private String path() {
        return String.join(" ", kinds(layers).stream().map(Layer::name).toList());
    }

    @ParameterizedTest
    @MethodSource("links")
    void ip_is_found_behind_every_link_header(WrappedLink link) {
        for (String address : List.of("10.0.0.1", "fe80::1")) {
            boolean ipv4 = address.startsWith("10.");
            byte[] ip = Frame.udp(address, 7, address, 9).payload(new byte[5]).toRaw();
            byte[] bytes = link.around(ip, ipv4 ? 4 : 6);
            var expected = new ArrayList<>(link.layers());
            expected.add(ipv4 ? Layer.IPV4 : Layer.IPV6);
            expected.add(Layer.UDP);

            assertEquals(Verdict.OK, decode(packet(bytes, link.linkType())));

            assertEquals(expected, kinds(layers));
            assertEquals(7, layers.sourcePort());
            assertEquals(5, layers.payloadLength());
            assertEquals(5, layers.payloadCaptured());
        }
    }

    @ParameterizedTest
    @MethodSource("links")
    void a_link_header_cut_by_the_capture_is_truncated_and_one_cut_by_the_sender_malformed(WrappedLink link) {
        byte[] bytes = link.around(Frame.udp("10.0.0.1", 7, "10.0.0.1", 9).toRaw(), 4);
        int end = bytes.length - link.after().replace(" ", "").length() / 2;
        for (int length = 0; length < end; length++) {
            assertEquals(Verdict.TRUNCATED, decode(cut(bytes, length, link.linkType())), "cut at " + length);
            if (link.after().isEmpty()) {
                Packet shortened = shortened(bytes, length, link.linkType());
                assertNotEquals(Verdict.TRUNCATED, decode(shortened), "shortened to " + length);
                if (layers.isIp()) assertEquals(Verdict.MALFORMED, layers.verdict());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, '8863 1109 0000 0004 01010000', ETHERNET PPPOE OTHER, PPPoE discovery",
        "1, '8864 1100 0001 0006 c021 0109 0004', ETHERNET PPPOE PPP OTHER, PPPoE with link control",
        "1, '88e5 0c00 00000001 0011223344', ETHERNET MACSEC OTHER, encrypted MACsec",
        "1, '8847 00010140 10000021 0011', ETHERNET MPLS PSEUDOWIRE OTHER, an associated channel",
        "1, '8847 00010140 00000000 0011223344556677889900112233445566778899', ETHERNET MPLS OTHER, no Ethernet",
        "1, '05ff 00', ETHERNET OTHER, neither length nor type",
        "1, '0003 fefe03 83', ETHERNET LLC, less than there is"
    })
    void frames_without_ip_end_at_the_last_header_that_is_known(int linkType, String rest, String path, String what) {
        assertEquals(Verdict.OK, decode(MACS + rest, linkType), what);
        assertEquals(path, path());
    }

    @ParameterizedTest
    @CsvSource({
        "105, 8000 0000 ffffffffffff 020000000002 020000000002 1000 0011, IEEE_802_11 OTHER, a beacon",
        "105, 4080 0000 ffffffffffff 020000000002 020000000002 1000 00000000, IEEE_802_11, a probe with control",
        "105, d400 0000 020000000001, IEEE_802_11, an acknowledgment",
        "105, b400 0000 020000000001 020000000002, IEEE_802_11, a request to send",
        "105, 4801 0000 020000000001 020000000002 020000000003 1000, IEEE_802_11, no data",
        "105, c801 0000 020000000001 020000000002 020000000003 1000 0000, IEEE_802_11, no data with service",
        "105, 0841 0000 020000000001 020000000002 020000000003 1000 00112233, IEEE_802_11 OTHER, encrypted",
        "105, 0801 0000 020000000001 020000000002 020000000003 1100 00112233, IEEE_802_11 OTHER, a later fragment",
        "105, 0801 0000 020000000001 020000000002 020000000003 1000, IEEE_802_11, data of no bytes",
        "107, 0001 03 08 00, FRAME_RELAY OTHER, link management",
        "104, 0f00 8035 0000, CISCO_HDLC OTHER, keepalive of Cisco",
        "9, c021 01, PPP OTHER, link control",
        "129, 01 00 0000 d4 02 0001 00, ARCNET OTHER, a later fragment",
        "129, 01 00 0000 f1 0007 0800 0104 0001 01 0a000001 00 0a000002, ARCNET ARP, ARP as RFC 1051 has it",
        "230, 6188 01 ffff ffff 0100 aabb, IEEE_802_15_4 OTHER, data of 802.15.4",
        "195, 0200 01 aabb, IEEE_802_15_4, an acknowledgment and its check",
        "283, 0000 0400 0200 01, IEEE_802_15_4, the same with a tap header",
        "227, 00000123 02 00 0000 aabb, CAN OTHER, a CAN frame",
        "253, 0004 0338 0000 0000000000000000 0000 10000000, LINUX_COOKED OTHER, netlink",
        "239, 02 00 0001 0800 0100 00000000, NFLOG, a note without packet",
        "8, 00 80 0000000000000000000000000000 0102, SLIP OTHER, a compressed header",
        "123, 05 00 0010 30, SUNATM OTHER, ATM management",
        "143, c0 00 0000 0000 11, DOCSIS OTHER, a DOCSIS message",
        "197, 0000000000000000 03 00 0000 0000 0000 11, ERF OTHER, an ATM cell",
        "6, 1000 020000000002 020000000001 00, TOKEN_RING OTHER, ring management",
        "10, c3 020000000002 020000000001 00, FDDI OTHER, ring management"
    })
    void links_without_ip_end_at_the_last_header_that_is_known(int linkType, String bytes, String path, String what) {
        assertEquals(Verdict.OK, decode(bytes, linkType), what);
        assertEquals(path, path());
    }

    @ParameterizedTest
    @CsvSource({
        "1, 020000000002 020000000001 0040 424203 00, LLC, an 802.3 length beyond the frame",
        "1, 020000000002 020000000001 8864 1100 0001 0040 c021, PPPOE, a PPPoE length beyond the frame",
        "1, 020000000002 020000000001 8864 2100 0001 0002 c021, PPPOE, a version of PPPoE there is not",
        "1, 020000000002 020000000001 88e5 8000 00000001 0800, MACSEC, a version of MACsec there is not",
        "9, ff04 0021, PPP, a control that is none",
        "107, 18406042 03 cc, FRAME_RELAY, an address without end",
        "107, 0141 03 cc, FRAME_RELAY, an address of one byte",
        "127, 0100 0800 00000000, RADIOTAP, a version of radiotap there is not",
        "127, 0000 0700 00000000, RADIOTAP, a length below the header",
        "127, 0000 0800 00000080, RADIOTAP, a chain beyond the header",
        "127, 0000 0800 02000000, RADIOTAP, a field beyond the header",
        "127, 0000 4000 00000000, RADIOTAP, a length beyond the packet",
        "105, 0901 0000 020000000001 020000000002 020000000003 1000, IEEE_802_11, a version of 802.11 there is not",
        "119, 44000000 10000000 00000000000000000000000000000000, PRISM, a length below the header",
        "163, 80211001 00000007, AVS, a length below the header",
        "163, 00000000 00000040, AVS, no magic number",
        "192, 0000 0400 01000000, PPI, a length below the header",
        "192, 0100 0800 01000000, PPI, a version of PPI there is not",
        "258, 10000000 01000000 01000000, PKTAP, a length below the header",
        "117, 00 02 00 00, PFLOG, a length of nothing",
        "239, 02 00 0001 0300 0100, NFLOG, an attribute shorter than its header",
        "239, 02 01 0001, NFLOG, a version of NFLOG there is not",
        "239, 02 00 0001 4000 0900 45, NFLOG, a packet longer than the message",
        "226, 02 02 0000 00000000 00000000000000000000000000000000, IPNET, a version of IPNET there is not",
        "6, 1040 020000000002 820000000001 0070 00, TOKEN_RING, a route shorter than its header",
        "178, 4d4744 00 00000000, JUNIPER, no magic number",
        "230, 0104 01 ffff, IEEE_802_15_4, a kind of address there is not",
        "283, 0000 0300 0200 01, IEEE_802_15_4, a tap header shorter than itself"
    })
    void a_link_header_that_contradicts_itself_is_malformed(int linkType, String bytes, Layer kind, String what) {
        assertEquals(Verdict.MALFORMED, decode(bytes, linkType), what);
        assertEquals(kind, layers.failedKind());
    }

    @Test
    void a_loopback_family_that_no_system_has_leads_to_ip_if_ip_follows() {
        byte[] raw = Frame.udp("10.0.0.1", 1, "10.0.0.2", 2).toRaw();
        byte[] frame = new byte[4 + raw.length];
        frame[0] = 0x0f;
        frame[2] = 0x08;
        System.arraycopy(raw, 0, frame, 4, raw.length);
        assertEquals(Verdict.OK, decode(packet(frame, LinkType.NULL)));
        assertEquals(1, layers.sourcePort());
        frame[4] = 0x35;
        assertEquals(Verdict.OK, decode(packet(frame, LinkType.NULL)));
        assertEquals(Layer.OTHER, layers.kind(1));
    }

    @Test
    void what_an_802_3_length_leaves_over_is_padding() {
        assertEquals(Verdict.OK, decode(MACS + "0003 424203 00000000000000", LinkType.ETHERNET));
        assertEquals(List.of(Layer.ETHERNET, Layer.LLC), kinds(layers));
    }

    @Test
    void a_link_type_inside_that_we_do_not_know_is_unsupported() {
        assertEquals(Verdict.UNSUPPORTED_LINK_TYPE, decode("0000 0800 bd000000 00", LinkType.PPI));
        assertEquals(8, layers.failedAt());
        assertEquals(List.of(Layer.PPI), kinds(layers));
    }

    @Test
    void pktap_is_known_under_its_number_of_before_and_nothing_else_is() {
        String pktap = "6c000000 01000000 01000000" + "00".repeat(96) + MACS + "0806";
        String arp = "0001 0800 0604 0001 020000000001 0a000001 000000000000 0a000002";
        assertEquals(Verdict.OK, decode(pktap + arp, LinkType.USER2));
        assertEquals("PKTAP ETHERNET ARP", path());
        assertEquals(Verdict.UNSUPPORTED_LINK_TYPE, decode("00".repeat(150), LinkType.USER2));
        assertEquals(Verdict.UNSUPPORTED_LINK_TYPE, decode("", LinkType.USER2));
    }

    @Test
    void headers_inside_headers_inside_headers_end_as_too_deep() {
        String ppi = "0000 0800 c0000000".repeat(40);
        assertEquals(Verdict.TOO_DEEP, decode(ppi, LinkType.PPI));
        String bridged = (MACS + "6558").repeat(40);
        assertEquals(Verdict.TOO_DEEP, decode(bridged, LinkType.ETHERNET));
        assertEquals(Layers.DEPTH, layers.depth());
    }

    @Test
    void a_wrong_check_sequence_does_not_end_the_decoding() {
        String frame =
                "0000 0900 02000000 50" + "0801 0000 020000000001 020000000002 020000000003 1000 aaaa03 000000 0806";
        byte[] arp = hex("0001 0800 0604 0001 020000000001 0a000001 000000000000 0a000002 deadbeef");
        byte[] start = hex(frame);
        byte[] bytes = java.util.Arrays.copyOf(start, start.length + arp.length);
        System.arraycopy(arp, 0, bytes, start.length, arp.length);
        assertEquals(Verdict.OK, decode(packet(bytes, LinkType.IEEE802_11_RADIOTAP)));
        assertTrue(layers.has(Layer.ARP));
    }
}
