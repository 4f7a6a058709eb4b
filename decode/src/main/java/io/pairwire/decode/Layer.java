package io.pairwire.decode;

/** What a layer of a packet is. */
public enum Layer {
    ETHERNET,
    LINUX_COOKED,
    LINUX_COOKED_2,
    NULL_LOOPBACK,
    /** One VLAN tag; stacked tags are as many layers. */
    VLAN,
    /** One entry of a label stack; a stack is as many layers. */
    MPLS,
    ARP,
    IPV4,
    IPV6,
    IPV6_HOP_BY_HOP,
    IPV6_ROUTING,
    IPV6_FRAGMENT,
    IPV6_DESTINATION_OPTIONS,
    AUTHENTICATION_HEADER,
    MOBILITY,
    HOST_IDENTITY,
    SHIM6,
    TCP,
    UDP,
    SCTP,
    ICMP,
    ICMPV6,
    IGMP,
    /** Reverse ARP; the header is that of ARP. */
    RARP,
    UDP_LITE,
    DCCP,
    /** What follows is encrypted. */
    ESP,
    GRE,
    ERSPAN,
    VXLAN,
    GENEVE,
    /** GTP version 1 with its extension headers. */
    GTP_U,
    /** GTP version 0. */
    GTP_0,
    /** L2TP of either version over UDP. */
    L2TP,
    /** L2TP version 3 over IP. */
    L2TP_3,
    PPP,
    /** The indications before the IPv6 packet; where there are none there is no such layer. */
    TEREDO,
    ETHER_IP,
    PIM,
    /** Bytes of a protocol we name no further. */
    OTHER
}
