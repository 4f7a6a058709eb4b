package io.pairwire.output.print.summary;

import io.pairwire.capture.Packet;
import io.pairwire.decode.wire.Arp;
import io.pairwire.decode.wire.EtherType;
import io.pairwire.decode.wire.Mpls;
import io.pairwire.decode.wire.Vlan;
import io.pairwire.output.print.HexDump;
import io.pairwire.output.print.Line;
import java.io.IOException;

/** What an EtherType announces: tags, labels, ARP, or an IP header. */
final class TypeSummary {
    private static final int RARP = 0x8035;
    private static final int PPPOE_DISCOVERY = 0x8863;
    private static final int PPPOE_SESSION = 0x8864;
    private static final int LLDP = 0x88cc;
    private static final int LOOPBACK = 0x9000;
    private static final int EAPOL = 0x888e;
    private static final int IPV4_LENGTH = 4;
    private static final int EXPLICIT_NULL = 0;
    private static final int EXPLICIT_NULL_IPV6 = 2;

    private TypeSummary() {}

    /**
     * What lies at {@code at}.
     *
     * @param length its bytes on the wire
     * @param header prints the link header in front of a type that is not known, unless it is printed already
     * @return where the link header ends, tags included
     */
    static int print(Walk walk, int at, int type, int length, Runnable header) throws IOException {
        int next = at;
        int inner = type;
        int left = length;
        while (EtherType.isVlan(inner)) {
            if (!walk.enter()) return next;
            if (!walk.has(next, Vlan.LENGTH)) {
                walk.line.text("[|vlan]");
                return walk.end;
            }
            inner = Vlan.type(walk.packet, next);
            if (walk.style.linkHeader()) vlan(walk, next, inner);
            next += Vlan.LENGTH;
            left -= Vlan.LENGTH;
            if (inner < EtherType.SMALLEST) return LlcSummary.print(walk, next, Math.min(inner, left), header);
        }
        inside(walk, next, inner, left, header);
        return next;
    }

    private static void vlan(Walk walk, int at, int inner) {
        Line line = walk.line;
        line.text("vlan ").decimal(Vlan.identifier(walk.packet, at));
        line.text(", p ").decimal(Vlan.priority(walk.packet, at));
        if (Vlan.isDropEligible(walk.packet, at)) line.text(", DEI");
        line.text(", ");
        if (inner >= EtherType.SMALLEST) {
            name(walk, line, inner);
            line.text(", ");
        } else {
            line.text("length ").decimal(inner).text(", ");
        }
    }

    private static void inside(Walk walk, int at, int type, int length, Runnable header) throws IOException {
        if (!walk.enter()) return;
        switch (type) {
            case EtherType.IPV4 -> IpSummary.print(walk, at, length);
            case EtherType.IPV6 -> Ipv6Summary.print(walk, at, length);
            case EtherType.ARP -> arp(walk, at, length, "ARP, ");
            case RARP -> arp(walk, at, length, "ARP, ");
            case EtherType.MPLS, EtherType.MPLS_UPSTREAM -> mpls(walk, at, length);
            case PPPOE_DISCOVERY, PPPOE_SESSION -> PppoeSummary.print(walk, at, length, type == PPPOE_SESSION);
            case LLDP -> walk.line.text("LLDP, length ").decimal(length);
            case EAPOL -> walk.line.text("EAPOL, length ").decimal(length);
            case LOOPBACK -> walk.line.text("Loopback, length ").decimal(length);
            default -> {
                header.run();
                dump(walk, at);
            }
        }
    }

    /** The rest of a packet of which no more is known, unless all of it is dumped anyway. */
    static void dump(Walk walk, int at) throws IOException {
        if (walk.style.dump() == Dump.NONE && !walk.style.quick()) {
            HexDump.rows(walk.packet, Math.min(at, walk.end), walk.end, true, "\t", walk.line);
        }
    }

    /** {@code ethertype IPv4 (0x0800)}. */
    static void name(Walk walk, Line line, int type) {
        String name = switch (type) {
            case EtherType.IPV4 -> "IPv4";
            case EtherType.IPV6 -> "IPv6";
            case EtherType.ARP -> "ARP";
            case RARP -> "Reverse ARP";
            case EtherType.VLAN -> "802.1Q";
            case EtherType.SERVICE_VLAN -> "802.1Q-QinQ";
            case EtherType.OLD_STACKED_VLAN -> "802.1Q-9100";
            case EtherType.MPLS -> "MPLS unicast";
            case EtherType.MPLS_UPSTREAM -> "MPLS multicast";
            case PPPOE_DISCOVERY -> "PPPoE D";
            case PPPOE_SESSION -> "PPPoE S";
            case LLDP -> "LLDP";
            case EAPOL -> "EAPOL";
            case LOOPBACK -> "Loopback";
            case 0x880b -> "PPP";
            case 0x6558 -> "TEB";
            case 0x8809 -> "Slow Protocols";
            case 0x88f7 -> "PTP";
            case 0x8902 -> "CFM";
            case 0x88e5 -> "MACsec";
            case 0x8137, 0x8138 -> "Novell, Netware";
            default -> "Unknown";
        };
        if (walk.style.quick()) line.text(name);
        else line.text("ethertype ").text(name).text(" (0x").hex(type, 4).text(')');
    }

