package io.pairwire.output.print.summary;

import io.pairwire.capture.Packet;
import io.pairwire.decode.wire.Checksum;
import io.pairwire.decode.wire.Icmpv6;
import io.pairwire.decode.wire.IpProtocol;
import io.pairwire.decode.wire.Ipv6;
import io.pairwire.output.print.Line;
import java.io.IOException;

/** ICMPv6, RFC 4443, with neighbour discovery (RFC 4861) and listener discovery (RFC 2710, RFC 3810). */
final class Icmpv6Summary {
    private static final int ERROR_HEADER = 8;
    private static final int TARGET = 8;
    private static final int TARGET_LENGTH = 24;

    private Icmpv6Summary() {}

    static void print(Walk walk, int at, int length) throws IOException {
        Packet packet = walk.packet;
        Line line = walk.line;
        line.text("ICMP6, ");
        if (!walk.has(at, Icmpv6.LENGTH)) {
            walk.cut("icmp6");
            return;
        }
        if (walk.style.verbose() || walk.style.checksums()) checksum(walk, at, length);
        int type = Icmpv6.type(packet, at);
        String name = name(type);
        if (name.isEmpty()) line.text("unknown icmp6 type (").decimal(type).text(')');
        else line.text(name);
        switch (type) {
            case 1 -> unreachable(walk, at);
            case 2 -> {
                if (walk.has(at, ERROR_HEADER)) {
                    line.text(", mtu ").decimal(Integer.toUnsignedLong(packet.u32(at + 4)));
                }
            }
            case 3 -> exceeded(walk, at);
            case 128, 129 -> {
                if (walk.has(at, ERROR_HEADER)) {
                    line.text(", id ")
                            .decimal(packet.u16(at + 4))
                            .text(", seq ")
                            .decimal(packet.u16(at + 6));
                }
            }
            case 130 -> listener(walk, at, length);
            case 131, 132 -> {
                line.text("max resp delay: ");
                if (walk.has(at, 6)) line.decimal(packet.u16(at + 4));
                if (walk.has(at, TARGET_LENGTH)) {
                    line.text(" addr: ").ipv6(packet.u64(at + TARGET), packet.u64(at + TARGET + 8));
                }
            }
            case 135, 136 -> {
                if (!walk.has(at, TARGET_LENGTH)) {
                    walk.cut("icmp6");
                    return;
                }
                line.text(type == 135 ? ", who has " : ", tgt is ");
                line.ipv6(packet.u64(at + TARGET), packet.u64(at + TARGET + 8));
            }
            case 137 -> {
                if (!walk.has(at, 40)) {
                    walk.cut("icmp6");
                    return;
                }
                line.text(", ").ipv6(packet.u64(at + 24), packet.u64(at + 32));
                line.text(" to ").ipv6(packet.u64(at + 8), packet.u64(at + 16));
            }
            case 143 -> {
                if (walk.has(at, ERROR_HEADER)) {
                    line.text(", ").decimal(packet.u16(at + 6)).text(" group record(s)");
                }
            }
            default -> {}
        }
        line.text(", length ").decimal(length);
    }

    private static void checksum(Walk walk, int at, int length) {
        if (walk.ipVersion != 6 || !walk.has(at, length)) return;
        long sum = IpSummary.pseudoHeader(walk, IpProtocol.ICMPV6, length) + Checksum.sum(walk.packet, at, length);
        if (Checksum.fold(sum) == 0) {
            walk.line.text("[icmp6 sum ok] ");
        } else {
            int found = Icmpv6.checksum(walk.packet, at);
            walk.line.text("[bad icmp6 cksum 0x").hex(found, 4);
            walk.line.text(" -> 0x").hex(Checksum.fold(sum - found), 4).text("!] ");
        }
    }

    private static void unreachable(Walk walk, int at) {
        Packet packet = walk.packet;
        Line line = walk.line;
        int quote = at + ERROR_HEADER;
        if (!walk.has(quote, Ipv6.LENGTH)) {
            walk.cut("icmp6");
            return;
        }
        String why = switch (Icmpv6.code(packet, at)) {
            case 0 -> "unreachable route";
            case 1 -> "unreachable prohibited";
            case 2 -> "beyond scope";
            case 3 -> "unreachable address";
            case 4 -> "unreachable port";
            default -> "unknown unreach code";
        };
        line.text(", ").text(why);
        if (why.startsWith("unknown"))
            line.text(" (").decimal(Icmpv6.code(packet, at)).text(')');
        line.text(why.equals("beyond scope") ? " " : why.equals("unreachable port") ? ", " : " ");
        line.ipv6(Ipv6.destinationHigh(packet, quote), Ipv6.destinationLow(packet, quote));
        if (Icmpv6.code(packet, at) != 4) return;
        int next = Ipv6.nextHeader(packet, quote);
        int ports = quote + Ipv6.LENGTH;
        boolean known = next == IpProtocol.TCP || next == IpProtocol.UDP;
        if (known && walk.has(ports, 4)) {
            line.text(next == IpProtocol.TCP ? " tcp port " : " udp port ").decimal(packet.u16(ports + 2));
        }
    }

    private static void exceeded(Walk walk, int at) {
        int quote = at + ERROR_HEADER;
        if (!walk.has(quote, Ipv6.LENGTH)) {
            walk.cut("icmp6");
            return;
        }
        int code = Icmpv6.code(walk.packet, at);
        if (code == 0) walk.line.text(" in-transit for ");
        else if (code == 1) walk.line.text(" in-reassembly for ");
        else walk.line.text(", unknown code (").decimal(code).text(") for ");
        walk.line.ipv6(Ipv6.destinationHigh(walk.packet, quote), Ipv6.destinationLow(walk.packet, quote));
    }

    private static void listener(Walk walk, int at, int length) {
        Packet packet = walk.packet;
        Line line = walk.line;
        if (length > TARGET_LENGTH) {
            line.text(" v2");
            if (walk.style.verbose() && walk.has(at, TARGET_LENGTH)) {
                line.text(" [gaddr ")
                        .ipv6(packet.u64(at + TARGET), packet.u64(at + TARGET + 8))
                        .text(']');
            }
            return;
        }
        line.text("max resp delay: ");
        if (walk.has(at, 6)) line.decimal(packet.u16(at + 4));
        if (walk.has(at, TARGET_LENGTH)) {
            line.text(" addr: ").ipv6(packet.u64(at + TARGET), packet.u64(at + TARGET + 8));
        }
    }

    private static String name(int type) {
        return switch (type) {
            case 1 -> "destination unreachable";
            case 2 -> "packet too big";
            case 3 -> "time exceeded";
            case 4 -> "parameter problem";
            case 128 -> "echo request";
            case 129 -> "echo reply";
            case 130 -> "multicast listener query";
            case 131 -> "multicast listener report";
            case 132 -> "multicast listener done";
            case 133 -> "router solicitation";
            case 134 -> "router advertisement";
            case 135 -> "neighbor solicitation";
            case 136 -> "neighbor advertisement";
            case 137 -> "redirect";
            case 138 -> "router renumbering";
            case 139 -> "node information query";
            case 140 -> "node information reply";
            case 141 -> "inverse neighbor solicitation";
            case 142 -> "inverse neighbor advertisement";
            case 143 -> "multicast listener report v2";
            case 144 -> "ha discovery request";
            case 145 -> "ha discovery reply";
            case 146 -> "mobile router solicitation";
            case 147 -> "mobile router advertisement";
            default -> "";
        };
    }
}
