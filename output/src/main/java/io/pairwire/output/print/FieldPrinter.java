package io.pairwire.output.print;

import io.pairwire.capture.Packet;
import io.pairwire.decode.BeyondDepth;
import io.pairwire.decode.LayerDecoder;
import io.pairwire.decode.Layers;
import io.pairwire.decode.wire.Verdict;
import io.pairwire.output.Bytes;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A table with one row a packet: fields separated by tabs, under a heading with their names. Allocates nothing a packet
 * but once for the name of each file.
 */
public final class FieldPrinter implements PacketPrinter {
    private final List<PacketField> fields;
    private final PacketField.Writer[] writers; // resolved once: the loop over packets looks nothing up
    private final IntFunction<String> fileNames;
    private final LayerDecoder decoder = new LayerDecoder();
    private final Layers layers = new Layers();
    private Layers last = layers;
    private final BeyondDepth beyond = new BeyondDepth();
    private final CurrentRow row = new CurrentRow();
    private Packet packet = new Packet();
    private byte[] @Nullable [] names = new byte[16][];

    /**
     * A printer of those fields.
     *
     * @param fileNames the name of the file with that index, see {@link Packet#file()}
     */
    public FieldPrinter(List<PacketField> fields, IntFunction<String> fileNames) {
        if (fields.isEmpty()) throw new IllegalArgumentException("no fields");
        this.fields = List.copyOf(fields);
        this.fileNames = fileNames;
        writers = fields.stream().map(PacketField::writer).toArray(PacketField.Writer[]::new);
    }

    @Override
    public void heading(Line line) {
        for (int i = 0; i < fields.size(); i++) {
            if (i > 0) line.text('\t');
            line.text(fields.get(i).label());
        }
        line.text('\n');
    }

    @Override
    public void print(Packet packet, Line line) {
        this.packet = packet;
        last = decoder.decode(packet, layers) == Verdict.TOO_DEEP ? beyond.look(packet, layers) : layers;
        writers[0].write(row, line);
        for (int i = 1; i < writers.length; i++) writers[i].write(row, line.text('\t'));
    }

    private final class CurrentRow implements PacketField.Row {
        @Override
        public Packet packet() {
            return packet;
        }

        @Override
        public Layers layers() {
            return layers;
        }

        @Override
        public Layers last() {
            return last;
        }

        @Override
        public byte[] fileName() {
            int file = packet.file();
            if (file >= names.length) names = Arrays.copyOf(names, Math.max(file + 1, 2 * names.length));
            byte[] known = names[file];
            if (known != null) return known;
            String name = fileNames
                    .apply(file)
                    .replace("\t", "\\t")
                    .replace("\n", "\\n")
                    .replace("\r", "\\r");
            byte[] made = Bytes.of(name);
            names[file] = made;
            return made;
        }
    }
}
