package io.pairwire.output.print.tree;

import io.pairwire.capture.Packet;
import io.pairwire.output.print.Line;

/** Options of IPv4 and TCP, which have the same form: a kind, for most of them a length, and a value. */
final class OptionLines {
    private static final int END = 0;
    private static final int NO_OPERATION = 1;

    private OptionLines() {}

    static void ipv4(Packet packet, int at, int from, int to, TreeLines lines) {
        each(packet, from, to, lines, true);
    }

    static void tcp(Packet packet, int at, int from, int to, TreeLines lines) {
        each(packet, from, to, lines, false);
    }

    private static void each(Packet packet, int from, int to, TreeLines lines, boolean ip) {
        int at = from;
        while (at < to) {
            int kind = packet.u8(at);
            if (kind == END) {
                lines.begin(at, to - at, "option").text("end of options");
                return;
            }
            if (kind == NO_OPERATION) {
                lines.begin(at, 1, "option").text("no operation");
                at++;
                continue;
            }
            int length = to - at >= 2 ? packet.u8(at + 1) : 0;
            if (length < 2 || length > to - at) {
                lines.begin(at, to - at, "option")
                        .decimal(kind)
                        .text(", length is wrong: ")
                        .decimal(length);
                return;
            }
            Line line = lines.begin(at, length, "option").text(ip ? ipName(kind) : tcpName(kind));
            if (!ip) tcpValue(packet, kind, at, length, line);
            at += length;
        }
    }

    private static void tcpValue(Packet packet, int kind, int at, int length, Line line) {
        switch (kind) {
            case 2 -> {
                if (length == 4) line.text(' ').decimal(packet.u16(at + 2));
            }
            case 3 -> {
                if (length == 3) line.text(" 2^").decimal(packet.u8(at + 2));
            }
            case 5 -> {
                for (int i = at + 2; i + 8 <= at + length; i += 8) {
                    line.text(' ').decimal(Integer.toUnsignedLong(packet.u32(i)));
                    line.text('-').decimal(Integer.toUnsignedLong(packet.u32(i + 4)));
                }
            }
            case 8 -> {
                if (length != 10) return;
                line.text(" value ").decimal(Integer.toUnsignedLong(packet.u32(at + 2)));
                line.text(", echo reply ").decimal(Integer.toUnsignedLong(packet.u32(at + 6)));
            }
            default -> {}
        }
    }

    private static String tcpName(int kind) {
        return switch (kind) {
            case 2 -> "maximum segment size";
            case 3 -> "window scale";
            case 4 -> "selective acknowledgment permitted";
            case 5 -> "selective acknowledgment";
            case 8 -> "timestamps";
            case 19 -> "MD5 signature";
            case 28 -> "user timeout";
            case 29 -> "authentication";
            case 30 -> "multipath TCP";
            case 34 -> "fast open";
            case 253, 254 -> "experiment";
            default -> "kind " + kind;
        };
    }

    private static String ipName(int kind) {
        return switch (kind) {
            case 7 -> "record route";
            case 68 -> "timestamp";
            case 130 -> "security";
            case 131 -> "loose source route";
            case 137 -> "strict source route";
            case 148 -> "router alert";
            default -> "kind " + kind;
        };
    }
}
