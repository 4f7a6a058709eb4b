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
import org.junit.jupiter.params.provider.ValueSource;

class HeaderChecksTest {

    @ParameterizedTest
    @CsvSource({
        "4400, 0014, fewer than five words",
        "4000, 0014, no words at all",
        "5500, 0014, version 5",
        "6500, 0014, version 6",
        "4500, 0013, a total length below the header",
        "4500, 0001, a total length below the header"
    })
    void an_ipv4_header_that_contradicts_itself_is_malformed(String versionToService, String totalLength, String why) {
        Packet packet = packet(hex(versionToService + totalLength + "0000 0000 4011 0000 0a000001 0a000002"), 1);
        assertEquals(Verdict.MALFORMED, Ipv4.check(packet, 0, 20), why);
    }

    @Test
    void an_ipv4_total_length_of_zero_is_what_offloading_leaves() {
        Packet packet = packet(hex("4500 0000 0000 0000 4011 0000 0a000001 0a000002"), 1);
        assertEquals(Verdict.OK, Ipv4.check(packet, 0, 20));
    }

    @Test
    void an_ipv4_total_length_that_ends_inside_the_options_is_malformed() {
        Packet packet = packet(hex("4600 0014 0000 0000 4011 0000 0a000001 0a000002 01010101"), 1);
        assertEquals(Verdict.MALFORMED, Ipv4.check(packet, 0, 24));
    }

    @Test
    void an_ipv6_header_of_another_version_is_malformed() {
        byte[] header = new byte[40];
        header[0] = 0x45;
        assertEquals(Verdict.MALFORMED, Ipv6.check(packet(header, 1), 0, 40));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void a_tcp_data_offset_below_five_is_malformed(int offset) {
        byte[] header = new byte[20];
        header[12] = (byte) (offset << 4);
        assertEquals(Verdict.MALFORMED, Tcp.check(packet(header, 1), 0, 20));
    }

    @ParameterizedTest
    @CsvSource({"0, OK", "1, MALFORMED", "7, MALFORMED", "8, OK", "65535, OK"})
    void a_udp_length_is_zero_or_at_least_the_header(int length, Verdict expected) {
        byte[] header = {0, 1, 0, 2, (byte) (length >> 8), (byte) length, 0, 0};
        assertEquals(expected, Udp.check(packet(header, 1), 0, 8));
    }

    @Test
    void an_authentication_header_shorter_than_its_fixed_part_is_malformed() {
        assertEquals(Verdict.MALFORMED, AuthenticationHeader.check(packet(new byte[12], 1), 0, 12));
    }

    @Test
    void an_arp_packet_is_as_long_as_its_addresses() {
        byte[] infiniband = new byte[8 + 2 * (20 + 4)];
        infiniband[4] = 20;
        infiniband[5] = 4;
        Packet packet = packet(infiniband, 1);
        assertEquals(56, Arp.packetLength(packet, 0));
        assertEquals(Verdict.OK, Arp.check(packet, 0, 56));
        assertEquals(Verdict.TRUNCATED, Arp.check(packet, 0, 55));
        assertFalse(Arp.isIpv4OverEthernet(packet, 0));
    }

    @Test
    void arp_tells_who_has_which_address() {
        Packet packet = packet(hex("0001 0800 0604 0002 020000000001 ff000001 020000000002 0a000002"), 1);
        assertTrue(Arp.isIpv4OverEthernet(packet, 0));
        assertEquals(0x020000000001L, Arp.senderMac(packet, 0));
        assertEquals(0xff000001L, Arp.senderIpv4(packet, 0));
        assertEquals(0x020000000002L, Arp.targetMac(packet, 0));
        assertEquals(0x0a000002L, Arp.targetIpv4(packet, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "00000002, 0x0800", "02000000, 0x0800", "0000000a, 0x86dd", "0a000000, 0x86dd", "00000018, 0x86dd",
        "18000000, 0x86dd", "0000001c, 0x86dd", "1c000000, 0x86dd", "0000001e, 0x86dd", "1e000000, 0x86dd",
        "00000007, 0", "07000000, 0", "ffffffff, 0"
    })
    void an_address_family_of_any_system_and_byte_order_is_known(String family, String etherType) {
        assertEquals(Integer.decode(etherType), NullLoopback.etherType(packet(hex(family), 0), 0));
    }
}
