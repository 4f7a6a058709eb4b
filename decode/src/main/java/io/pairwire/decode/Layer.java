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
    OTHER,
    LLC,
    SNAP,
    /** PPP over Ethernet, in both stages. */
    PPPOE,
    CISCO_HDLC,
    FRAME_RELAY,
    MACSEC,
    /** The tag of provider backbone bridges. */
    SERVICE_INSTANCE,
    VN_TAG,
    /** The control word between labels and frame. */
    PSEUDOWIRE,
    RADIOTAP,
    PRISM,
    AVS,
    PPI,
    IEEE_802_11,
    MESH_CONTROL,
    /** One frame of several in one of 802.11; the first is looked into. */
    AGGREGATE_SUBFRAME,
    IEEE_802_15_4,
    PFLOG,
    ENC,
    NFLOG,
    PKTAP,
    IPNET,
    ARCNET,
    FDDI,
    TOKEN_RING,
    FIBRE_CHANNEL,
    FIREWIRE,
    SUNATM,
    ERF,
    JUNIPER,
    IPOIB,
    DOCSIS,
    CAN,
    /** Ethernet with the tag of a distributed switch. */
    DSA,
    SLIP
}
