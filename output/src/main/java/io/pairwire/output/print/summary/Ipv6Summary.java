package io.pairwire.output.print.summary;

import io.pairwire.capture.Packet;
import io.pairwire.decode.wire.IpProtocol;
import io.pairwire.decode.wire.Ipv6;
import io.pairwire.decode.wire.Ipv6Extension;
import io.pairwire.decode.wire.Ipv6Fragment;
import io.pairwire.output.print.Line;
import java.io.IOException;

/** IPv6 with its extension headers, RFC 8200. */
final class Ipv6Summary {
    private Ipv6Summary() {}

    static void print(Walk walk, int at, int length) throws IOException {
        if (!walk.style.linkHeader()) walk.line.text("IP6 ");
        inside(walk, at, length);
    }

    /** Without the word in front: where a header around it has said already that IP follows. */
    static void inside(Walk walk, int at, int length) throws IOException {
        if (!walk.enter()) return;
        Packet packet = walk.packet;
        Line line = walk.line;
        if (!walk.has(at, Ipv6.LENGTH)) {
            line.text("[|ip6]");
            return;
        }
        if (Ipv6.version(packet, at) != 6) {
            line.text("IP").decimal(Ipv6.version(packet, at)).text(" (invalid)");
            return;
        }
        int payload = Ipv6.payloadLength(packet, at);
        int total = payload == 0 ? length : Ipv6.LENGTH + payload;
        if (total > length)
            line.text("truncated-ip6 - ").decimal(total - length).text(" bytes missing!");
        int outerEnd = walk.end;
        int outerVersion = walk.ipVersion;
        int outerAt = walk.ipAt;
        boolean outerBare = walk.bare;
        walk.end = Math.min(outerEnd, at + total);
        walk.ipVersion = 6;
        walk.ipAt = at;
        walk.bare = false;
        if (walk.style.verbose()) fields(walk, at, payload);
        extensions(walk, Ipv6.nextHeader(packet, at), at + Ipv6.LENGTH, total - Ipv6.LENGTH);
        walk.end = outerEnd;
        walk.ipVersion = outerVersion;
        walk.ipAt = outerAt;
        walk.bare = outerBare;
    }

    private static void fields(Walk walk, int at, int payload) {
        Packet packet = walk.packet;
        Line line = walk.line;
        line.text('(');
        int trafficClass = Ipv6.trafficClass(packet, at);
        if (trafficClass != 0) line.text("class 0x").hex(trafficClass, 2).text(", ");
        int flow = Ipv6.flowLabel(packet, at);
        if (flow != 0) line.text("flowlabel 0x").hex(flow, 5).text(", ");
        int next = Ipv6.nextHeader(packet, at);
        line.text("hlim ").decimal(Ipv6.hopLimit(packet, at)).text(", next-header ");
        line.text(IpNames.of(next))
                .text(" (")
                .decimal(next)
                .text(") payload length: ")
                .decimal(payload)
                .text(") ");
    }

    private static void extensions(Walk walk, int first, int from, int length) throws IOException {
        Packet packet = walk.packet;
        Line line = walk.line;
        int protocol = first;
        int at = from;
        boolean fragmented = false;
        while (true) {
            String name = extensionName(protocol);
            if (name.isEmpty()) {
                Upper.print(walk, protocol, at, length - (at - from), fragmented);
                return;
            }
            if (!walk.enter()) return;
            if (!walk.bare) {
                walk.addresses();
                line.text(' ');
            }
            walk.bare = true;
            line.text(name);
            if (!walk.has(at, Ipv6Extension.UNIT)) {
                walk.cut(
                        protocol == IpProtocol.IPV6_FRAGMENT
                                ? "frag"
                                : name.toLowerCase(java.util.Locale.ROOT).strip());
                return;
            }
            if (protocol == IpProtocol.IPV6_FRAGMENT) {
                int offset = Ipv6Fragment.fragmentOffset(packet, at);
                line.text('(');
                if (walk.style.verbose()) {
                    line.text("0x")
                            .hex(Ipv6Fragment.identification(packet, at), 8)
                            .text(':');
                }
                int carried = length - (at - from) - Ipv6Fragment.LENGTH;
                line.decimal(offset).text('|').decimal(carried).text(')');
                if (offset != 0) return;
                line.text(' ');
                fragmented = Ipv6Fragment.isMoreFragments(packet, at);
                protocol = Ipv6Fragment.nextHeader(packet, at);
                at += Ipv6Fragment.LENGTH;
                continue;
            }
            int headerLength = Ipv6Extension.headerLength(packet, at);
            if (!walk.has(at, headerLength)) {
                walk.cut(name.toLowerCase(java.util.Locale.ROOT).strip());
                return;
            }
            if (protocol == IpProtocol.IPV6_ROUTING) {
                line.text("(len=").decimal(packet.u8(at + 1)).text(", type=").decimal(packet.u8(at + 2));
                line.text(", segleft=").decimal(packet.u8(at + 3)).text(") ");
            }
            protocol = Ipv6Extension.nextHeader(packet, at);
            at += headerLength;
        }
    }

    private static String extensionName(int protocol) {
        return switch (protocol) {
            case IpProtocol.IPV6_HOP_BY_HOP -> "HBH ";
            case IpProtocol.IPV6_DESTINATION_OPTIONS -> "DSTOPT ";
            case IpProtocol.IPV6_ROUTING -> "RT6 ";
            case IpProtocol.IPV6_FRAGMENT -> "frag ";
            case IpProtocol.MOBILITY -> "mobility: ";
            case IpProtocol.HOST_IDENTITY -> "HIP ";
            case IpProtocol.SHIM6 -> "shim6 ";
            default -> "";
        };
    }
}
