package io.pairwire.output.print.summary;

import io.pairwire.capture.Packet;
import io.pairwire.decode.wire.Checksum;
import io.pairwire.decode.wire.Icmp;
import io.pairwire.decode.wire.IpProtocol;
import io.pairwire.decode.wire.Ipv4;
import io.pairwire.output.print.Line;
import java.io.IOException;

/** ICMP, RFC 792: the message in words, and with {@code -v} the packet that it quotes. */
final class IcmpSummary {
    private static final int ECHO_REPLY = 0;
    private static final int UNREACHABLE = 3;
    private static final int SOURCE_QUENCH = 4;
    private static final int REDIRECT = 5;
    private static final int ECHO = 8;
    private static final int TIME_EXCEEDED = 11;
    private static final int PARAMETER_PROBLEM = 12;

    private IcmpSummary() {}

    static void print(Walk walk, int at, int length, boolean fragmented) throws IOException {
        Packet packet = walk.packet;
        Line line = walk.line;
        line.text("ICMP ");
        if (!walk.has(at, 2) || !walk.has(at, Icmp.LENGTH)) {
            walk.cut("icmp");
            return;
        }
        int type = Icmp.type(packet, at);
        int code = Icmp.code(packet, at);
        switch (type) {
            case ECHO, ECHO_REPLY -> {
                line.text(type == ECHO ? "echo request, id " : "echo reply, id ")
                        .decimal(packet.u16(at + 4));
                line.text(", seq ").decimal(packet.u16(at + 6));
            }
            case UNREACHABLE -> unreachable(walk, at, code);
            case REDIRECT -> redirect(walk, at, code);
            case TIME_EXCEEDED -> {
                if (code == 0) line.text("time exceeded in-transit");
                else if (code == 1) line.text("ip reassembly time exceeded");
                else line.text("time exceeded-#").decimal(code);
            }
            case PARAMETER_PROBLEM -> {
                line.text("parameter problem");
                if (code != 0) line.text(" code ").decimal(code);
                else line.text(" - octet ").decimal(packet.u8(at + 4));
            }
            default -> other(walk, at, type);
        }
        line.text(", length ").decimal(length);
        if (!walk.style.verbose() && !walk.style.checksums()) return;
        checksum(walk, at, length, fragmented);
        if (walk.style.verbose() && quotes(type)) {
            line.text("\n\t");
            int quote = at + Icmp.LENGTH;
            IpSummary.print(walk, quote, quotedLength(walk, quote, length - Icmp.LENGTH));
        }
    }

    private static boolean quotes(int type) {
        return type == UNREACHABLE
                || type == SOURCE_QUENCH
                || type == REDIRECT
                || type == TIME_EXCEEDED
                || type == PARAMETER_PROBLEM;
    }

    /** A quote is cut on purpose: its own length is believed, so that nothing is called missing. */
    private static int quotedLength(Walk walk, int at, int length) {
        return walk.has(at, Ipv4.LENGTH) ? Math.max(length, Ipv4.totalLength(walk.packet, at)) : length;
    }

    private static void checksum(Walk walk, int at, int length, boolean fragmented) {
        if (fragmented || !walk.has(at, length)) return;
        int wrong = Checksum.fold(Checksum.sum(walk.packet, at, length));
        if (wrong == 0) return;
        int found = Icmp.checksum(walk.packet, at);
        int right = Checksum.fold(Checksum.sum(walk.packet, at, length) - found);
        walk.line.text(" (wrong icmp cksum ").hex(found).text(" (->").hex(right).text(")!)");
    }

