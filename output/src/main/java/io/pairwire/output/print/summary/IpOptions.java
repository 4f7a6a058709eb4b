package io.pairwire.output.print.summary;

import io.pairwire.capture.Packet;
import io.pairwire.output.print.Line;

/** Options of IPv4, RFC 791 §3.1, by name; routes with their addresses. */
final class IpOptions {
    private IpOptions() {}

    static void print(Walk walk, int from, int to) {
        Packet packet = walk.packet;
        Line line = walk.line;
        line.text(", options (");
        int at = from;
        String separator = "";
        while (at < to) {
            line.text(separator);
            separator = ",";
            if (!walk.has(at, 1)) {
                line.text("[|ip]");
                break;
            }
            int kind = packet.u8(at);
            line.text(name(kind));
            if (kind == 0) break;
            if (kind == 1) {
                at++;
                continue;
            }
            int length = walk.has(at, 2) ? packet.u8(at + 1) : 0;
            if (length < 2 || length > to - at || !walk.has(at, length)) {
                line.text(" [bad length ").decimal(length).text(']');
                break;
            }
            if (isRoute(kind)) {
                for (int i = at + 3; i + 4 <= at + length; i += 4) {
                    line.text(' ').ipv4(packet.u32(i));
                    if (i - at + 1 == packet.u8(at + 2)) line.text('^');
                }
            } else if (name(kind).equals("unknown")) {
                line.text(' ').decimal(kind);
            }
            at += length;
        }
        line.text(')');
    }

    private static boolean isRoute(int kind) {
        return kind == 7 || kind == 131 || kind == 137;
    }

    private static String name(int kind) {
        return switch (kind) {
            case 0 -> "EOL";
            case 1 -> "NOP";
            case 7 -> "RR";
            case 68 -> "timestamp";
            case 130 -> "security";
            case 131 -> "LSRR";
            case 137 -> "SSRR";
            case 148 -> "RA";
            case 152 -> "upstream multicast";
            default -> "unknown";
        };
    }
}
