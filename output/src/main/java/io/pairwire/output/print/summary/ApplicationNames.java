package io.pairwire.output.print.summary;

import io.pairwire.capture.Packet;
import io.pairwire.output.print.Line;

/** What a well-known TCP port carries, by name; of protocols made of text the first line too. */
final class ApplicationNames {
    private static final int LONGEST_LINE = 8_192;

    private ApplicationNames() {}

    static void tcp(Walk walk, int sourcePort, int destinationPort, int at) {
        String name = name(sourcePort);
        if (name.isEmpty()) name = name(destinationPort);
        if (name.isEmpty() || !walk.has(at, 1)) return;
        Line line = walk.line;
        line.text(": ").text(name);
        if (name.equals("BGP")) return;
        int end = Math.min(walk.end, at + LONGEST_LINE);
        if (!begins(walk.packet, at, end, name)) return;
        line.text(": ");
        for (int i = at; i < end; i++) {
            int value = walk.packet.u8(i);
            if (value == '\r' || value == '\n') return;
            line.printable(value);
        }
    }

    private static String name(int port) {
        return switch (port) {
            case 80, 8080, 3128 -> "HTTP";
            case 554, 8554 -> "RTSP";
            case 25 -> "SMTP";
            case 21 -> "FTP";
            case 179 -> "BGP";
            default -> "";
        };
    }

    /** Does a request or a response begin here, and not the middle of a body? */
    private static boolean begins(Packet packet, int at, int end, String protocol) {
        if (protocol.equals("HTTP") || protocol.equals("RTSP")) {
            return word(packet, at, end, protocol + "/") || method(packet, at, end);
        }
        return letterOrDigit(packet.u8(at));
    }

    private static boolean method(Packet packet, int at, int end) {
        int i = at;
        while (i < end && (packet.u8(i) >= 'A' && packet.u8(i) <= 'Z' || packet.u8(i) == '_')) i++;
        return i - at >= 3 && i < end && packet.u8(i) == ' ';
    }

    private static boolean word(Packet packet, int at, int end, String word) {
        if (end - at < word.length()) return false;
        for (int i = 0; i < word.length(); i++) {
            if (packet.u8(at + i) != word.charAt(i)) return false;
        }
        return true;
    }

    private static boolean letterOrDigit(int value) {
        return value >= 'A' && value <= 'Z' || value >= 'a' && value <= 'z' || value >= '0' && value <= '9';
    }
}
