package io.pairwire.output.print;

import io.pairwire.capture.Packet;
import java.io.IOException;

/** Bytes of a packet as rows of sixteen, or as the characters they may be. */
public final class HexDump {
    private static final int ROW = 16;
    private static final int PER_CUT = 512;
    private static final int COLUMNS = 40;

    private HexDump() {}

    /**
     * Appends rows that each begin with a line feed, {@code indent} and the offset from {@code from}, as tcpdump has them.
     *
     * @param from the first byte
     * @param to behind the last byte, all captured
     * @param ascii with the characters beside
     */
    public static void rows(Packet packet, int from, int to, boolean ascii, String indent, Line line)
            throws IOException {
        for (int at = from; at < to; at += ROW) {
            if ((at - from) % PER_CUT == 0 && at > from) line.cut();
            line.text('\n').text(indent).text("0x").hex(at - from, 4).text(": ");
            int end = Math.min(to, at + ROW);
            for (int i = at; i < end; i++) {
                if ((i - at) % 2 == 0) line.text(' ');
                line.hex(packet.u8(i), 2);
            }
            if (!ascii) continue;
            int written = (end - at) * 2 + (end - at + 1) / 2;
            line.spaces(COLUMNS - written + 1);
            line.text(' ');
            for (int i = at; i < end; i++) line.text(graphic(packet.u8(i)));
        }
    }

    /** Appends the bytes as characters, with a line feed in front; tabs and line feeds stay, others become dots. */
    public static void ascii(Packet packet, int from, int to, Line line) throws IOException {
        line.text('\n');
        for (int at = from; at < to; at++) {
            if ((at - from) % PER_CUT == 0 && at > from) line.cut();
            int value = packet.u8(at);
            if (value == '\r') { // the one in front of a line feed is no news
                boolean newline = at + 1 < to && packet.u8(at + 1) == '\n';
                if (!newline) line.text('.');
            } else if (value == '\n' || value == '\t') {
                line.text((char) value);
            } else {
                line.text(value == ' ' ? ' ' : graphic(value));
            }
        }
    }

    private static char graphic(int value) {
        return value > 0x20 && value < 0x7f ? (char) value : '.';
    }
}
