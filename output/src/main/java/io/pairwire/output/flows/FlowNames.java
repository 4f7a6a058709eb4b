package io.pairwire.output.flows;

import io.pairwire.decode.wire.IpProtocol;

/** Names of transports. */
final class FlowNames {
    private FlowNames() {}

    static String transport(int protocol) {
        return switch (protocol) {
            case IpProtocol.TCP -> "TCP";
            case IpProtocol.UDP -> "UDP";
            case IpProtocol.SCTP -> "SCTP";
            case IpProtocol.ICMP -> "ICMP";
            case IpProtocol.ICMPV6 -> "ICMPv6";
            case IpProtocol.IGMP -> "IGMP";
            case IpProtocol.GRE -> "GRE";
            case IpProtocol.ESP -> "ESP";
            case IpProtocol.DCCP -> "DCCP";
            case IpProtocol.UDP_LITE -> "UDP-Lite";
            default -> "IP-" + protocol;
        };
    }
}
