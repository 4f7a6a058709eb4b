package io.pairwire.output.print;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.decode.craft.Frame;
import io.pairwire.decode.wire.IpProtocol;
import io.pairwire.output.print.summary.Dump;
import io.pairwire.output.print.summary.SummaryPrinter;
import io.pairwire.output.print.summary.SummaryStyle;
import io.pairwire.output.print.summary.TimeStyle;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Lines as tcpdump prints them; how many of real captures are equal is in docs/verification.md. */
class SummaryPrinterTest {
    private static final byte[] MSS_AND_SCALE = HexFormat.of().parseHex("020405b4010303070402080a0000000100000000");

    private static Frame syn() {
        return Frame.tcp("10.0.0.1", 1234, "10.0.0.2", 80)
                .flags(2)
                .sequence(1000)
                .window(64240);
    }

    private static Packet tcp(boolean answer, int flags, long sequence, long acknowledgment, int length) {
        Frame frame =
                answer ? Frame.tcp("10.0.0.2", 80, "10.0.0.1", 1234) : Frame.tcp("10.0.0.1", 1234, "10.0.0.2", 80);
        return Printed.ethernet(frame.flags(flags)
                .sequence(sequence)
                .acknowledgment(acknowledgment)
                .window(500)
                .payload(new byte[length])
                .toEthernet());
    }

    @Test
    void a_line_is_that_of_tcpdump() {
        assertEquals(
                "12:00:00.000001 IP 10.0.0.1.1234 > 10.0.0.2.80: Flags [S], seq 1000, win 64240, options [mss"
                        + " 1460,nop,wscale 7,sackOK,TS val 1 ecr 0], length 0\n",
                Printed.lines(
                        SummaryStyle.USUAL,
                        Printed.ethernet(syn().options(MSS_AND_SCALE).toEthernet())));
    }

    @Test
    void sequence_numbers_count_from_the_first_of_the_connection() {
        var packets = new Packet[] {
            tcp(false, 0x02, 1000, 0, 0),
            tcp(true, 0x12, 5000, 1001, 0),
            tcp(false, 0x10, 1001, 5001, 0),
            tcp(false, 0x18, 1001, 5001, 10),
            tcp(true, 0x11, 5001, 1011, 0),
        };
        String head = "12:00:00.000001 IP ";
        String there = head + "10.0.0.1.1234 > 10.0.0.2.80: Flags ";
        String back = head + "10.0.0.2.80 > 10.0.0.1.1234: Flags ";
        assertEquals(
                there + "[S], seq 1000, win 500, length 0\n"
                        + back + "[S.], seq 5000, ack 1001, win 500, length 0\n"
                        + there + "[.], ack 1, win 500, length 0\n"
                        + there + "[P.], seq 1:11, ack 1, win 500, length 10: HTTP\n"
                        + back + "[F.], seq 1, ack 11, win 500, length 0\n",
                Printed.lines(SummaryStyle.USUAL, packets));
        var absolute = new SummaryStyle(TimeStyle.NONE, 0, false, true, false, true, false, false, Dump.NONE);
        assertTrue(Printed.lines(absolute, packets).endsWith("[F.], seq 5001, ack 1011, win 500, length 0\n"));
    }

    @Test
    void times_come_in_six_styles() {
        Packet first = Printed.ethernet(Frame.arp("10.0.0.1", "10.0.0.2").toEthernet());
        Packet second = Printed.ethernet(Frame.arp("10.0.0.1", "10.0.0.2").toEthernet());
        second.moveTo(second.memory(), 0, 42, 42, Printed.NOON + 3_723_000_000_000L);
        Packet third = Printed.ethernet(Frame.arp("10.0.0.1", "10.0.0.2").toEthernet());
        third.moveTo(third.memory(), 0, 42, 42, Printed.NOON + 1_000_000);
        String arp = "ARP, Request who-has 10.0.0.2 tell 10.0.0.1, length 28\n";
        String[] wanted = {
            "12:00:00.000001 " + arp + "13:02:03.000001 " + arp + "12:00:00.001001 " + arp,
            arp + arp + arp,
            "1769860800.000001 " + arp + "1769864523.000001 " + arp + "1769860800.001001 " + arp,
            " 00:00:00.000000 " + arp + " 01:02:03.000000 " + arp + "-01:02:02.999000 " + arp,
            "2026-01-31 12:00:00.000001 " + arp + "2026-01-31 13:02:03.000001 " + arp + "2026-01-31 12:00:00.001001 "
                    + arp,
            " 00:00:00.000000 " + arp + " 01:02:03.000000 " + arp + " 00:00:00.001000 " + arp,
        };
        for (TimeStyle time : TimeStyle.values()) {
            var style = new SummaryStyle(time, 0, false, true, false, false, false, false, Dump.NONE);
            assertEquals(wanted[time.ordinal()], Printed.lines(style, first, second, third), time.name());
        }
    }

