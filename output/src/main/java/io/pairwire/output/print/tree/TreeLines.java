package io.pairwire.output.print.tree;

import io.pairwire.capture.Packet;
import io.pairwire.output.print.Line;

/** The lines of a tree: where bytes lie, the bytes, and what they mean. */
final class TreeLines {
    private static final int SHOWN = 8;
    private static final int COLUMN = 25;
    private static final String INDENT = "\n    ";

    private final Packet packet;
    private final Line line;
    private final int end;

    TreeLines(Packet packet, Line line) {
        this.packet = packet;
        this.line = line;
        end = packet.capturedLength();
    }

    Line line() {
        return line;
    }

    /** The line of a header itself. */
    void header(String name, String reference, int at, int length) {
        line.text("\n  ").text(name);
        if (!reference.isEmpty()) line.text(", ").text(reference);
        line.text(" (")
                .decimal(length)
                .text(length == 1 ? " byte at " : " bytes at ")
                .decimal(at)
                .text(')');
    }

    /** One field of a header at {@code at}; false if it was cut off. */
    boolean field(HeaderField field, int at) {
        int from = at + field.firstByte();
        if (end - from < field.bytes()) return false;
        if (field.isWholeBytes()) begin(from, field.bytes(), field.name());
        else beginBits(field, from);
        field.form().print(packet, from, field.value(packet, at), line);
        return true;
    }

    /** Begins the line of something {@code length} bytes long, all captured; its value is to be appended. */
    Line begin(int from, int length, String name) {
        line.text(INDENT).hex(from, 4).text("  ");
        int shown = Math.min(length, SHOWN);
        for (int i = 0; i < shown; i++) {
            if (i > 0) line.text(' ');
            line.hex(packet.u8(from + i), 2);
        }
        int written = shown * 3 - 1;
        if (shown < length) {
            line.text("..");
            written += 2;
        }
        return line.spaces(COLUMN - Math.max(written, 0) + 1).text(name).text(": ");
    }

    /** Bits instead of bytes: those that do not belong to the field are dots. */
    private void beginBits(HeaderField field, int from) {
        line.text(INDENT).hex(from, 4).text("  ");
        int first = field.bit() % 8;
        int bits = field.bytes() * 8;
        int written = 0;
        if (bits > 16) { // too long for the column
            for (int i = 0; i < field.bytes(); i++) line.text(i > 0 ? " " : "").hex(packet.u8(from + i), 2);
            written = field.bytes() * 3 - 1;
        } else {
            for (int i = 0; i < bits; i++) {
                if (i > 0 && i % 4 == 0) {
                    line.text(' ');
                    written++;
                }
                boolean mine = i >= first && i < first + field.bits();
                boolean set = (packet.u8(from + i / 8) >>> 7 - i % 8 & 1) != 0;
                line.text(!mine ? '.' : set ? '1' : '0');
                written++;
            }
        }
        line.spaces(COLUMN - written + 1).text(field.name()).text(": ");
    }

    /** A remark about the header above. */
    Line remark() {
        return line.text(INDENT).spaces(4 + 2 + COLUMN + 1);
    }
}
