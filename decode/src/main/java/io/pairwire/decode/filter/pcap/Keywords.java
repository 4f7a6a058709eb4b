package io.pairwire.decode.filter.pcap;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The words of pcap-filter(7) that are not names of somebody's hosts or ports, and the numbers that have names. */
final class Keywords {
    private static final String ALL = """
            src dst host net mask port portrange proto protochain gateway less greater byte broadcast multicast and or not
            inbound outbound ifindex vlan mpls pppoed pppoes geneve vxlan type subtype ra ta addr1 addr2 addr3 addr4 dir len
            ifname rset rnr srnr reason action llc lane metac bcc oam oamf4 oamf4ec oamf4sc sc ilmic vpi vci connectmsg
            metaconnect fisu lssu msu hfisu hlssu hmsu sio opc dpc sls hsio hopc hdpc hsls
            """;

    private static final String SECOND_SPELLINGS = """
            ether link ppp link slip link fddi link tr link wlan link es-is esis is-is isis direction dir
            address1 addr1 address2 addr2 address3 addr3 address4 addr4 length len on ifname ruleset rset rulenum rnr
            subrulenum srnr lsu lssu
            """;

    private static final String NAMED_NUMBERS = """
            icmptype 0 icmpcode 1 icmp-echoreply 0 icmp-unreach 3 icmp-sourcequench 4 icmp-redirect 5 icmp-echo 8
            icmp-routeradvert 9 icmp-routersolicit 10 icmp-timxceed 11 icmp-paramprob 12 icmp-tstamp 13 icmp-tstampreply 14
            icmp-ireq 15 icmp-ireqreply 16 icmp-maskreq 17 icmp-maskreply 18 icmp6type 0 icmp6code 1
            icmp6-destinationunreach 1 icmp6-packettoobig 2 icmp6-timeexceeded 3 icmp6-parameterproblem 4 icmp6-echo 128
            icmp6-echoreply 129 icmp6-multicastlistenerquery 130 icmp6-multicastlistenerreportv1 131
            icmp6-multicastlistenerdone 132 icmp6-routersolicit 133 icmp6-routeradvert 134 icmp6-neighborsolicit 135
            icmp6-neighboradvert 136 icmp6-redirect 137 icmp6-routerrenum 138 icmp6-nodeinformationquery 139
            icmp6-nodeinformationresponse 140 icmp6-ineighbordiscoverysolicit 141 icmp6-ineighbordiscoveryadvert 142
            icmp6-multicastlistenerreportv2 143 icmp6-homeagentdiscoveryrequest 144 icmp6-homeagentdiscoveryreply 145
            icmp6-mobileprefixsolicit 146 icmp6-mobileprefixadvert 147 icmp6-certpathsolicit 148 icmp6-certpathadvert 149
            icmp6-multicastrouteradvert 151 icmp6-multicastroutersolicit 152 icmp6-multicastrouterterm 153
            tcpflags 13 tcp-fin 1 tcp-syn 2 tcp-rst 4 tcp-push 8 tcp-ack 16 tcp-urg 32 tcp-ece 64 tcp-cwr 128
            """;

    private static final Map<String, String> SPELLINGS = new HashMap<>();
    private static final Map<String, Integer> NUMBERS = new HashMap<>();
    private static final Set<String> KNOWN = new TreeSet<>();

    static {
        for (String word : words(ALL)) SPELLINGS.put(word, word);
        for (Protocol protocol : Protocol.values()) SPELLINGS.put(protocol.keyword(), protocol.keyword());
        List<String> second = words(SECOND_SPELLINGS);
        for (int i = 0; i < second.size(); i += 2) SPELLINGS.put(second.get(i), second.get(i + 1));
        List<String> numbers = words(NAMED_NUMBERS);
        for (int i = 0; i < numbers.size(); i += 2) NUMBERS.put(numbers.get(i), Integer.valueOf(numbers.get(i + 1)));
        SPELLINGS.remove("");
        KNOWN.addAll(SPELLINGS.keySet());
        KNOWN.addAll(NUMBERS.keySet());
    }

    private Keywords() {}

    private static List<String> words(String text) {
        return Arrays.asList(text.strip().split("\\s+"));
    }

    /** The first spelling of a keyword; empty if the word is none. */
    static String keyword(String word) {
        return SPELLINGS.getOrDefault(word, "");
    }

    static boolean isNumber(String word) {
        return NUMBERS.containsKey(word);
    }

    static int number(String word) {
        return NUMBERS.getOrDefault(word, 0);
    }

    /** All of them, for suggestions. */
    static Set<String> known() {
        return KNOWN;
    }
}
