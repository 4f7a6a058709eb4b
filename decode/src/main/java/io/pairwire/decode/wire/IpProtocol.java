package io.pairwire.decode.wire;

/** IP protocol numbers, as in the <a href="https://www.iana.org/assignments/protocol-numbers">registry of IANA</a>. */
public final class IpProtocol {
    public static final int IPV6_HOP_BY_HOP = 0;
    public static final int ICMP = 1;
    public static final int TCP = 6;
    public static final int UDP = 17;
    public static final int IPV6_ROUTING = 43;
    public static final int IPV6_FRAGMENT = 44;
    public static final int AUTHENTICATION_HEADER = 51;
    public static final int ICMPV6 = 58;

    /** Nothing follows this header; what lies behind it is to be ignored (RFC 8200 §4.7). */
    public static final int IPV6_NO_NEXT_HEADER = 59;

    public static final int IPV6_DESTINATION_OPTIONS = 60;
    public static final int SCTP = 132;
    public static final int MOBILITY = 135;
    public static final int HOST_IDENTITY = 139;
    public static final int SHIM6 = 140;

    private IpProtocol() {}
}
