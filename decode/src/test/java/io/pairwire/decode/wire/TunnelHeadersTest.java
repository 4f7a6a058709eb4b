package io.pairwire.decode.wire;

import static io.pairwire.decode.Packets.hex;
import static io.pairwire.decode.Packets.packet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.Packet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TunnelHeadersTest {
    interface Check {
        Verdict check(Packet packet, int at, int available);
    }

    private static Verdict check(Check check, String hex) {
        byte[] bytes = hex(hex);
        return check.check(packet(bytes, 1), 0, bytes.length);
    }

    @ParameterizedTest
    @CsvSource({
        "0002 0800, version 2 of GRE",
        "0007 0800, version 7 of GRE",
        "1001 880b 00000000, version 1 of GRE without a key"
    })
    void gre_that_does_not_exist_is_malformed(String header, String why) {
        assertEquals(Verdict.MALFORMED, check(Gre::check, header), why);
    }

    @Test
    void a_source_route_of_gre_without_an_end_is_cut() {
        assertEquals(Verdict.TRUNCATED, check(Gre::check, "4000 0800 00000000 0800 0004 0a000001"));
        assertEquals(Verdict.TRUNCATED, check(Gre::check, "4000 0800 00000000 0800 00ff 0a000001"));
    }

    @Test
    void gre_of_pptp_tells_call_and_acknowledgment() {
        Packet packet = packet(hex("3081 880b 0010 0042 00000007 80000006"), 1);
        assertEquals(16, Gre.payloadLength(packet, 0));
        assertEquals(0x42, Gre.callId(packet, 0));
        assertEquals(7, Gre.sequence(packet, 0));
        assertEquals(0x80000006L, Gre.acknowledgment(packet, 0));
    }

    @ParameterizedTest
    @CsvSource({"00000000 00000000", "0a000000 00000000", "f8000000 00000000"})
    void vxlan_without_a_network_or_with_unknown_flags_is_malformed(String header) {
        assertEquals(Verdict.MALFORMED, check(Vxlan::check, header));
    }

    @ParameterizedTest
    @CsvSource({"4000 6558 00000000", "8000 6558 00000000", "0001 6558 00000000"})
    void geneve_of_another_version_or_with_reserved_bits_is_malformed(String header) {
        assertEquals(Verdict.MALFORMED, check(Geneve::check, header));
    }

    @ParameterizedTest
    @CsvSource({
        "50ff 0000 00000000, version 2",
        "20ff 0000 00000000, GTP prime",
        "38ff 0000 00000000, a reserved bit",
        "32ff 0002 00000000 00000000, a length that ends inside the header",
        "34ff 0008 00000000 00000085 00000000, an extension header of no length",
        "34ff 0008 00000000 00000085 02000000, an extension header behind the end of the message",
        "34ff 0008 00000000 00000085 01000085, a chain that goes on behind the end of the message"
    })
    void gtp_that_contradicts_itself_is_malformed(String header, String why) {
        assertEquals(Verdict.MALFORMED, check(GtpU::check, header), why);
    }

    @ParameterizedTest
    @CsvSource({
        "0001 0005 ffff, version 1",
        "0004 0005 ffff 0000, version 4",
        "2002 0005 ffff, a reserved bit",
        "4002 0005 0005 ffff, a length that ends inside the header",
        "0203 0000 80000001, version 3 with an offset",
        "8002 0005 ffff, control without length and numbers",
        "8003 0000 00000001, control of version 3 without length and numbers"
    })
    void l2tp_that_contradicts_itself_is_malformed(String header, String why) {
        assertEquals(Verdict.MALFORMED, check(L2tp::check, header), why);
    }

    @ParameterizedTest
    @CsvSource({"0fff 6555 000abcde", "3fff 6555 000abcde"})
    void erspan_of_another_version_is_malformed(String header) {
        assertEquals(Verdict.MALFORMED, check(Erspan::check, header));
    }

    @Test
    void a_dccp_offset_inside_the_fixed_header_is_malformed() {
        assertEquals(Verdict.MALFORMED, check(Dccp::check, "0001 1389 02 00 abcd 04 000000"));
        assertEquals(Verdict.MALFORMED, check(Dccp::check, "0001 1389 03 00 abcd 01 00 000000000001"));
    }

    @Test
    void a_udp_lite_coverage_inside_the_header_is_malformed() {
        assertEquals(Verdict.MALFORMED, check(UdpLite::check, "0001 0002 0007 abcd"));
        assertEquals(Verdict.OK, check(UdpLite::check, "0001 0002 0000 abcd"));
    }

    @Test
    void a_segment_list_longer_than_its_header_is_malformed() {
        assertEquals(Verdict.MALFORMED, check(Ipv6Routing::check, "2b02 0401 0100 0007" + "00".repeat(16)));
        assertEquals(Verdict.MALFORMED, check(Ipv6Routing::check, "2b00 0001 0000 0000"));
    }

    @Test
    void segment_routing_lists_its_stations_backwards() {
        Packet packet =
                packet(hex("2b04 0401 0105 0007 000000000000000a000000000000000b 000000000000000c000000000000000d"), 1);
        assertEquals(2, Ipv6Routing.addresses(packet, 0));
        assertEquals(0, Ipv6Routing.lastStation(packet, 0));
        assertEquals(0xaL, Ipv6Routing.addressHigh(packet, 0, 0));
        assertEquals(0xdL, Ipv6Routing.addressLow(packet, 0, 1));
        assertEquals(5, Ipv6Routing.flags(packet, 0));
        assertEquals(7, Ipv6Routing.tag(packet, 0));
    }

    @Test
    void igmp_versions_are_told_apart_by_type_length_and_response_time() {
        assertEquals(1, Igmp.version(packet(hex("1100 0000 00000000"), 1), 0, 8));
        assertEquals(2, Igmp.version(packet(hex("1164 0000 00000000"), 1), 0, 8));
        Packet query = packet(hex("1164 0000 e0000001 0000 0001 0a000001"), 1);
        assertEquals(3, Igmp.version(query, 0, 16));
        assertEquals(1, Igmp.sources(query, 0));
        Packet report = packet(hex("2200 0000 0000 0001 0401 0001 e0000001 0a000001 00000000"), 1);
        assertEquals(3, Igmp.version(report, 0, 24));
        assertEquals(1, Igmp.records(report, 0));
        assertEquals(16, Igmp.recordLength(report, 8, 16));
        assertEquals(-1, Igmp.recordLength(report, 8, 15));
        assertEquals(0, Igmp.version(packet(hex("1300 0000 00000000"), 1), 0, 8));
    }

    @Test
    void teredo_says_what_comes_before_the_packet() {
        String authentication = "0001 0200 abcd 0000000000000001 00";
        String origin = "0000 f227 f5fffffe";
        Packet both = packet(hex(authentication + origin), 1);
        assertEquals(Verdict.OK, Teredo.check(both, 0, 23));
        assertEquals(15, Teredo.authenticationLength(both, 0));
        assertEquals(23, Teredo.headerLength(both, 0, 23));
        assertTrue(Teredo.isOrigin(both, Teredo.originAt(both, 0)));
        assertEquals(3544, Teredo.originPort(both, 15));
        assertEquals(0x0a000001L, Teredo.originAddress(both, 15));
        Packet alone = packet(hex(origin), 1);
        assertFalse(Teredo.hasAuthentication(alone, 0));
        assertEquals(8, Teredo.headerLength(alone, 0, 8));
        assertEquals(Verdict.MALFORMED, check(Teredo::check, "6000 0000"));
        assertEquals(Verdict.TRUNCATED, check(Teredo::check, authentication + "0000 f227"));
    }

    @Test
    void icmp_says_what_its_second_word_means() {
        Packet echo = packet(hex("0800 0000 abcd ef01"), 1);
        assertEquals(0xabcd, Icmp.identifier(echo, 0));
        assertEquals(0xef01, Icmp.sequence(echo, 0));
        assertFalse(Icmp.isQuoting(echo, 0));
        Packet unreachable = packet(hex("0304 0000 0011 05dc"), 1);
        assertTrue(Icmp.isQuoting(unreachable, 0));
        assertEquals(1500, Icmp.nextHopMtu(unreachable, 0));
        assertEquals(68, Icmp.quotedLength(unreachable, 0));
        assertEquals(0xc0a80001L, Icmp.gateway(packet(hex("0501 0000 c0a80001"), 1), 0));
        assertEquals(9, Icmp.pointer(packet(hex("0c00 0000 09000000"), 1), 0));
        Packet tooBig = packet(hex("0200 0000 00000500"), 1);
        assertTrue(Icmpv6.isQuoting(tooBig, 0));
        assertEquals(1280, Icmpv6.mtu(tooBig, 0));
        assertEquals(40, Icmpv6.pointer(packet(hex("0400 0000 00000028"), 1), 0));
        Packet echo6 = packet(hex("8000 0000 abcd ef01"), 1);
        assertFalse(Icmpv6.isQuoting(echo6, 0));
        assertEquals(0xabcd, Icmpv6.identifier(echo6, 0));
        assertEquals(0xef01, Icmpv6.sequence(echo6, 0));
    }
}
