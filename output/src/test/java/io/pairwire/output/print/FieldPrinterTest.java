package io.pairwire.output.print;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.decode.craft.Frame;
import io.pairwire.decode.wire.EtherType;
import io.pairwire.decode.wire.IpProtocol;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FieldPrinterTest {
    private static final String ALL =
            "file,number,time_ns,captured_length,original_length,link_type,layers,eth_type,vlan_id,ip_src,ip_dst,"
                    + "ip_protocol,ip_id,ip_fragment_offset,ip_ttl,src_port,dst_port,tcp_seq,tcp_ack,tcp_flags,"
                    + "tcp_window,tcp_length,udp_length";

    private static String row(String fields, Packet packet) {
        return Printed.by(new FieldPrinter(PacketField.parse(fields), _ -> "a.pcap"), packet)
                .lines()
                .toList()
                .getLast();
    }

    private static byte[] tcp() {
        return Frame.tcp("10.0.0.1", 1234, "10.0.0.2", 80)
                .sequence(0xffff_ffffL)
                .acknowledgment(7)
                .flags(0x118)
                .window(512)
                .identification(99)
                .ttl(63)
                .payload(new byte[5])
                .toEthernet();
    }

    @Test
    void there_are_exactly_the_fields_of_the_interface_in_its_order() {
        assertEquals(
                ALL, Arrays.stream(PacketField.values()).map(PacketField::label).collect(Collectors.joining(",")));
    }

    @Test
    void the_heading_names_the_fields_in_the_order_asked_for() {
        var fields = List.of(PacketField.NUMBER, PacketField.FILE, PacketField.NUMBER);
        assertEquals("number\tfile\tnumber\n", Printed.by(new FieldPrinter(fields, _ -> "")));
    }

    @Test
    void every_field_of_a_tcp_segment_has_its_place() {
        assertEquals(
                String.join(
                        "\t",
                        "a.pcap",
                        "1",
                        "1769860800000001002",
                        "59",
                        "59",
                        "1",
                        "ethernet:ipv4:tcp",
                        "2048",
                        "",
                        "10.0.0.1",
                        "10.0.0.2",
                        "6",
                        "99",
                        "0",
                        "63",
                        "1234",
                        "80",
                        "4294967295",
                        "7",
                        "280",
                        "512",
                        "5",
                        ""),
                row(ALL, Printed.ethernet(tcp())));
    }

    @Test
    void the_tag_of_the_customer_and_the_type_in_the_link_header_itself_are_told() {
        byte[] frame =
                Frame.udp("10.0.0.1", 1, "10.0.0.2", 2).vlan(30).vlan(100).toEthernet();
        assertEquals(
                "34984\t100\tethernet:vlan:vlan:ipv4:udp\t8",
                row("eth_type,vlan_id,layers,udp_length", Printed.ethernet(frame)));
    }

    @Test
    void the_outermost_of_two_equal_tags_is_told_and_that_of_a_provider_if_there_is_no_other() {
        byte[] twice = Frame.udp("10.0.0.1", 1, "10.0.0.2", 2)
                .tag(EtherType.VLAN, 30)
                .tag(EtherType.VLAN, 100)
                .toEthernet();
        assertEquals("33024\t30", row("eth_type,vlan_id", Printed.ethernet(twice)));
        byte[] provider = Frame.udp("10.0.0.1", 1, "10.0.0.2", 2)
                .tag(EtherType.SERVICE_VLAN, 30)
                .toEthernet();
        assertEquals("34984\t30", row("eth_type,vlan_id", Printed.ethernet(provider)));
    }

    @Test
    void an_ipv4_header_that_is_cut_in_its_options_or_gives_too_small_a_length_is_told_as_it_stands() {
        String fields = "ip_src,ip_dst,ip_protocol,ip_id,ip_ttl,ip_fragment_offset,src_port";
        byte[] options = Frame.udp("10.0.0.1", 1, "10.0.0.2", 2)
                .identification(5)
                .ttl(9)
                .ipv4Options(new byte[8])
                .toEthernet();
        String told = "10.0.0.1\t10.0.0.2\t17\t5\t9\t0\t";
        assertEquals(told, row(fields, Printed.cut(options, 14 + 24)));
        assertEquals(told, row(fields, Printed.cut(options, 14 + 20)));
        assertEquals("\t\t\t\t\t\t", row(fields, Printed.cut(options, 14 + 19)));
        byte[] lies = options.clone();
        lies[14 + 2] = 0;
        lies[14 + 3] = 21;
        assertEquals(told, row(fields, Printed.ethernet(lies)));
        lies[14] = 0x35;
        assertEquals("\t\t\t\t\t\t", row(fields, Printed.ethernet(lies)), "of another version");
    }

    @Test
    void what_lies_behind_more_headers_than_a_path_holds_is_told() {
        Frame tags = Frame.tcp("10.0.0.1", 1, "10.0.0.2", 2).sequence(7).payload(new byte[9]);
        for (int i = 0; i < 40; i++) tags.tag(EtherType.VLAN, i);
        String fields = "ip_src,ip_dst,ip_ttl,src_port,dst_port,tcp_seq,tcp_length";
        assertEquals("10.0.0.1\t10.0.0.2\t64\t1\t2\t7\t9", row(fields, Printed.ethernet(tags.toEthernet())));
        Frame extended = Frame.udp("fe80::1", 1, "fe80::2", 2).payload(new byte[9]);
        for (int i = 0; i < 40; i++) extended.ipv6Extension(IpProtocol.IPV6_DESTINATION_OPTIONS, new byte[6]);
        assertEquals(
                "fe80::1\tfe80::2\t17\t1\t2\t17",
                row("ip_src,ip_dst,ip_protocol,src_port,dst_port,udp_length", Printed.ethernet(extended.toEthernet())));
    }

    @Test
    void addresses_that_6lowpan_compressed_are_told_as_far_as_the_frame_tells_them() {
        String frame = "41cc01cdab 0807060504030201 1817161514131211"; // data, both addresses of 64 bits
        assertEquals("fe80::1312:1314:1516:1718\tfe80::302:304:506:708", lowpan(frame + "7e33"));
        assertEquals("\tfe80::302:304:506:708", lowpan(frame + "7e73"), "a source by a context");
        assertEquals("::\tff02::1", lowpan(frame + "7e4b01"));
        assertEquals("fe80::ff:fe00:1234\tff05::12:3456", lowpan(frame + "7e2a1234 05123456"));
        assertEquals("fe80::1\tff0e::12:3456:789a", lowpan(frame + "7e19 0000000000000001 0e123456789a"));
        String long1 = "20010db8000000000000000000000001";
        assertEquals(
                "2001:db8::1\t2001:db8::1", lowpan(frame + "6280 00 00000000 11" + long1 + long1), "nothing saved");
        assertEquals("fe80::1312:1314:1516:1718\t", lowpan(frame + "7e37"), "a destination by a context");
        assertEquals("fe80::1312:1314:1516:1718\tfe80::302:304:506:708", lowpan(frame + "c0100001 7e33"), "a fragment");
        assertEquals("fe80::ff:fe00:203\tfe80::ff:fe00:102", lowpan("418801cdab 0201 0302 7e33"), "of 16 bits");
        assertEquals("\t", lowpan(frame + "7e0080"), "cut");
        assertEquals("\t", lowpan(frame + "4133"), "not compressed this way");
    }

    private static String lowpan(String hex) {
        byte[] frame = HexFormat.of().parseHex(hex.replace(" ", ""));
        return row("ip_src,ip_dst", Printed.packet(frame, LinkType.IEEE802_15_4_NOFCS));
    }

    @Test
    void a_length_in_place_of_a_type_is_no_type() {
        byte[] frame = Frame.ethernet(38).payload(new byte[38]).toEthernet();
        assertEquals("", row("eth_type", Printed.ethernet(frame)).strip());
    }

    @Test
    void ipv6_tells_what_follows_its_extension_headers_and_the_hop_limit() {
        byte[] frame = Frame.udp("2001:db8::1", 53, "2001:db8::2", 5353)
                .ipv6Extension(IpProtocol.IPV6_HOP_BY_HOP, new byte[6])
                .ttl(3)
                .toEthernet();
        assertEquals(
                "2001:db8::1\t2001:db8::2\t17\t\t0\t3\t53\t5353\t8",
                row(
                        "ip_src,ip_dst,ip_protocol,ip_id,ip_fragment_offset,ip_ttl,src_port,dst_port,udp_length",
                        Printed.ethernet(frame)));
    }

    @Test
    void fragment_offsets_are_in_the_units_of_the_header() {
        byte[] four = Frame.udp("10.0.0.1", 1, "10.0.0.2", 2)
                .fragment(7, 1480, true)
                .payload(new byte[8])
                .toEthernet();
        byte[] six = Frame.udp("fe80::1", 1, "fe80::2", 2)
                .fragment(70000, 1480, true)
                .payload(new byte[8])
                .toEthernet();
        assertEquals("185\t7\t\t", row("ip_fragment_offset,ip_id,src_port,udp_length", Printed.ethernet(four)));
        assertEquals("185\t70000\t\t", row("ip_fragment_offset,ip_id,src_port,udp_length", Printed.ethernet(six)));
    }

    @Test
    void a_field_in_front_of_the_cut_is_told_even_if_its_header_is_not_whole() {
        byte[] frame = tcp();
        String fields = "src_port,dst_port,tcp_seq,tcp_ack,tcp_flags,tcp_window,tcp_length";
        assertEquals("\t\t\t\t\t\t", row(fields, Printed.cut(frame, 34 + 3)));
        assertEquals("1234\t80\t\t\t\t\t", row(fields, Printed.cut(frame, 34 + 4)));
        assertEquals("1234\t80\t4294967295\t\t\t\t", row(fields, Printed.cut(frame, 34 + 8)));
        assertEquals("1234\t80\t4294967295\t7\t\t\t5", row(fields, Printed.cut(frame, 34 + 13)));
        assertEquals("1234\t80\t4294967295\t7\t280\t512\t5", row(fields, Printed.cut(frame, 34 + 16)));
        assertEquals("1234\t80\t4294967295\t7\t280\t512\t5", row(fields, Printed.cut(frame, 54)));
    }

    @Test
    void what_is_not_there_is_empty() {
        byte[] arp = Frame.arp("10.0.0.1", "10.0.0.2").toEthernet();
        assertEquals(
                "a.pcap\t1\t1769860800000001002\t42\t42\t1\tethernet:arp\t2054" + "\t".repeat(15),
                row(ALL, Printed.ethernet(arp)));
        assertEquals(
                "147\t" + "\t".repeat(1),
                row("link_type,layers,eth_type", Printed.packet(new byte[4], LinkType.USER0)));
    }

    @Test
    void a_packet_without_a_time_has_an_empty_one() {
        assertEquals("\t1", row("time_ns,number", Printed.ethernet(tcp()).untimed()));
    }

    @Test
    void a_name_with_tabs_does_not_shift_the_columns() {
        String text =
                Printed.by(new FieldPrinter(PacketField.parse("file,number"), _ -> "a\tb\nü"), Printed.ethernet(tcp()));
        assertEquals("file\tnumber\na\\tb\\nü\t1\n", text);
    }

    @Test
    void an_unknown_name_is_refused_with_the_names_there_are_and_the_closest() {
        var e = assertThrows(IllegalArgumentException.class, () -> PacketField.parse("number,ip_scr"));
        assertTrue(e.getMessage().contains("'ip_scr', did you mean ip_src?"), e.getMessage());
        assertTrue(e.getMessage().endsWith("tcp_window tcp_length udp_length"), e.getMessage());
        var far = assertThrows(IllegalArgumentException.class, () -> PacketField.parse("frame.number"));
        assertTrue(!far.getMessage().contains("did you mean"), far.getMessage());
        assertThrows(IllegalArgumentException.class, () -> PacketField.parse(""));
    }
}
