package io.pairwire.output.print.tree;

import io.pairwire.decode.wire.EtherType;

/** Names of numbers that occur in more than one header; empty where there is none. */
final class Names {
    private static final String[] CONGESTION = {"not capable", "capable, ECT(1)", "capable, ECT(0)", "congestion"};

    private Names() {}

    static String etherType(int type) {
        if (type < EtherType.SMALLEST) return "length";
        return switch (type) {
            case EtherType.IPV4 -> "IPv4";
            case EtherType.IPV6 -> "IPv6";
            case EtherType.ARP -> "ARP";
            case EtherType.VLAN -> "802.1Q";
            case EtherType.SERVICE_VLAN -> "802.1ad";
            case EtherType.MPLS -> "MPLS";
            case EtherType.MPLS_UPSTREAM -> "MPLS, upstream label";
            case 0x8035 -> "RARP";
            case 0x8863 -> "PPPoE discovery";
            case 0x8864 -> "PPPoE session";
            case 0x88cc -> "LLDP";
            default -> "";
        };
    }

    static String ipProtocol(int protocol) {
        return switch (protocol) {
            case 0 -> "hop-by-hop options";
            case 1 -> "ICMP";
            case 2 -> "IGMP";
            case 4 -> "IPv4";
            case 6 -> "TCP";
            case 17 -> "UDP";
            case 33 -> "DCCP";
            case 41 -> "IPv6";
            case 43 -> "routing header";
            case 44 -> "fragment header";
            case 47 -> "GRE";
            case 50 -> "ESP";
            case 51 -> "authentication header";
            case 58 -> "ICMPv6";
            case 59 -> "no next header";
            case 60 -> "destination options";
            case 89 -> "OSPF";
            case 103 -> "PIM";
            case 112 -> "VRRP";
            case 115 -> "L2TP";
            case 132 -> "SCTP";
            case 135 -> "mobility header";
            case 136 -> "UDP-Lite";
            default -> "";
        };
    }

    static String congestion(int bits) {
        return CONGESTION[bits & 3];
    }
}
