package io.pairwire.decode.wire;

/** IP protocol numbers, as in the <a href="https://www.iana.org/assignments/protocol-numbers">registry of IANA</a>. */
public final class IpProtocol {
    public static final int IPV6_HOP_BY_HOP = 0;
    public static final int ICMP = 1;
    public static final int IGMP = 2;

    /** IPv4 in IP (RFC 2003). */
    public static final int IPV4 = 4;

    public static final int TCP = 6;
    public static final int UDP = 17;
    public static final int DCCP = 33;

    /** IPv6 in IP (RFC 2473, RFC 4213). */
    public static final int IPV6 = 41;

    public static final int IPV6_ROUTING = 43;
    public static final int IPV6_FRAGMENT = 44;
    public static final int GRE = 47;
    public static final int ESP = 50;
    public static final int AUTHENTICATION_HEADER = 51;
    public static final int ICMPV6 = 58;

    /** Nothing follows this header; what lies behind it is to be ignored (RFC 8200 §4.7). */
    public static final int IPV6_NO_NEXT_HEADER = 59;

    public static final int IPV6_DESTINATION_OPTIONS = 60;

    /** IP in IP before it had a standard. */
    public static final int OLD_IP_IN_IP = 94;

    public static final int ETHER_IP = 97;

    public static final int PIM = 103;

    /** L2TP version 3 (RFC 3931). */
    public static final int L2TP = 115;

    public static final int SCTP = 132;
    public static final int MOBILITY = 135;
    public static final int UDP_LITE = 136;

    /** MPLS in IP (RFC 4023). */
    public static final int MPLS = 137;

    public static final int HOST_IDENTITY = 139;
    public static final int SHIM6 = 140;

    /** Ethernet behind a segment routing header (RFC 8986 §10.1). */
    public static final int ETHERNET = 143;

    private IpProtocol() {}
}