    private static void arp(Walk walk, int at, int length, String name) {
        Packet packet = walk.packet;
        Line line = walk.line;
        if (!walk.style.linkHeader()) line.text(name);
        if (!walk.has(at, Arp.LENGTH)) {
            walk.cut("arp");
            return;
        }
        int hardwareLength = Arp.hardwareLength(packet, at);
        int operation = Arp.operation(packet, at);
        if (walk.style.verbose()) {
            int hardware = Arp.hardwareType(packet, at);
            line.text(hardware == 1 ? "Ethernet" : "hardware #").text(hardware == 1 ? "" : Integer.toString(hardware));
            line.text(" (len ").decimal(hardwareLength).text("), ");
            line.text(Arp.protocolType(packet, at) == EtherType.IPV4 ? "IPv4" : "Unknown");
            line.text(" (len ").decimal(Arp.protocolLength(packet, at)).text("), ");
        }
        if (!walk.has(at, Arp.packetLength(packet, at))) {
            walk.cut("arp");
            return;
        }
        String what = switch (operation) {
            case 1 -> "Request";
            case 2 -> "Reply";
            case 3 -> "Reverse Request";
            case 4 -> "Reverse Reply";
            case 8 -> "Inverse Request";
            case 9 -> "Inverse Reply";
            case 10 -> "NACK Reply";
            default -> "";
        };
        if (what.isEmpty()) line.text("Unknown (").decimal(operation).text(')');
        else line.text(what);
        boolean ipv4 = Arp.protocolType(packet, at) == EtherType.IPV4 && Arp.protocolLength(packet, at) == IPV4_LENGTH;
        if (ipv4) arpAddresses(walk, at, operation);
        line.text(", length ").decimal(length);
    }

    private static void arpAddresses(Walk walk, int at, int operation) {
        Line line = walk.line;
        int hardwareLength = Arp.hardwareLength(walk.packet, at);
        int senderMac = at + Arp.LENGTH;
        int sender = senderMac + hardwareLength;
        int targetMac = sender + IPV4_LENGTH;
        int target = targetMac + hardwareLength;
        switch (operation) {
            case 1 -> {
                line.text(" who-has ").ipv4(walk.packet.u32(target));
                if (isTold(walk.packet, targetMac, hardwareLength)) {
                    hardware(walk, line.text(" ("), targetMac, hardwareLength);
                    line.text(')');
                }
                line.text(" tell ").ipv4(walk.packet.u32(sender));
            }
            case 2 -> {
                line.text(' ').ipv4(walk.packet.u32(sender));
                hardware(walk, line.text(" is-at "), senderMac, hardwareLength);
            }
            case 3, 8 -> {
                hardware(walk, line.text(" who-is "), targetMac, hardwareLength);
                hardware(walk, line.text(" tell "), senderMac, hardwareLength);
            }
            case 4 -> {
                hardware(walk, line.text(' '), targetMac, hardwareLength);
                line.text(" at ").ipv4(walk.packet.u32(target));
            }
            case 9 -> {
                hardware(walk, line.text(' '), senderMac, hardwareLength);
                line.text(" at ").ipv4(walk.packet.u32(sender));
            }
            default -> {}
        }
    }

    /** Is the hardware address asked for given, neither all zeros nor all ones? */
    private static boolean isTold(Packet packet, int at, int length) {
        boolean zeros = true;
        boolean ones = true;
        for (int i = at; i < at + length; i++) {
            zeros &= packet.u8(i) == 0;
            ones &= packet.u8(i) == 0xff;
        }
        return !zeros && !ones;
    }

    private static void hardware(Walk walk, Line line, int at, int length) {
        for (int i = 0; i < length; i++) line.text(i == 0 ? "" : ":").hex(walk.packet.u8(at + i), 2);
    }

    private static void mpls(Walk walk, int from, int length) throws IOException {
        Line line = walk.line;
        line.text("MPLS");
        int at = from;
        int label = 0;
        boolean bottom = false;
        while (!bottom) {
            if (!walk.enter()) return;
            if (!walk.has(at, Mpls.LENGTH)) {
                walk.cut("mpls");
                return;
            }
            label = Mpls.label(walk.packet, at);
            bottom = Mpls.isBottom(walk.packet, at);
            line.text(at == from ? " (label " : ", (label ").decimal(label);
            String special = switch (label) {
                case EXPLICIT_NULL -> " (IPv4 explicit NULL)";
                case 1 -> " (router alert)";
                case EXPLICIT_NULL_IPV6 -> " (IPv6 explicit NULL)";
                case 3 -> " (implicit NULL)";
                default -> "";
            };
            if (walk.style.verbose()) line.text(special);
            line.text(", tc ").decimal(Mpls.trafficClass(walk.packet, at));
            if (bottom) line.text(", [S]");
            line.text(", ttl ").decimal(Mpls.ttl(walk.packet, at)).text(')');
            at += Mpls.LENGTH;
        }
        if (!walk.has(at, 1)) return;
        int left = length - (at - from);
        int version = walk.packet.u8(at) >>> 4;
        line.text(' ');
        if (version == 4) IpSummary.print(walk, at, left);
        else if (version == 6) Ipv6Summary.print(walk, at, left);
        else dump(walk, at);
    }
}
