package io.pairwire.output.print.summary;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.decode.Layers;
import io.pairwire.decode.wire.EtherType;
import io.pairwire.decode.wire.Ethernet;
import io.pairwire.decode.wire.LinuxCooked;
import io.pairwire.decode.wire.LinuxCooked2;
import io.pairwire.decode.wire.NullLoopback;
import io.pairwire.decode.wire.Verdict;
import io.pairwire.output.print.Line;
import java.io.IOException;

/** Link headers. Each method answers where the header ends, for the dump of what follows it. */
final class LinkSummary {
    private static final int COOKED_802_3 = 1;
    private static final int COOKED_802_2 = 4;

    private LinkSummary() {}

    static int print(Walk walk) throws IOException {
        return switch (walk.packet.linkType()) {
            case LinkType.ETHERNET -> ethernet(walk, 0, walk.packet.originalLength());
            case LinkType.LINUX_SLL -> linuxCooked(walk);
            case LinkType.LINUX_SLL2 -> linuxCooked2(walk);
            case LinkType.NULL, LinkType.LOOP -> nullLoopback(walk);
            case LinkType.RAW, LinkType.DLT_RAW, LinkType.DLT_RAW_OPENBSD, LinkType.IPV4, LinkType.IPV6 -> raw(walk);
            default -> other(walk);
        };
    }

    /** Also inside tunnels; {@code length} as it was on the wire. */
    static int ethernet(Walk walk, int at, int length) throws IOException {
        Packet packet = walk.packet;
        if (!walk.has(at, Ethernet.LENGTH)) {
            walk.line.text("[|ether]");
            return walk.end;
        }
        int type = Ethernet.type(packet, at);
        if (walk.style.linkHeader()) ethernetHeader(walk, at, type, length);
        int next = at + Ethernet.LENGTH;
        if (type < EtherType.SMALLEST) {
            walk.end = Math.min(walk.end, next + Math.max(type, 0));
            return LlcSummary.print(
                    walk, next, Math.min(type, length - Ethernet.LENGTH), () -> header(walk, at, type, length));
        }
        return TypeSummary.print(walk, next, type, length - Ethernet.LENGTH, () -> header(walk, at, type, length));
    }

    private static void header(Walk walk, int at, int type, int length) {
        if (!walk.style.linkHeader()) ethernetHeader(walk, at, type, length);
    }

    private static void ethernetHeader(Walk walk, int at, int type, int length) {
        Line line = walk.line;
        line.mac(Ethernet.source(walk.packet, at)).text(" > ").mac(Ethernet.destination(walk.packet, at));
        if (type < EtherType.SMALLEST) line.text(", 802.3");
        else TypeSummary.name(walk, line.text(", "), type);
        line.text(", length ")
                .decimal(type < EtherType.SMALLEST ? type : length)
                .text(": ");
    }

    private static int linuxCooked(Walk walk) throws IOException {
        Packet packet = walk.packet;
        if (LinuxCooked.check(packet, 0, walk.end) != Verdict.OK) {
            walk.line.text("[|sll]");
            return walk.end;
        }
        int type = LinuxCooked.protocol(packet, 0);
        Runnable header = () -> {
            direction(walk, LinuxCooked.packetType(packet, 0));
            if (LinuxCooked.addressLength(packet, 0) == 6) {
                walk.line.mac(LinuxCooked.address(packet, 0) >>> 16).text(' ');
            }
            TypeSummary.name(walk, walk.line, type);
            walk.line.text(", length ").decimal(packet.originalLength()).text(": ");
        };
        if (walk.style.linkHeader()) header.run();
        int length = packet.originalLength() - LinuxCooked.LENGTH;
        return cookedType(walk, LinuxCooked.LENGTH, type, length, header);
    }

