package io.pairwire.output.print.summary;

import io.pairwire.decode.wire.IpProtocol;

/** IP protocols as lines name them. */
final class IpNames {
    private IpNames() {}

    static String of(int protocol) {
        return switch (protocol) {
            case IpProtocol.IPV6_HOP_BY_HOP -> "Options";
            case IpProtocol.ICMP -> "ICMP";
            case 2 -> "IGMP";
            case 4 -> "IPIP";
            case IpProtocol.TCP -> "TCP";
            case 8 -> "EGP";
            case IpProtocol.UDP -> "UDP";
            case 33 -> "DCCP";
            case 41 -> "IPv6";
            case IpProtocol.IPV6_ROUTING -> "Routing";
            case IpProtocol.IPV6_FRAGMENT -> "Fragment";
            case 46 -> "RSVP";
            case 47 -> "GRE";
            case 50 -> "ESP";
            case IpProtocol.AUTHENTICATION_HEADER -> "AH";
            case IpProtocol.ICMPV6 -> "ICMPv6";
            case IpProtocol.IPV6_NO_NEXT_HEADER -> "None";
            case IpProtocol.IPV6_DESTINATION_OPTIONS -> "Options";
            case 88 -> "EIGRP";
            case 89 -> "OSPF";
            case 103 -> "PIM";
            case 108 -> "Compressed IP";
            case 112 -> "VRRP";
            case 113 -> "PGM";
            case IpProtocol.SCTP -> "SCTP";
            case IpProtocol.MOBILITY -> "Mobility";
            default -> "unknown";
        };
    }
}
