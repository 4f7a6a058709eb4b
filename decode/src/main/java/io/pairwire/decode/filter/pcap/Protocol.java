package io.pairwire.decode.filter.pcap;

import java.util.HashMap;
import java.util.Map;

/** A protocol that an expression can name, or {@link #ANY} where it names none. */
enum Protocol {
    ANY(""),
    LINK("link"),
    IP("ip"),
    ARP("arp"),
    RARP("rarp"),
    SCTP("sctp"),
    TCP("tcp"),
    UDP("udp"),
    ICMP("icmp"),
    IGMP("igmp"),
    IGRP("igrp"),
    PIM("pim"),
    VRRP("vrrp"),
    CARP("carp"),
    RADIO("radio"),
    IP6("ip6"),
    ICMP6("icmp6"),
    AH("ah"),
    ESP("esp"),
    ATALK("atalk"),
    AARP("aarp"),
    DECNET("decnet"),
    LAT("lat"),
    SCA("sca"),
    MOPRC("moprc"),
    MOPDL("mopdl"),
    ISO("iso"),
    ESIS("esis"),
    ISIS("isis"),
    L1("l1"),
    L2("l2"),
    IIH("iih"),
    LSP("lsp"),
    SNP("snp"),
    CSNP("csnp"),
    PSNP("psnp"),
    CLNP("clnp"),
    STP("stp"),
    IPX("ipx"),
    NETBEUI("netbeui");

    private static final Map<String, Protocol> BY_KEYWORD = new HashMap<>();

    static {
        for (Protocol protocol : values()) BY_KEYWORD.put(protocol.keyword, protocol);
    }

    private final String keyword;

    Protocol(String keyword) {
        this.keyword = keyword;
    }

    String keyword() {
        return keyword;
    }

    /** The protocol of a keyword; {@link #ANY} if it names none. */
    static Protocol of(String keyword) {
        return BY_KEYWORD.getOrDefault(keyword, ANY);
    }
}
