package io.pairwire.output.print.tree;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.decode.ChecksumVerdict;
import io.pairwire.decode.Checksums;
import io.pairwire.decode.DeepDecoder;
import io.pairwire.decode.Layer;
import io.pairwire.decode.Layers;
import io.pairwire.decode.PacketDecoder;
import io.pairwire.decode.wire.Verdict;
import io.pairwire.output.Bytes;
import io.pairwire.output.TimeFormat;
import io.pairwire.output.TimeText;
import io.pairwire.output.print.HexDump;
import io.pairwire.output.print.Line;
import io.pairwire.output.print.PacketPrinter;
import java.io.IOException;
import java.util.Locale;
import java.util.function.IntFunction;

/**
 * All headers of a packet with all their fields: offset and bytes on the left, name and value on the right, and beside
 * the name of each header the standard that defines it. Packets are separated by an empty line.
 */
public final class TreePrinter implements PacketPrinter {
    private final PacketDecoder decoder = new DeepDecoder();
    private final Layers layers = new Layers();
    private final TimeText times = new TimeText(TimeFormat.ISO);
    private final Checksums checksums = new Checksums();
    private final IntFunction<String> fileNames;
    private final boolean verify;

    /**
     * A printer of trees.
     *
     * @param fileNames the name of the file with that index, see {@link Packet#file()}
     * @param verify whether to verify checksums
     */
    public TreePrinter(IntFunction<String> fileNames, boolean verify) {
        this.fileNames = fileNames;
        this.verify = verify;
    }

    @Override
    public void print(Packet packet, Line line) throws IOException {
        about(packet, line);
        comments(packet, line);
        decoder.decode(packet, layers);
        var lines = new TreeLines(packet, line);
        int depth = layers.depth();
        int end = packet.capturedLength();
        for (int i = 0; i < depth; i++) {
            if (layers.kind(i) == Layer.OTHER) break;
            header(packet, layers.kind(i), layers.at(i), endOf(i, end), lines);
            if (verify) checksum(packet, i, lines);
        }
        if (layers.verdict() != Verdict.OK) failure(packet, lines);
        rest(packet, line);
        line.text('\n');
    }

    private void about(Packet packet, Line line) {
        line.text("Packet ").decimal(packet.number()).text(" of ");
        line.text(printable(fileNames.apply(packet.file())));
        line.text(": ").decimal(packet.capturedLength()).text(" of ").decimal(packet.originalLength());
        line.text(" bytes, ");
        if (packet.hasTime()) line.moveTo(times.moment(line.room(TimeText.LONGEST), line.at(), packet.epochNanos()));
        else line.text("no time");
        line.text(", link type ").text(LinkType.name(packet.linkType()));
    }

    private static void comments(Packet packet, Line line) {
        if (packet.options().isEmpty()) return;
        for (String comment : packet.options().comments())
            line.text("\n  Comment: ").text(printable(comment));
    }

    private static byte[] printable(String text) {
        return Bytes.of(text.replaceAll("\\p{Cntrl}", "?"));
    }

    /** Where the header with that index ends: where the next begins, where the payload does, or not known. */
    private int endOf(int index, int end) {
        if (index + 1 < layers.depth()) return Math.min(end, layers.at(index + 1));
        if (layers.payloadAt() > layers.at(index)) return Math.min(end, layers.payloadAt());
        if (layers.failedAt() > layers.at(index)) return Math.min(end, layers.failedAt());
        return -1;
    }

    private static void header(Packet packet, Layer kind, int at, int knownEnd, TreeLines lines) {
        HeaderTree tree = HeaderTrees.of(kind);
        int end = knownEnd >= 0 ? knownEnd : endOf(packet, tree, at);
        lines.header(tree.name(), tree.reference(), at, end - at);
        fields(packet, tree, at, end, lines);
    }

    private void checksum(Packet packet, int index, TreeLines lines) {
        ChecksumVerdict verdict = checksums.verify(packet, layers, index);
        if (verdict == ChecksumVerdict.ABSENT) return;
        lines.remark()
                .text("checksum is ")
                .text(verdict.name().toLowerCase(Locale.ROOT).replace('_', ' '));
    }

    /** Where a header ends by its own word. */
    private static int endOf(Packet packet, HeaderTree tree, int at) {
        int end = packet.capturedLength();
        return end - at < tree.fixedLength() ? end : Math.min(end, at + tree.length(packet, at));
    }

    private static void fields(Packet packet, HeaderTree tree, int at, int end, TreeLines lines) {
        for (HeaderField field : tree.fields()) {
            if (!lines.field(field, at)) {
                lines.remark().text("(cut here)");
                return;
            }
        }
        int behind = at + tree.fixedLength();
        if (behind < end) tree.options().print(packet, at, behind, end, lines);
    }

    /** What was cut or is wrong, with as much of it as was captured. */
    private void failure(Packet packet, TreeLines lines) {
        int at = layers.failedAt();
        Layer kind = layers.failedKind();
        boolean printed = layers.depth() > 0 && layers.at(layers.depth() - 1) == at;
        if (!printed && kind != Layer.OTHER && layers.verdict() != Verdict.TOO_DEEP) {
            HeaderTree tree = HeaderTrees.of(kind);
            int end = Math.min(packet.capturedLength(), at + tree.fixedLength());
            lines.header(tree.name(), tree.reference(), at, Math.max(0, end - at));
            for (HeaderField field : tree.fields()) {
                if (!lines.field(field, at)) break;
            }
        }
        String verdict = layers.verdict().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        lines.line().text("\n  [").text(verdict).text(": ");
        lines.line().text(kind == Layer.OTHER ? "header" : HeaderTrees.of(kind).name());
        lines.line().text(" at ").decimal(at).text(']');
    }

    /** The bytes behind the last header. */
    private void rest(Packet packet, Line line) throws IOException {
        if (layers.depth() == 0) return;
        int last = layers.depth() - 1;
        Layer kind = layers.kind(last);
        int from;
        int length;
        if (layers.payloadAt() >= layers.at(last)) {
            from = layers.payloadAt();
            length = layers.payloadCaptured();
        } else if (layers.verdict() == Verdict.OK) {
            from = kind == Layer.OTHER ? layers.at(last) : endOf(packet, HeaderTrees.of(kind), layers.at(last));
            length = packet.capturedLength() - from;
        } else {
            return;
        }
        if (length <= 0) return;
        line.text("\n  Data (").decimal(length).text(length == 1 ? " byte at " : " bytes at ");
        line.decimal(from).text(')');
        HexDump.rows(packet, from, from + length, true, "    ", line);
    }
}
