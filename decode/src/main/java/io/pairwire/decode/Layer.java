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
    /** Bytes of a protocol we name no further. */
    OTHER
}
