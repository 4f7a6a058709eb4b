package io.pairwire.cli;

import io.pairwire.capture.CaptureDescription;
import io.pairwire.capture.CaptureWriter;
import io.pairwire.capture.FileSource;
import io.pairwire.capture.Packet;
import io.pairwire.capture.PacketSource;
import io.pairwire.capture.edit.PacketCopy;
import io.pairwire.output.HumanText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** What the commands have in common that read captures and write packets of them. */
final class CopyRun {
    private static final int BATCH = 1 << 12;

    private final InputOptions inputs;
    private final WriterOptions output;
    private final CommandLine command;
    private final Streams streams;
    private UnaryOperator<CaptureDescription> change = UnaryOperator.identity();
    private Optional<Path> besides = Optional.empty();
    private long read;

    /** What becomes of a packet: it is written, changed and written, or not. */
    @FunctionalInterface
    interface Step {
        void onPacket(Packet packet, PacketCopy to) throws IOException;

        /** Is it sure that no later packet will be written? */
        default boolean isOver() {
            return false;
        }
    }

    /** Does something with every packet of a source. */
    @FunctionalInterface
    interface Reading {
        void onPacket(Packet packet) throws IOException;
    }

    CopyRun(InputOptions inputs, WriterOptions output, CommandLine command, Streams streams) {
        this.inputs = inputs;
        this.output = output;
        this.command = command;
        this.streams = streams;
    }

    /** Changes what files say about themselves before it is carried over. */
    CopyRun describing(UnaryOperator<CaptureDescription> change) {
        this.change = change;
        return this;
    }

    /** Refuses to read what is written to besides the output. */
    CopyRun sparingInputsFrom(Optional<Path> besides) {
        this.besides = besides;
        return this;
    }

    /** Copies to one output; answers with the exit code. */
    int to(Step step) throws IOException {
        var options = output.options(command);
        Optional<Path> file = output.file();
        try (var source = inputs.open(streams)) {
            if (file.isPresent()) WriterOptions.refuseInputs(command, file.get(), source);
            if (besides.isPresent()) WriterOptions.refuseInputs(command, besides.get(), source);
            try (var target = CaptureOutput.open(file, streams)) {
                PacketCopy.Opener opener = section -> CaptureWriter.open(
                        target.channel(), section.map(options::about).orElse(options));
                var copy = new PacketCopy(source, opener, change, output.snaplen());
                target.writtenBy(copy);
                readAll(source, packet -> step.onPacket(packet, copy), target.isStream() ? copy : null, step);
                copy.finish();
                target.commit();
                tell(copy.packets(), file.map(Path::toString).orElse("standard output"));
            }
            return InputOptions.tellDamages(source, streams);
        }
    }

    /** Reads a source to its end, with a bar where somebody looks. */
    void readAll(FileSource source, Reading reading) throws IOException {
        readAll(source, reading, null, (_, _) -> {});
    }

    private void readAll(FileSource source, Reading reading, @Nullable PacketCopy stream, Step step)
            throws IOException {
        try (var _ = Progress.of(source, inputs.showsProgress(streams), streams)) {
            int handed = 0;
            while (handed != PacketSource.END && !step.isOver()) {
                read += handed;
                if (stream != null && handed < BATCH) stream.flush(); // the input waits: so that nobody waits for us
                handed = source.poll(packet -> take(reading, packet), BATCH);
            }
            read += Math.max(handed, 0);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void take(Reading reading, Packet packet) {
        try {
            reading.onPacket(packet);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void tell(long written, String where) {
        if (inputs.quiet) return;
        streams.tell(HumanText.count(read, "packet") + " read, " + HumanText.count(written) + " written to " + where);
    }
}
