package io.pairwire.output.print.summary;

import io.pairwire.capture.Packet;
import io.pairwire.output.print.Line;

/** Options of TCP: {@code [mss 1460,sackOK,TS val 1 ecr 0,nop,wscale 7]}. */
final class TcpOptions {
    private static final int END = 0;
    private static final int NOP = 1;
    private static final int MAXIMUM_SEGMENT = 2;
    private static final int WINDOW_SCALE = 3;
    private static final int SACK = 5;
    private static final int TIMESTAMPS = 8;
    private static final int MD5 = 19;
    private static final int USER_TIMEOUT = 28;
    private static final int FAST_OPEN = 34;
    private static final int LONGEST = 40;

    private TcpOptions() {}

    /**
     * Everything between {@code from} and {@code to}, where the data offset says that options end.
     *
     * @param acknowledgmentFrom what to subtract from numbers of the other direction
     */
    static void print(Walk walk, int from, int to, int acknowledgmentFrom) {
        Packet packet = walk.packet;
        Line line = walk.line;
        line.text(", options [");
        int at = from;
        while (at < to) {
            if (at > from) line.text(',');
            if (!walk.has(at, 1)) {
                walk.cut("tcp");
                return;
            }
            int kind = packet.u8(at);
            name(kind, line);
            if (kind == END) break;
            if (kind == NOP) {
                at++;
                continue;
            }
            if (at + 1 < to && !walk.has(at, 2)) {
                walk.cut("tcp");
                return;
            }
            int length = at + 1 < to ? packet.u8(at + 1) : 0;
            if (length < 2 || length > to - at) {
                line.text("[bad opt]");
                break;
            }
            if (!walk.has(at, length)) {
                walk.cut("tcp");
                return;
            }
            value(packet, kind, at, length, acknowledgmentFrom, line);
            at += length;
        }
        line.text(']');
    }

    private static void name(int kind, Line line) {
        String name = switch (kind) {
            case END -> "eol";
            case NOP -> "nop";
            case MAXIMUM_SEGMENT -> "mss";
            case WINDOW_SCALE -> "wscale";
            case 4 -> "sackOK";
            case SACK -> "sack";
            case 6 -> "echo";
            case 7 -> "echoreply";
            case TIMESTAMPS -> "TS";
            case 11 -> "cc";
            case 12 -> "ccnew";
            case 13 -> "ccecho";
            case MD5 -> "md5";
            case 20 -> "scps";
            case USER_TIMEOUT -> "uto";
            case 29 -> "tcp-ao";
            case 30 -> "mptcp";
            case FAST_OPEN -> "tfo";
            case 254 -> "exp";
            default -> "";
        };
        if (name.isEmpty()) line.text("unknown-").decimal(kind);
        else line.text(name);
    }

    private static void value(Packet packet, int kind, int at, int length, int from, Line line) {
        switch (kind) {
            case MAXIMUM_SEGMENT -> {
                if (expected(length, 4, line)) line.text(' ').decimal(packet.u16(at + 2));
            }
            case WINDOW_SCALE -> {
                if (expected(length, 3, line)) line.text(' ').decimal(packet.u8(at + 2));
            }
            case TIMESTAMPS -> {
                if (!expected(length, 10, line)) return;
                line.text(" val ").decimal(Integer.toUnsignedLong(packet.u32(at + 2)));
                line.text(" ecr ").decimal(Integer.toUnsignedLong(packet.u32(at + 6)));
            }
            case SACK -> blocks(packet, at, length, from, line);
            case MD5 -> {
                line.text(' ');
                hex(packet, at + 2, at + length, line);
            }
            case FAST_OPEN -> {
                line.text(length == 2 ? " cookiereq" : " cookie ");
                hex(packet, at + 2, at + length, line);
            }
            case USER_TIMEOUT -> {
                if (!expected(length, 4, line)) return;
                int timeout = packet.u16(at + 2);
                line.text(" 0x").hex(timeout, 4);
            }
            case 4 -> expected(length, 2, line);
            case 30 -> line.text(' ').decimal(length);
            default -> {
                if (length == 2) return;
                line.text(' ');
                line.text("0x");
                hex(packet, at + 2, at + Math.min(length, LONGEST), line);
            }
        }
    }

    /** Is the option as long as its kind says? Tells if not. */
    private static boolean expected(int length, int expected, Line line) {
        if (length == expected) return true;
        line.text("[len ").decimal(length).text(']');
        return false;
    }

    private static void blocks(Packet packet, int at, int length, int from, Line line) {
        int count = (length - 2) / 8;
        if (count == 0 || (length - 2) % 8 != 0) {
            line.text("[len ").decimal(length).text(']');
            return;
        }
        line.text(' ').decimal(count).text(' ');
        for (int i = 0; i < count; i++) {
            line.text('{').decimal(Integer.toUnsignedLong(packet.u32(at + 2 + 8 * i) - from));
            line.text(':')
                    .decimal(Integer.toUnsignedLong(packet.u32(at + 6 + 8 * i) - from))
                    .text('}');
        }
    }

    private static void hex(Packet packet, int from, int to, Line line) {
        for (int i = from; i < to; i++) line.hex(packet.u8(i), 2);
    }
}
