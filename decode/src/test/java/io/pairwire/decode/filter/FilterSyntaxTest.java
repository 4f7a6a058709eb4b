package io.pairwire.decode.filter;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.LinkType;
import io.pairwire.decode.filter.text.FilterSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterSyntaxTest {
    private static FilterSyntaxException refused(String expression) {
        return assertThrows(
                FilterSyntaxException.class, () -> Filter.compile(expression, LinkType.ETHERNET), expression);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.0.0.1                | 1  | needs a word before it",
                "tcp prot 80             | 5  | did you mean \"port\"?",
                "tcp port htpp           | 10 | did you mean \"http\"?",
                "port 70000              | 6  | exceeds 65535",
                "host 1.2.3.4.5          | 6  | names are not looked up",
                "host 1.2.3.256          | 6  | exceeds 255",
                "net 10.1.0.0/8          | 5  | did you mean net 10.0.0.0/8?",
                "host 10.0.0.0/8         | 6  | a mask belongs to a net",
                "port 1.2.3.4            | 6  | takes a number or a name",
                "tcp host 1.2.3.4        | 10 | \"tcp\" has no host",
                "icmp port 5             | 11 | has no ports",
                "ip host ::1             | 9  | no IPv6 host",
                "ether host 1.2.3.4      | 12 | not one of the link",
                "host 1:2:3:4:5:6        | 6  | write ether host",
                "ether host router       | 12 | names are not looked up",
                "gateway router          | 9  | no names of hosts",
                "ip proto nonsense       | 10 | unknown protocol",
                "src proto 6             | 5  | has no direction",
                "tcp and                 | 8  | at the end",
                "(tcp or udp             | 12 | \")\" is missing",
                "tcp udp                 | 5  | \"and\" or \"or\" is missing",
                "tcp[0:3] = 1            | 1  | 1, 2 or 4 bytes",
                "ip[0] / 0 = 1           | 7  | division by zero",
                "ip[0] << 32 = 1         | 7  | more than 31 bits",
                "stp[0] = 1              | 1  | has no fields",
                "ip[0] =                 | 8  | is missing",
                "08 = len                | 1  | not octal",
                "len = 4294967296        | 7  | exceeds 32 bits",
                "vlan 4096               | 1  | exceeds 4095",
                "mpls and vlan           | 10 | behind mpls",
                "type data               | 1  | on 802.11 only",
                "wlan addr4 1:2:3:4:5:6  | 12 | is an address of 802.11",
                "vpi 3                   | 1  | is for ATM",
                "llc foo                 | 1  | unknown type",
                "ip and arp              | 1  | rejects all packets",
                "net 10/8                | 7  | did you mean net 10.0/8?",
                "net 10 mask 255.0.0.0   | 8  | did you mean net 10.0 mask 255.0.0.0?",
                "host 10.0.0.0/8         | 6  | did you mean net 10.0.0.0/8?",
                "port 20-80              | 6  | did you mean portrange 20-80?",
                "net fe80::1/10          | 5  | outside its mask of 10 bits",
                "isis proto \\isis        | 12 | are numbers here",
                "decnet net 10.1/8       | 12 | bits outside its mask",
                "ether                   | 1  | need something behind",
                "tcp # 5                 | 5  | does not belong here",
                "ether host 1:2:3:4:     | 12 | is no Ethernet address",
            })
    void a_wrong_expression_says_where_and_why(String expression, int column, String reason) {
        var e = refused(expression);
        assertTrue(e.getMessage().contains(reason), e.getMessage());
        assertEquals(column, e.column(), e.getMessage());
    }

    @Test
    void the_place_is_shown_below_the_expression() {
        assertEquals("tcp prot 80\n    ^", refused("tcp prot 80").picture());
    }

    @Test
    void hostile_expressions_end() {
        assertTrue(refused("(".repeat(5000) + "ip").getMessage().contains("nested"));
        assertTrue(refused("not ".repeat(5000) + "ip").getMessage().contains("nested"));
        assertTrue(refused("len = " + "(".repeat(5000) + "1").getMessage().contains("nested"));
        assertTrue(refused("len = " + "1+".repeat(5000) + "1").getMessage().contains("operators"));
        assertTrue(refused("ip or ".repeat(20_000) + "ip").getMessage().contains("characters"));
    }

    /** Said before a packet was read, by who knows most about it. */
    @Test
    void what_means_nothing_on_any_link_type_is_refused_at_once() {
        assertReason("unknown port", "port eighty");
        assertReason("rejects all packets", "ip and arp");
        assertReason("unknown 802.11 subtype", "type mgt subtype nonsense");
        assertReason("is for ATM", "vpi 3");
        for (String somewhere : new String[] {"type mgt", "link host $1a", "rnr 3", "arp", "len < 0", ""}) {
            assertDoesNotThrow(() -> PacketFilter.compile(somewhere), somewhere);
        }
    }

    private static void assertReason(String reason, String expression) {
        var e = assertThrows(FilterSyntaxException.class, () -> PacketFilter.compile(expression), expression);
        assertTrue(e.reason().contains(reason), e.getMessage());
    }

    /** libpcap notices contradictions of equal values, not those of sizes, and none behind headers of variable length. */
    @Test
    void only_a_plain_contradiction_is_refused() {
        assertTrue(refused("tcp and udp").reason().contains("rejects all packets"));
        assertTrue(Filter.compile("len > 1 and len < 1", LinkType.ETHERNET).neverMatches());
        assertTrue(Filter.compile("stp and ip", LinkType.ETHERNET).neverMatches());
        assertTrue(Filter.compile("tcp and udp", LinkType.IEEE802_11).neverMatches());
    }

    @Test
    void what_depends_on_the_link_type_is_told_when_its_first_packet_comes() {
        var filter = PacketFilter.compile("vlan 5");
        assertTrue(filter.problems().isEmpty());
        assertTrue(filter.forLinkType(LinkType.ETHERNET).isPresent());
        assertTrue(filter.forLinkType(LinkType.RAW).isEmpty());
        assertEquals(LinkType.RAW, filter.problems().getFirst().linkType());
        var never = PacketFilter.compile("arp");
        assertTrue(never.forLinkType(LinkType.RAW).isEmpty());
        assertTrue(never.problems().isEmpty());
    }
}