    private static void unreachable(Walk walk, int at, int code) {
        Packet packet = walk.packet;
        Line line = walk.line;
        int quote = at + Icmp.LENGTH;
        if (!walk.has(quote, Ipv4.LENGTH)) {
            walk.cut("icmp");
            return;
        }
        long destination = Ipv4.destination(packet, quote);
        switch (code) {
            case 0 -> line.text("net ").ipv4(destination).text(" unreachable");
            case 1 -> line.text("host ").ipv4(destination).text(" unreachable");
            case 2 ->
                line.ipv4(destination)
                        .text(" protocol ")
                        .decimal(Ipv4.protocol(packet, quote))
                        .text(" unreachable");
            case 3 -> port(walk, quote, destination);
            case 4 -> {
                int mtu = packet.u16(at + 6);
                line.ipv4(destination).text(" unreachable - need to frag");
                if (mtu != 0) line.text(" (mtu ").decimal(mtu).text(')');
            }
            case 5 -> line.ipv4(destination).text(" unreachable - source route failed");
            case 6 -> line.text("net ").ipv4(destination).text(" unreachable - unknown");
            case 7 -> line.text("host ").ipv4(destination).text(" unreachable - unknown");
            case 8 -> line.ipv4(destination).text(" unreachable - source host isolated");
            case 9 -> line.text("net ").ipv4(destination).text(" unreachable - admin prohibited");
            case 10 -> line.text("host ").ipv4(destination).text(" unreachable - admin prohibited");
            case 11 -> line.text("net ").ipv4(destination).text(" unreachable - tos prohibited");
            case 12 -> line.text("host ").ipv4(destination).text(" unreachable - tos prohibited");
            case 13 -> line.text("host ").ipv4(destination).text(" unreachable - admin prohibited filter");
            case 14 -> line.text("host ").ipv4(destination).text(" unreachable - host precedence violation");
            case 15 -> line.text("host ").ipv4(destination).text(" unreachable - precedence cutoff");
            default -> line.ipv4(destination).text(" unreachable - #").decimal(code);
        }
    }

    private static void port(Walk walk, int quote, long destination) {
        Line line = walk.line;
        int ports = quote + Ipv4.headerLength(walk.packet, quote);
        if (!walk.has(ports, 4)) {
            walk.cut("icmp");
            return;
        }
        int port = walk.packet.u16(ports + 2);
        int protocol = Ipv4.protocol(walk.packet, quote);
        line.ipv4(destination);
        switch (protocol) {
            case IpProtocol.TCP, IpProtocol.UDP -> {
                line.text(protocol == IpProtocol.TCP ? " tcp port " : " udp port ");
                String name = walk.style.numeric() ? "" : PortNames.of(port, protocol == IpProtocol.UDP);
                if (name.isEmpty()) line.decimal(port);
                else line.text(name);
            }
            default -> line.text(" protocol ").decimal(protocol).text(" port ").decimal(port);
        }
        line.text(" unreachable");
    }

    private static void redirect(Walk walk, int at, int code) {
        Packet packet = walk.packet;
        Line line = walk.line;
        int quote = at + Icmp.LENGTH;
        if (!walk.has(quote, Ipv4.LENGTH)) {
            walk.cut("icmp");
            return;
        }
        line.text("redirect");
        if (code > 3) line.text("-#").decimal(code);
        else if (code == 2 || code == 3) line.text("-tos");
        line.text(' ').ipv4(Ipv4.destination(packet, quote));
        line.text(code == 0 || code == 2 ? " to net " : " to host ").ipv4(packet.u32(at + 4));
    }

    private static void other(Walk walk, int at, int type) {
        Packet packet = walk.packet;
        Line line = walk.line;
        switch (type) {
            case SOURCE_QUENCH -> line.text("source quench");
            case 9 -> line.text("router advertisement");
            case 10 -> line.text("router solicitation");
            case 13, 14 -> {
                line.text(type == 13 ? "time stamp query id " : "time stamp reply id ")
                        .decimal(packet.u16(at + 4));
                line.text(" seq ").decimal(packet.u16(at + 6));
            }
            case 15 -> line.text("information request");
            case 16 -> line.text("information reply");
            case 17 -> line.text("address mask request");
            case 18 -> {
                line.text("address mask is 0x");
                if (walk.has(at, 12)) line.hex(Integer.toUnsignedLong(packet.u32(at + 8)), 8);
                else walk.cut("icmp");
            }
            default -> line.text("type-#").decimal(type);
        }
    }
}
