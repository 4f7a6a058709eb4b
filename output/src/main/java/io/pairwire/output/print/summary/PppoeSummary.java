package io.pairwire.output.print.summary;

import io.pairwire.output.print.Line;
import java.io.IOException;

/** PPPoE, RFC 2516, and the protocol field of PPP, RFC 1661. */
final class PppoeSummary {
    private static final int LENGTH = 6;
    private static final int IPV4 = 0x0021;
    private static final int IPV6 = 0x0057;

    private PppoeSummary() {}

    static void print(Walk walk, int at, int length, boolean session) throws IOException {
        Line line = walk.line;
        if (!walk.has(at, LENGTH)) {
            line.text("[|pppoe]");
            return;
        }
        int code = walk.packet.u8(at + 1);
        int id = walk.packet.u16(at + 2);
        int said = walk.packet.u16(at + 4);
        line.text("PPPoE ");
        if (!session || code != 0) line.text(name(code));
        if (id != 0) line.text(" [ses 0x").hex(id).text(']');
        if (!session || code != 0) {
            line.text(", length ").decimal(said);
            return;
        }
        line.text(' ');
        ppp(walk, at + LENGTH, Math.min(said, length - LENGTH));
    }

    /** A frame of PPP that begins with its protocol field, of one byte if the first is odd. */
    static void ppp(Walk walk, int from, int length) throws IOException {
        if (!walk.enter()) return;
        int at = from;
        if (walk.has(at, 2) && walk.packet.u16(at) == 0xff03) at += 2;
        if (!walk.has(at, 2)) {
            walk.cut("ppp");
            return;
        }
        boolean compressed = (walk.packet.u8(at) & 1) != 0;
        int protocol = compressed ? walk.packet.u8(at) : walk.packet.u16(at);
        at += compressed ? 1 : 2;
        int left = length - (at - from);
        switch (protocol) {
            case IPV4 -> IpSummary.print(walk, at, left);
            case IPV6 -> Ipv6Summary.print(walk, at, left);
            default -> walk.line.text(protocolName(protocol)).text(", length ").decimal(length);
        }
    }

    private static String protocolName(int protocol) {
        return switch (protocol) {
            case 0xc021 -> "LCP";
            case 0xc023 -> "PAP";
            case 0xc025 -> "LQR";
            case 0xc223 -> "CHAP";
            case 0xc227 -> "EAP";
            case 0x8021 -> "IPCP";
            case 0x8057 -> "IP6CP";
            case 0x80fd -> "CCP";
            case 0x0281 -> "MPLS";
            default -> "unknown PPP protocol (0x" + Integer.toHexString(protocol) + ")";
        };
    }

    private static String name(int code) {
        return switch (code) {
            case 0x00 -> "session";
            case 0x07 -> "PADO";
            case 0x09 -> "PADI";
            case 0x19 -> "PADR";
            case 0x65 -> "PADS";
            case 0xa7 -> "PADT";
            default -> "code 0x" + Integer.toHexString(code);
        };
    }
}