    private static int linuxCooked2(Walk walk) throws IOException {
        Packet packet = walk.packet;
        if (LinuxCooked2.check(packet, 0, walk.end) != Verdict.OK) {
            walk.line.text("[|sll2]");
            return walk.end;
        }
        int type = LinuxCooked2.protocol(packet, 0);
        walk.line
                .text("ifindex ")
                .decimal(Integer.toUnsignedLong(LinuxCooked2.interfaceIndex(packet, 0)))
                .text(' ');
        direction(walk, LinuxCooked2.packetType(packet, 0));
        Runnable header = () -> {
            if (LinuxCooked2.addressLength(packet, 0) == 6) {
                walk.line.mac(LinuxCooked2.address(packet, 0) >>> 16).text(' ');
            }
            TypeSummary.name(walk, walk.line, type);
            walk.line.text(", length ").decimal(packet.originalLength()).text(": ");
        };
        if (walk.style.linkHeader()) header.run();
        int length = packet.originalLength() - LinuxCooked2.LENGTH;
        return cookedType(walk, LinuxCooked2.LENGTH, type, length, header);
    }

    private static int cookedType(Walk walk, int at, int type, int length, Runnable header) throws IOException {
        Runnable once = walk.style.linkHeader() ? () -> {} : header;
        if (type >= EtherType.SMALLEST) return TypeSummary.print(walk, at, type, length, once);
        if (type == COOKED_802_2) return LlcSummary.print(walk, at, length, once);
        if (type != COOKED_802_3) once.run();
        TypeSummary.dump(walk, at);
        return at;
    }

    private static void direction(Walk walk, int packetType) {
        walk.line.text(
                switch (packetType) {
                    case 0 -> " In ";
                    case 1 -> "  B ";
                    case 2 -> "  M ";
                    case 3 -> "  P ";
                    case 4 -> "Out ";
                    default -> "  ? ";
                });
    }

    private static int nullLoopback(Walk walk) throws IOException {
        if (!walk.has(0, NullLoopback.LENGTH)) {
            walk.line.text("[|null]");
            return walk.end;
        }
        int type = NullLoopback.etherType(walk.packet, 0);
        int family = NullLoopback.family(walk.packet, 0);
        Runnable header = () -> {
            String name = type == EtherType.IPV4 ? "IPv4" : type == EtherType.IPV6 ? "IPv6" : "Unknown";
            walk.line.text("AF ").text(name).text(" (").decimal(Integer.toUnsignedLong(family));
            walk.line.text("), length ").decimal(walk.packet.originalLength()).text(": ");
        };
        boolean linkHeader = walk.style.linkHeader();
        if (linkHeader) header.run();
        int length = walk.packet.originalLength() - NullLoopback.LENGTH;
        return TypeSummary.print(walk, NullLoopback.LENGTH, type, length, linkHeader ? () -> {} : header);
    }

    private static int raw(Walk walk) throws IOException {
        if (walk.style.linkHeader()) walk.line.text("ip: ");
        if (!walk.has(0, 1)) {
            walk.line.text("[|ip]");
            return walk.end;
        }
        int version = walk.packet.u8(0) >>> 4;
        int length = walk.packet.originalLength();
        if (version == 6 || walk.packet.linkType() == LinkType.IPV6) Ipv6Summary.print(walk, 0, length);
        else if (version == 4 || walk.packet.linkType() == LinkType.IPV4) IpSummary.print(walk, 0, length);
        else walk.line.text("IP").decimal(version).text(" (invalid)");
        return 0;
    }

    /** A link header that has no words of its own: whatever the decoder finds behind it is printed. */
    private static int other(Walk walk) throws IOException {
        Layers layers = walk.layers;
        walk.decoder.decode(walk.packet, layers);
        for (int i = 0; i < layers.depth(); i++) {
            int at = layers.at(i);
            int type = switch (layers.kind(i)) {
                case IPV4 -> EtherType.IPV4;
                case IPV6 -> EtherType.IPV6;
                case ARP -> EtherType.ARP;
                case MPLS -> EtherType.MPLS;
                default -> 0;
            };
            if (type != 0) {
                if (walk.style.linkHeader()) linkName(walk);
                TypeSummary.print(walk, at, type, walk.packet.originalLength() - at, () -> {});
                return at;
            }
        }
        linkName(walk);
        TypeSummary.dump(walk, 0);
        return 0;
    }

    private static void linkName(Walk walk) {
        walk.line.text(LinkType.name(walk.packet.linkType()));
        walk.line.text(", length ").decimal(walk.packet.originalLength()).text(": ");
    }
}
