package io.pairwire.decode.filter;

import static io.pairwire.decode.Packets.cut;
import static io.pairwire.decode.Packets.packet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.LinkType;
import io.pairwire.decode.Packets;
import io.pairwire.decode.craft.Frame;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterTest {
    private static final String A = "10.0.0.1";
    private static final String B = "192.168.1.2";
    private static final String A6 = "2001:db8::1";
    private static final String B6 = "fe80::2";

    /** Frames by a letter each. */
    private static final Map<String, byte[]> FRAMES = new LinkedHashMap<>();

    static {
        FRAMES.put("u", Frame.udp(A, 1000, B, 53).payload(new byte[20]).toEthernet());
        FRAMES.put("t", Frame.tcp(A, 2000, B, 80).flags(0x02).toEthernet());
        FRAMES.put("r", Frame.tcp(B, 80, A, 2000).flags(0x12).toEthernet());
        FRAMES.put("s", Frame.sctp(A, 5, B, 5672).toEthernet());
        FRAMES.put("i", Frame.icmpEcho(A, B, 1, 2).toEthernet());
        FRAMES.put("a", Frame.arp(A, B).toEthernet());
        FRAMES.put("6", Frame.udp(A6, 1000, B6, 53).toEthernet());
        FRAMES.put("7", Frame.tcp(A6, 2000, B6, 80).toEthernet());
        FRAMES.put("v", Frame.udp(A, 1000, B, 53).vlan(5).toEthernet());
        FRAMES.put("m", Frame.udp(A, 1000, B, 53).mpls(16).toEthernet());
        FRAMES.put(
                "f",
                Frame.udp(A, 1000, B, 53)
                        .payload(new byte[64])
                        .fragment(9, 8, false)
                        .toEthernet());
        FRAMES.put(
                "p",
                Packets.hex("ffffffffffff020000000001 8864 1100 0007 0016 0021"
                        + "4500001400010000401100000a000001c0a80102"));
        FRAMES.put("l", Packets.hex("0180c2000000020000000001 0026 424203 0000000000"));
        FRAMES.put("x", Packets.hex("0180c2000014020000000001 0020 fefe03 83 1b 01 00 12 00 00 00 00"));
    }

    private static String matching(String expression) {
        var filter = Filter.compile(expression, LinkType.ETHERNET);
        var matched = new StringBuilder();
        FRAMES.forEach((name, bytes) -> {
            if (filter.matches(packet(bytes, LinkType.ETHERNET))) matched.append(name);
        });
        return matched.toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '"',
            value = {
                "ip                              ~ utrsif",
                "ip6                             ~ 67",
                "arp                             ~ a",
                "tcp                             ~ tr7",
                "udp                             ~ u6f",
                "sctp                            ~ s",
                "icmp                            ~ i",
                "host 10.0.0.1                   ~ utrsiaf",
                "src host 10.0.0.1               ~ utsiaf",
                "dst 10.0.0.1                    ~ r",
                "ip host 10.0.0.1                ~ utrsif",
                "arp host 10.0.0.1               ~ a",
                "src and dst host 10.0.0.1       ~ \"\"",
                "net 192.168                     ~ utrsiaf",
                "src net 192.168.1.0/24          ~ r",
                "dst net 192.168.0.0 mask 255.255.0.0 ~ utsiaf",
                "host 2001:db8::1                ~ 67",
                "src net 2001:db8::/32           ~ 67",
                "port 53                         ~ u6",
                "src port 80                     ~ r",
                "tcp dst port 80                 ~ t7",
                "port 80 or 53                   ~ utr67",
                "port http or domain             ~ utr67",
                "portrange 50-90                 ~ utr67",
                "sctp port 5672                  ~ s",
                "ip proto 6                      ~ tr",
                "ip6 proto 17                    ~ 6",
                "proto \\udp                     ~ u6f",
                "ip protochain 17                ~ uf",
                "ip6 protochain 6                ~ 7",
                "ether proto 0x806               ~ a",
                "ether broadcast                 ~ p",
                "ether multicast                 ~ plx",
                "ether dst 01:80:c2:00:00:00     ~ l",
                "vlan                            ~ v",
                "vlan 5 and udp port 53          ~ v",
                "vlan 6                          ~ \"\"",
                "ip or vlan                      ~ utrsivf",
                "vlan or ip                      ~ va",
                "mpls 16 and host 10.0.0.1       ~ m",
                "mpls and udp port 53            ~ m",
                "pppoes                          ~ p",
                "pppoes 7 and ip                 ~ p",
                "pppoes and host 10.0.0.1        ~ p",
                "stp                             ~ l",
                "llc                             ~ lx",
                "llc ui                          ~ lx",
                "iso                             ~ x",
                "isis                            ~ x",
                "l1                              ~ x",
                "l2                              ~ \"\"",
                "lsp                             ~ x",
                "less 30                         ~ lx",
                "greater 80                      ~ f",
                "len > 80                        ~ f",
                "tcp[tcpflags] & (tcp-syn|tcp-ack) == tcp-syn ~ t",
                "tcp[13] = 0x12                  ~ r",
                "icmp[icmptype] = icmp-echo      ~ i",
                "ip[6:2] & 0x1fff != 0           ~ f",
                "ip[2:2] - ((ip[0] & 0xf) << 2) = 20 ~ tr",
                "udp[4:2] = 28                   ~ u",
                "ether[12:2] = 0x86dd            ~ 67",
                "ip6[6] = 17                     ~ 6",
                "not ip and not ip6              ~ avmplx",
                "tcp and not port 80             ~ \"\"",
                "tcp and (src host 10.0.0.1 or dst port 2000) ~ tr",
                "host 10.0.0.1 and not 192.168.1.2 ~ \"\"",
                "\"\"                            ~ utrsia67vmfplx",
            })
    void an_expression_matches_these_frames(String expression, String expected) {
        assertEquals(letters(expected), letters(matching(expression)), expression);
    }

    private static TreeSet<Integer> letters(String text) {
        var letters = new TreeSet<Integer>();
        text.strip().chars().forEach(letters::add);
        return letters;
    }

    @Test
    void and_binds_no_tighter_than_or() {
        assertEquals(
                letters("u"),
                letters(matching("tcp or udp and host 10.0.0.1 and not tcp and not ip[6:2] & 0x1fff != 0")));
    }

    @Test
    void every_link_type_has_its_own_offsets() {
        var frame = Frame.tcp(A, 2000, B, 80);
        var frame6 = Frame.tcp(A6, 2000, B6, 80);
        byte[] ppp = bytes(Packets.hex("ff030021"), frame.toRaw());
        var frames = Map.of(
                LinkType.RAW, frame.toRaw(),
                LinkType.IPV4, frame.toRaw(),
                LinkType.LINUX_SLL, frame.toLinuxCooked(),
                LinkType.LINUX_SLL2, frame.toLinuxCooked2(),
                LinkType.NULL, frame.toNull(ByteOrder.LITTLE_ENDIAN),
                LinkType.LOOP, frame.toNull(ByteOrder.BIG_ENDIAN),
                LinkType.PPP, ppp);
        frames.forEach((linkType, bytes) -> {
            assertTrue(
                    Filter.compile("tcp port 80", linkType).matches(packet(bytes, linkType)), LinkType.name(linkType));
            assertFalse(Filter.compile("udp or port 81", linkType).matches(packet(bytes, linkType)));
        });
        assertTrue(Filter.compile("ip6 and tcp dst port 80", LinkType.IPV6)
                .matches(packet(frame6.toRaw(), LinkType.IPV6)));
        byte[] bigEndian = frame.toNull(ByteOrder.BIG_ENDIAN);
        assertTrue(Filter.compile("ip", LinkType.NULL).matches(packet(bigEndian, LinkType.NULL)));
    }

    private static byte[] bytes(byte[] first, byte[] second) {
        byte[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    /** 802.11 QoS data with an LLC header, behind radiotap of 8 bytes or without. */
    @Test
    void wlan_headers_are_walked() {
        String frame = "8801 0000 001122334455 66778899aabb ffffffffffff 0000 0000 aaaa03 000000 0800";
        byte[] wlan = bytes(Packets.hex(frame), Frame.udp(A, 1000, B, 53).toRaw());
        byte[] radio = bytes(Packets.hex("00000800 00000000"), wlan);
        for (String expression : new String[] {
            "udp port 53",
            "type data",
            "subtype qos-data",
            "dir tods",
            "wlan addr1 00:11:22:33:44:55",
            "wlan src 66:77:88:99:aa:bb",
            "wlan broadcast",
            "wlan ra 00:11:22:33:44:55",
            "wlan ta 66:77:88:99:aa:bb",
            "wlan addr3 ff:ff:ff:ff:ff:ff",
            "llc"
        }) {
            assertTrue(
                    Filter.compile(expression, LinkType.IEEE802_11).matches(packet(wlan, LinkType.IEEE802_11)),
                    expression);
            int radiotap = LinkType.IEEE802_11_RADIOTAP;
            assertTrue(Filter.compile(expression, radiotap).matches(packet(radio, radiotap)), expression);
        }
        assertFalse(Filter.compile("type mgt or wlan addr4 00:11:22:33:44:55", LinkType.IEEE802_11)
                .matches(packet(wlan, LinkType.IEEE802_11)));
    }

    @Test
    void tunnels_move_what_follows() {
        byte[] inner = Frame.tcp(A, 2000, B, 80).toEthernet();
        byte[] geneve = Frame.udp("1.1.1.1", 9, "2.2.2.2", 6081)
                .payload(bytes(Packets.hex("0000655800000500"), inner))
                .toEthernet();
        byte[] vxlan = Frame.udp("1.1.1.1", 9, "2.2.2.2", 4789)
                .payload(bytes(Packets.hex("0800000000000500"), inner))
                .toEthernet();
        assertTrue(Filter.compile("geneve 5 and tcp port 80", LinkType.ETHERNET)
                .matches(packet(geneve, LinkType.ETHERNET)));
        assertFalse(Filter.compile("geneve 6", LinkType.ETHERNET).matches(packet(geneve, LinkType.ETHERNET)));
        assertTrue(Filter.compile("vxlan 5 and host 10.0.0.1", LinkType.ETHERNET)
                .matches(packet(vxlan, LinkType.ETHERNET)));
    }

    /** BPF: a load outside the packet refuses it, even where an alternative would have matched. */
    @Test
    void a_load_outside_the_captured_bytes_refuses_the_packet() {
        byte[] tcp = FRAMES.get("t");
        var filter = Filter.compile("tcp port 80 or len > 0", LinkType.ETHERNET);
        assertTrue(filter.matches(packet(tcp, LinkType.ETHERNET)));
        assertFalse(filter.matches(cut(tcp, 30, LinkType.ETHERNET)));
        assertTrue(
                Filter.compile("len > 0 or tcp port 80", LinkType.ETHERNET).matches(cut(tcp, 30, LinkType.ETHERNET)));
    }

    @Test
    void many_packets_are_looked_at_in_one_call() {
        byte[] all = bytes(FRAMES.get("t"), FRAMES.get("u"));
        int first = FRAMES.get("t").length;
        int second = FRAMES.get("u").length;
        int[] accepted = new int[2];
        int found = Filter.compile("udp", LinkType.ETHERNET)
                .code()
                .select(
                        MemorySegment.ofArray(all),
                        new long[] {0, first},
                        new int[] {first, second},
                        new int[] {first, second},
                        2,
                        accepted);
        assertEquals(1, found);
        assertEquals(1, accepted[0]);
    }

    @Test
    void a_filter_is_a_hidden_class() {
        var filter = Filter.compile("tcp port 80", LinkType.ETHERNET);
        assertTrue(filter.isCompiled());
        assertTrue(filter.code().getClass().isHidden());
    }

    @Test
    void a_very_large_filter_runs_all_the_same() {
        var text = new StringBuilder("host 10.0.0.1");
        for (int i = 0; i < 300; i++)
            text.append(" or 10.1.").append(i / 250).append('.').append(i % 250);
        var filter = Filter.compile(text.toString(), LinkType.ETHERNET);
        assertFalse(filter.isCompiled());
        assertTrue(filter.matches(packet(FRAMES.get("t"), LinkType.ETHERNET)));
        assertFalse(filter.matches(packet(FRAMES.get("6"), LinkType.ETHERNET)));
    }

    /** A load behind the end refuses the packet. libpcap leaves out what is multiplied by zero, but not beside a protochain. */
    @Test
    void what_is_times_zero_is_loaded_only_beside_a_protochain() {
        var packet = packet(Frame.udp(A, 1000, B, 53).payload(new byte[3]).toEthernet(), LinkType.ETHERNET);
        assertTrue(Filter.compile("udp[1000] * 0 = 0", LinkType.ETHERNET).matches(packet));
        assertFalse(Filter.compile("udp[1000] * 0 = 0 and ip protochain 17", LinkType.ETHERNET)
                .matches(packet));
        assertTrue(Filter.compile("udp[4] * 0 = 0 and ip protochain 17", LinkType.ETHERNET)
                .matches(packet));
    }
}