    @Test
    void nanoseconds_have_nine_digits() {
        var printer = new SummaryPrinter(SummaryStyle.USUAL, _ -> 9);
        String line = Printed.by(printer, Printed.ethernet(syn().toEthernet()));
        assertTrue(line.startsWith("12:00:00.000001002 IP "), line);
    }

    @Test
    void ports_have_names_unless_numbers_are_wanted() {
        var style = new SummaryStyle(TimeStyle.NONE, 0, false, false, false, false, false, false, Dump.NONE);
        byte[] frame = Frame.udp("10.0.0.1", 4000, "10.0.0.2", 53).toEthernet();
        assertEquals(
                "IP 10.0.0.1.4000 > 10.0.0.2.domain: UDP, length 0\n", Printed.lines(style, Printed.ethernet(frame)));
    }

    @Test
    void quick_lines_tell_little_and_numbered_ones_count() {
        var style = new SummaryStyle(TimeStyle.NONE, 0, false, true, true, false, true, false, Dump.NONE);
        var packet = Printed.ethernet(syn().payload(new byte[3]).toEthernet());
        assertEquals(
                "    1  IP 10.0.0.1.1234 > 10.0.0.2.80: tcp 3\n    2  IP 10.0.0.1.1234 > 10.0.0.2.80: tcp 3\n",
                Printed.lines(style, packet, packet));
    }

    @Test
    void verbose_lines_tell_the_fields_of_ip_and_verify_checksums() {
        assertEquals(
                "IP (tos 0x0, ttl 64, id 0, offset 0, flags [none], proto TCP (6), length 40)\n"
                        + "    10.0.0.1.1234 > 10.0.0.2.80: Flags [S], cksum 0x0000 (incorrect -> 0x97e5), seq 1000, win"
                        + " 64240, length 0",
                Printed.line(1, false, Printed.ethernet(syn().checksum(0).toEthernet())));
        assertEquals(
                "IP6 (hlim 64, next-header UDP (17) payload length: 8) fe80::1.1 > fe80::2.2: [udp sum ok] UDP, length 0",
                Printed.line(
                        1,
                        false,
                        Printed.ethernet(Frame.udp("fe80::1", 1, "fe80::2", 2).toEthernet())));
    }

    @Test
    void the_link_header_is_told_on_demand() {
        byte[] frame = Frame.udp("10.0.0.1", 1, "10.0.0.2", 2).vlan(7).toEthernet();
        String macs = "02:00:00:00:00:01 > 02:00:00:00:00:02, ";
        assertEquals(
                macs + "ethertype 802.1Q (0x8100), length 46: vlan 7, p 0, ethertype IPv4 (0x0800), 10.0.0.1.1 >"
                        + " 10.0.0.2.2: UDP, length 0",
                Printed.line(0, true, Printed.ethernet(frame)));
        assertEquals("IP 10.0.0.1.1 > 10.0.0.2.2: UDP, length 0", Printed.line(Printed.ethernet(frame)));
        byte[] unknown = Frame.ethernet(0x1234).payload(new byte[] {1, 'a', 3}).toEthernet();
        assertEquals(
                macs
                        + "ethertype Unknown (0x1234), length 17: \n\t0x0000:  0161 03                                  .a.",
                Printed.line(Printed.ethernet(unknown)));
    }

    @Test
    void each_link_type_leads_to_the_same_line() {
        Frame frame = Frame.icmpEcho("10.0.0.1", "10.0.0.2", 7, 1).payload(new byte[56]);
        String line = "IP 10.0.0.1 > 10.0.0.2: ICMP echo request, id 7, seq 1, length 64";
        assertEquals(line, Printed.line(Printed.ethernet(frame.toEthernet())));
        assertEquals(line, Printed.line(Printed.packet(frame.toLinuxCooked(), LinkType.LINUX_SLL)));
        assertEquals(
                "ifindex 1  In " + line, Printed.line(Printed.packet(frame.toLinuxCooked2(), LinkType.LINUX_SLL2)));
        assertEquals(line, Printed.line(Printed.packet(frame.toNull(ByteOrder.LITTLE_ENDIAN), LinkType.NULL)));
        assertEquals(line, Printed.line(Printed.packet(frame.toRaw(), LinkType.RAW)));
    }

