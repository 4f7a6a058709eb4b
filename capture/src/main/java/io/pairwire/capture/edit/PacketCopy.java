package io.pairwire.capture.edit;

import io.pairwire.capture.CaptureDescription;
import io.pairwire.capture.CaptureSection;
import io.pairwire.capture.CaptureWriter;
import io.pairwire.capture.FileSource;
import io.pairwire.capture.Packet;
import io.pairwire.capture.PcapFormat;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Writes packets of a source to one capture, and with them what their files say about themselves: interfaces, names,
 * secrets, statistics, as far as the format can hold them. Not thread-safe.
 */
public final class PacketCopy implements Closeable {
    /** How a description is changed when nothing in it is to be carried over but what packets need. */
    public static final UnaryOperator<CaptureDescription> BARE = Descriptions::bare;

    /** Packets between two looks at a description, in case secrets have come that the next packets need. */
    private static final int LOOK = 256;

    private final FileSource source;
    private final Opener opener;
    private final UnaryOperator<CaptureDescription> change;
    private final int snaplen;
    private @Nullable CaptureDescription[] told = new @Nullable CaptureDescription[4];
    private int lastFile = -1;
    private int lastInterface = -1;
    private int untilLook;
    private @Nullable CaptureWriter writer;
    private final RecordRun run = new RecordRun();
    private boolean gathers;
    private @Nullable PcapFormat records;

    /** Opens what is written to, when it is known where the first packet comes from. */
    @FunctionalInterface
    public interface Opener {
        /** @param section of the file of the first packet; empty if it says nothing of itself or there is no packet */
        CaptureWriter open(Optional<CaptureSection> section) throws IOException;
    }

    /**
     * @param opener asked once, before the first packet or at the end; what it gives is closed by {@link #close}
     * @param change what becomes of descriptions; {@link UnaryOperator#identity} leaves them
     * @param snaplen packets are cut after that many bytes, from 1
     */
    public PacketCopy(FileSource source, Opener opener, UnaryOperator<CaptureDescription> change, int snaplen) {
        if (snaplen < 1) throw new IllegalArgumentException("snaplen is below 1: " + snaplen);
        this.source = source;
        this.opener = opener;
        this.change = change;
        this.snaplen = snaplen;
    }

    /** Writes a packet that the source has just handed over, or what became of it; cuts the view if it is too long. */
    public void write(Packet packet) throws IOException {
        write(packet, List.of());
    }

    /** The same with comments added, as far as the format can hold them. */
    public void write(Packet packet, List<String> comments) throws IOException {
        int file = packet.file();
        if (file != lastFile || packet.interfaceIndex() != lastInterface || --untilLook < 0) {
            lastFile = file;
            lastInterface = packet.interfaceIndex();
            untilLook = LOOK;
            describe(file);
        }
        if (packet.capturedLength() > snaplen) packet.cut(snaplen);
        if (gathers && comments.isEmpty() && joins(packet)) return;
        writeRun();
        if (comments.isEmpty()) writer(file).write(packet);
        else writer(file).write(packet, comments);
    }

    /**
     * From now on packets that are records as they are to be written, one behind the other where they were read, go on in
     * one piece, without being looked at one by one. They are written when the run ends, and before the source reads over
     * them: a failure then comes out of its {@link FileSource#poll}, as an {@link UncheckedIOException}.
     */
    public void gatherRuns() {
        if (gathers) return;
        gathers = true;
        source.beforeReuse(() -> {
            try {
                writeRun();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private boolean joins(Packet packet) throws IOException {
        PcapFormat format = records;
        if (format == null) {
            if (writer == null) return false;
            format = writer.records().orElse(null);
            if (format == null) return false;
            records = format;
        }
        if (run.takes(packet, format)) return true;
        writeRun();
        return run.takes(packet, format);
    }

    private void writeRun() throws IOException {
        if (run.packets() > 0 && writer != null) run.writeTo(writer);
    }

    private CaptureWriter writer(int file) throws IOException {
        CaptureWriter there = writer;
        if (there == null) {
            var section = source.description(file).map(change).stream()
                    .flatMap(description -> description.sections().stream())
                    .findFirst();
            there = opener.open(section);
            writer = there;
        }
        return there;
    }

    private void describe(int file) throws IOException {
        Optional<CaptureDescription> found = source.description(file);
        if (found.isEmpty()) return;
        if (file >= told.length) told = Arrays.copyOf(told, Math.max(file + 1, 2 * told.length));
        if (told[file] == found.get()) return;
        told[file] = found.get();
        writeRun();
        writer(file).describe(file, change.apply(found.get()));
    }

    /** Packets written so far. */
    public long packets() {
        return writer == null ? 0 : writer.packets() + run.packets();
    }

    /** Hands over what is gathered. */
    public void flush() throws IOException {
        writeRun();
        if (writer != null) writer.flush();
    }

    /** Writes what is left to be said about all files of the source, for a copy that has read to their end. */
    public void finish() throws IOException {
        writeRun();
        for (int file = 0; file < source.statistics().files(); file++) describe(file);
        writer(0);
    }

    /** Closes what was opened. */
    @Override
    public void close() throws IOException {
        if (writer == null) return;
        try (CaptureWriter closing = writer) {
            run.writeTo(closing);
        }
    }
}
