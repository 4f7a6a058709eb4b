package io.pairwire.output.print;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.Packet;
import io.pairwire.decode.craft.Frame;
import io.pairwire.output.print.tree.TreePrinter;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class TreePrinterTest {
    private static String tree(Packet packet) {
        return Printed.by(new TreePrinter(_ -> "a.pcap", false), packet);
    }

    @Test
    void every_field_stands_beside_its_bytes_and_every_header_beside_its_standard() {
        byte[] frame = Frame.udp("10.0.0.1", 1234, "10.0.0.2", 53)
                .vlan(7)
                .payload("hello".getBytes())
                .toEthernet();
        assertEquals("""
                Packet 1 of a.pcap: 51 of 51 bytes, 2026-01-31T12:00:00.000001002Z, link type ETHERNET
                  Ethernet, IEEE 802.3 (14 bytes at 0)
                    0000  02 00 00 00 00 02         destination: 02:00:00:00:00:02
                    0006  02 00 00 00 00 01         source: 02:00:00:00:00:01
                    000c  81 00                     type or length: 0x8100 (802.1Q)
                  VLAN tag, IEEE 802.1Q (4 bytes at 14)
                    000e  000. ....                 priority: 0
                    000e  ...0 ....                 drop eligible: no
                    000e  .... 0000 0000 0111       identifier: 7
                    0010  08 00                     type or length: 0x0800 (IPv4)
                  Internet Protocol version 4, RFC 791 section 3.1 (20 bytes at 18)
                    0012  0100 ....                 version: 4
                    0012  .... 0101                 header length: 20 bytes
                    0013  0000 00..                 differentiated services: 0
                    0013  .... ..00                 congestion notification: 0 (not capable)
                    0014  00 21                     total length: 33
                    0016  00 00                     identification: 0
                    0018  0... ....                 reserved: no
                    0018  .0.. ....                 don't fragment: no
                    0018  ..0. ....                 more fragments: no
                    0018  ...0 0000 0000 0000       fragment offset: 0 bytes
                    001a  40                        time to live: 64
                    001b  11                        protocol: 17 (UDP)
                    001c  66 ca                     header checksum: 0x66ca
                    001e  0a 00 00 01               source: 10.0.0.1
                    0022  0a 00 00 02               destination: 10.0.0.2
                  User Datagram Protocol, RFC 768 (8 bytes at 38)
                    0026  04 d2                     source port: 1234
                    0028  00 35                     destination port: 53
                    002a  00 0d                     length: 13
                    002c  a2 f8                     checksum: 0xa2f8
                  Data (5 bytes at 46)
                    0x0000:  6865 6c6c 6f                             hello

                """, tree(Printed.ethernet(frame)));
    }

    @Test
    void options_stand_in_the_tree_one_by_one() {
        byte[] frame = Frame.tcp("10.0.0.1", 1, "10.0.0.2", 2)
                .options(HexFormat.of().parseHex("020405b401030307"))
                .toEthernet();
        String text = tree(Printed.ethernet(frame));
        assertTrue(text.contains("""
                            0036  02 04 05 b4               option: maximum segment size 1460
                            003a  01                        option: no operation
                            003b  03 03 07                  option: window scale 2^7
                        """), text);
    }

    @Test
    void arp_tells_its_addresses() {
        String text = tree(Printed.ethernet(Frame.arp("10.0.0.1", "10.0.0.2").toEthernet()));
        assertTrue(text.contains("operation: 1 (request)\n"), text);
        assertTrue(text.contains("    001c  0a 00 00 01               sender protocol address: 10.0.0.1\n"), text);
        assertTrue(text.contains("    0026  0a 00 00 02               target protocol address: 10.0.0.2\n"), text);
    }

    @Test
    void addresses_of_ipv6_are_whole_though_only_half_of_their_bytes_fit() {
        String text =
                tree(Printed.ethernet(Frame.udp("2001:db8::1", 1, "fe80::2", 2).toEthernet()));
        assertTrue(text.contains("0016  20 01 0d b8 00 00 00 00.. source: 2001:db8::1\n"), text);
    }

    @Test
    void what_was_captured_of_a_cut_header_is_shown() {
        String text = tree(Printed.cut(Frame.udp("10.0.0.1", 1, "10.0.0.2", 2).toEthernet(), 38));
        assertTrue(text.endsWith("""
                          User Datagram Protocol, RFC 768 (4 bytes at 34)
                            0022  00 01                     source port: 1
                            0024  00 02                     destination port: 2
                          [truncated: User Datagram Protocol at 34]

                        """), text);
    }

    @Test
    void a_header_that_contradicts_itself_is_shown_and_named() {
        String text = tree(Printed.ethernet(
                Frame.udp("10.0.0.1", 1, "10.0.0.2", 2).udpLength(3).toEthernet()));
        assertTrue(text.contains("length: 3\n"), text);
        assertTrue(text.endsWith("  [malformed: User Datagram Protocol at 34]\n\n"), text);
    }

    @Test
    void checksums_are_verified_on_demand() {
        byte[] frame = Frame.udp("10.0.0.1", 1, "10.0.0.2", 2).checksum(1).toEthernet();
        String text = Printed.by(new TreePrinter(_ -> "a.pcap", true), Printed.ethernet(frame));
        assertTrue(text.contains("checksum is valid\n  User Datagram Protocol"), text);
        assertTrue(text.contains("checksum: 0x1\n" + " ".repeat(36) + "checksum is invalid\n"), text);
    }

    @Test
    void what_a_tunnel_carries_is_shown_too() {
        byte[] inner = Frame.udp("192.0.2.1", 1, "192.0.2.2", 2).toRaw();
        byte[] frame = Frame.ip("10.0.0.1", "10.0.0.2", 4).payload(inner).toEthernet();
        String text = tree(Printed.ethernet(frame));
        assertTrue(text.contains("destination: 10.0.0.2\n  Internet Protocol version 4"), text);
        assertTrue(text.contains("source: 192.0.2.1\n"), text);
    }
}