    @Test
    void icmp_is_told_in_words() {
        assertEquals(
                "IP6 fe80::1 > fe80::2: ICMP6, echo reply, id 7, seq 1, length 8",
                Printed.line(Printed.ethernet(
                        Frame.icmpEcho("fe80::1", "fe80::2", 7, 1).reply().toEthernet())));
    }

    @Test
    void fragments_tell_their_protocol_and_place() {
        byte[] four = Frame.udp("10.0.0.1", 1, "10.0.0.2", 2)
                .fragment(7, 8, false)
                .payload(new byte[8])
                .toEthernet();
        assertEquals("IP 10.0.0.1 > 10.0.0.2: ip-proto-17", Printed.line(Printed.ethernet(four)));
        byte[] six = Frame.udp("fe80::1", 1, "fe80::2", 2)
                .fragment(7, 8, false)
                .payload(new byte[8])
                .toEthernet();
        assertEquals("IP6 fe80::1 > fe80::2: frag (8|8)", Printed.line(Printed.ethernet(six)));
        byte[] first = Frame.udp("fe80::1", 1, "fe80::2", 2)
                .fragment(7, 0, true)
                .payload(new byte[8])
                .toEthernet();
        assertEquals("IP6 fe80::1 > fe80::2: frag (0|16) 1 > 2: UDP, length 8", Printed.line(Printed.ethernet(first)));
    }

    @Test
    void other_protocols_are_named_or_numbered() {
        assertEquals(
                "IP 10.0.0.1 > 10.0.0.2:  ip-proto-253 4",
                Printed.line(Printed.ethernet(Frame.ip("10.0.0.1", "10.0.0.2", 253)
                        .payload(new byte[4])
                        .toEthernet())));
        byte[] labels =
                Frame.udp("10.0.0.1", 1, "10.0.0.2", 2).mpls(16).mpls(17).toEthernet();
        assertEquals(
                "MPLS (label 16, tc 0, ttl 64), (label 17, tc 0, [S], ttl 64) IP 10.0.0.1.1 > 10.0.0.2.2: UDP, length 0",
                Printed.line(Printed.ethernet(labels)));
        byte[] inner = Frame.udp("10.0.0.1", 1, "10.0.0.2", 2).toRaw();
        assertEquals(
                "IP 192.0.2.1 > 192.0.2.2: IP 10.0.0.1.1 > 10.0.0.2.2: UDP, length 0",
                Printed.line(Printed.ethernet(
                        Frame.ip("192.0.2.1", "192.0.2.2", 4).payload(inner).toEthernet())));
    }

    @Test
    void a_cut_header_is_marked() {
        byte[] frame = syn().toEthernet();
        assertEquals("[|ether]", Printed.line(Printed.cut(frame, 13)));
        assertEquals("IP [|ip]", Printed.line(Printed.cut(frame, 33)));
        assertEquals("IP 10.0.0.1 > 10.0.0.2: [|tcp]", Printed.line(Printed.cut(frame, 37)));
        assertEquals("IP 10.0.0.1.1234 > 10.0.0.2.80:  [|tcp]", Printed.line(Printed.cut(frame, 53)));
    }

    @Test
    void a_lying_length_is_told() {
        byte[] longer = Frame.udp("10.0.0.1", 1, "10.0.0.2", 2).ipLength(100).toEthernet();
        assertEquals(
                "IP truncated-ip - 72 bytes missing! 10.0.0.1.1 > 10.0.0.2.2: UDP, length 0",
                Printed.line(Printed.ethernet(longer)));
        byte[] datagram = Frame.udp("10.0.0.1", 1, "10.0.0.2", 2).udpLength(100).toEthernet();
        assertEquals("IP 10.0.0.1.1 > 10.0.0.2.2: UDP, bad length 92 > 0", Printed.line(Printed.ethernet(datagram)));
        byte[] shorter = Frame.udp("10.0.0.1", 1, "10.0.0.2", 2).udpLength(7).toEthernet();
        assertEquals("IP 10.0.0.1.1 > 10.0.0.2.2: truncated-udplength 7", Printed.line(Printed.ethernet(shorter)));
    }

