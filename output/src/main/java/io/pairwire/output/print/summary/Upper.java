package io.pairwire.output.print.summary;

import io.pairwire.decode.wire.Icmp;
import io.pairwire.decode.wire.IpProtocol;
import java.io.IOException;

/** What IP carries, by protocol number. */
final class Upper {
    private static final int IGMP = 2;
    private static final int IP_IN_IP = 4;
    private static final int IPV6_IN_IP = 41;
    private static final int GRE = 47;
    private static final int ESP = 50;
    private static final int OSPF = 89;
    private static final int PIM = 103;
    private static final int VRRP = 112;
    private static final int UDP_LITE = 136;

    private Upper() {}

    /**
     * Prints it, addresses in front unless they are printed already.
     *
     * @param length bytes on the wire
     * @param fragmented whether more fragments follow, so that lengths and checksums cover what is not here
     */
    static void print(Walk walk, int protocol, int at, int length, boolean fragmented) throws IOException {
        switch (protocol) {
            case IpProtocol.TCP -> TcpSummary.print(walk, at, length, fragmented);
            case IpProtocol.UDP, UDP_LITE -> UdpSummary.print(walk, at, length, fragmented);
            case IpProtocol.SCTP -> SctpSummary.print(walk, at, length);
            default -> {
                if (!walk.bare) {
                    walk.addresses();
                    walk.line.text(' ');
                    walk.bare = true;
                }
                withoutPorts(walk, protocol, at, length, fragmented);
            }
        }
    }

    private static void withoutPorts(Walk walk, int protocol, int at, int length, boolean fragmented)
            throws IOException {
        switch (protocol) {
            case IpProtocol.ICMP -> IcmpSummary.print(walk, at, length, fragmented);
            case IpProtocol.ICMPV6 -> Icmpv6Summary.print(walk, at, length);
            case IP_IN_IP -> IpSummary.print(walk, at, length);
            case IPV6_IN_IP -> Ipv6Summary.print(walk, at, length);
            case GRE -> GreSummary.print(walk, at, length);
            case IGMP -> walk.line.text("igmp, length ").decimal(length);
            case ESP -> esp(walk, at, length);
            case IpProtocol.AUTHENTICATION_HEADER -> authentication(walk, at, length, fragmented);
            case OSPF -> walk.line.text("OSPF, length ").decimal(length);
            case PIM -> walk.line.text("PIM, length ").decimal(length);
            case VRRP -> walk.line.text("VRRP, length ").decimal(length);
            case IpProtocol.IPV6_NO_NEXT_HEADER -> walk.line.text("no next header");
            default -> walk.line.text(" ip-proto-").decimal(protocol).text(' ').decimal(length);
        }
    }

    private static void esp(Walk walk, int at, int length) {
        if (!walk.has(at, Icmp.LENGTH)) {
            walk.line.text("[|ESP]");
            return;
        }
        walk.line.text("ESP(spi=0x").hex(walk.packet.u32(at), 8);
        walk.line.text(",seq=0x").hex(Integer.toUnsignedLong(walk.packet.u32(at + 4)));
        walk.line.text("), length ").decimal(length);
    }

    private static void authentication(Walk walk, int at, int length, boolean fragmented) throws IOException {
        if (!walk.has(at, 12)) {
            walk.line.text("[|AH]");
            return;
        }
        if (!walk.enter()) return;
        int headerLength = (walk.packet.u8(at + 1) + 2) * 4;
        walk.line.text("AH(spi=0x").hex(walk.packet.u32(at + 4), 8);
        walk.line.text(",seq=0x").hex(Integer.toUnsignedLong(walk.packet.u32(at + 8)));
        walk.line.text(",icv=0x");
        for (int i = at + 12; i < at + headerLength && i < walk.end; i++) walk.line.hex(walk.packet.u8(i), 2);
        walk.line.text("): ");
        if (!walk.has(at, headerLength)) {
            walk.line.text("[|AH]");
            return;
        }
        print(walk, walk.packet.u8(at), at + headerLength, length - headerLength, fragmented);
    }
}