    @Test
    void bytes_are_dumped_behind_the_link_header_or_from_it_on() {
        byte[] frame = Frame.ip("1.2.3.4", "5.6.7.8", 253)
                .payload("Hi\r\n~".getBytes())
                .toEthernet();
        String line = "IP 1.2.3.4 > 5.6.7.8:  ip-proto-253 5";
        for (Dump dump : Dump.values()) {
            var style = new SummaryStyle(TimeStyle.NONE, 0, false, true, false, false, false, false, dump);
            String text = Printed.lines(style, Printed.ethernet(frame));
            String wanted = switch (dump) {
                case NONE -> "";
                case HEX -> "\n\t0x0000:  4500 0019 0000 0000 40fd 69d5 0102 0304\n\t0x0010:  0506 0708 4869 0d0a 7e";
                case HEX_LINK ->
                    "\n\t0x0000:  0200 0000 0002 0200 0000 0001 0800 4500\n\t0x0010:  0019 0000 0000 40fd 69d5 0102 0304"
                            + " 0506\n\t0x0020:  0708 4869 0d0a 7e";
                case HEX_ASCII ->
                    "\n\t0x0000:  4500 0019 0000 0000 40fd 69d5 0102 0304  E.......@.i.....\n\t0x0010:  0506 0708 4869"
                            + " 0d0a 7e                   ....Hi..~";
                case HEX_ASCII_LINK ->
                    "\n\t0x0000:  0200 0000 0002 0200 0000 0001 0800 4500  ..............E.\n\t0x0010:  0019 0000 0000"
                            + " 40fd 69d5 0102 0304 0506  ......@.i.......\n\t0x0020:  0708 4869 0d0a 7e               "
                            + "         ..Hi..~";
                case ASCII -> "\nE.......@.i.........Hi\n~";
                case ASCII_LINK -> "\n..............E.......@.i.........Hi\n~";
            };
            assertEquals(line + wanted + "\n", text, dump.name());
        }
    }

    @Test
    void a_text_protocol_shows_its_first_line() {
        byte[] frame = Frame.tcp("10.0.0.1", 1234, "10.0.0.2", 80)
                .payload("GET / HTTP/1.1\r\nHost: x\r\n".getBytes())
                .toEthernet();
        assertTrue(Printed.line(Printed.ethernet(frame)).endsWith(", length 25: HTTP: GET / HTTP/1.1"));
    }

    @Test
    void what_is_inside_vxlan_follows_on_a_line_of_its_own() {
        byte[] inner = Frame.icmpEcho("192.0.2.1", "192.0.2.2", 1, 2).toEthernet();
        byte[] payload = new byte[8 + inner.length];
        payload[0] = 8;
        payload[6] = 5;
        System.arraycopy(inner, 0, payload, 8, inner.length);
        byte[] frame =
                Frame.udp("10.0.0.1", 5000, "10.0.0.2", 4789).payload(payload).toEthernet();
        assertEquals(
                "IP 10.0.0.1.5000 > 10.0.0.2.4789: VXLAN, flags [I] (0x08), vni 5\n"
                        + "IP 192.0.2.1 > 192.0.2.2: ICMP echo request, id 1, seq 2, length 8",
                Printed.line(Printed.ethernet(frame)));
    }

    @Test
    void sctp_chunks_are_named() {
        byte[] data = HexFormat.of().parseHex("000300140000000100000002000000030102030407000004");
        byte[] frame = Frame.sctp("10.0.0.1", 1, "10.0.0.2", 2).payload(data).toEthernet();
        assertEquals(
                "IP 10.0.0.1.1 > 10.0.0.2.2: sctp (1) [DATA] (B)(E) [TSN: 1] [SID: 0] [SSEQ 2] [PPID M3UA] , (2)"
                        + " [SHUTDOWN] ",
                Printed.line(Printed.ethernet(frame)));
    }

    @Test
    void headers_inside_each_other_come_to_an_end() {
        byte[] tags = new byte[4 * 300];
        for (int i = 0; i < tags.length; i += 4) {
            tags[i + 2] = (byte) 0x81;
        }
        byte[] frame = Frame.ethernet(0x8100).payload(tags).toEthernet();
        assertEquals("", Printed.line(Printed.ethernet(frame)).replace(" [too deep]", ""));
        byte[] nested = Frame.ip("10.0.0.1", "10.0.0.2", IpProtocol.IPV6_DESTINATION_OPTIONS)
                .toRaw();
        for (int i = 0; i < 200; i++)
            nested = Frame.ip("10.0.0.1", "10.0.0.2", 4).payload(nested).toRaw();
        assertTrue(Printed.line(Printed.packet(nested, LinkType.RAW)).endsWith("[too deep]"));
    }
}
