package io.pairwire.cli;

import io.pairwire.capture.CaptureDescription;
import io.pairwire.capture.CaptureWriter;
import io.pairwire.capture.FileSource;
import io.pairwire.capture.Packet;
import io.pairwire.capture.PacketSource;
import io.pairwire.capture.PickFinder;
import io.pairwire.capture.edit.PacketCopy;
import io.pairwire.decode.filter.PacketFilter;
import io.pairwire.output.HumanText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
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
    private Optional<PacketFilter> filter = Optional.empty();
    private PickFinder finder = PickFinder.NOTHING;
    private Runnable beforeReuse = () -> {};

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

    /** Leaves out what the filter refuses. */
    CopyRun filtering(Optional<PacketFilter> filter) {
        this.filter = filter;
        return this;
    }

    /** Leaves out, without reading them, packets that are known not to be wanted. */
    CopyRun picking(PickFinder finder) {
        this.finder = finder;
        return this;
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

    /** Has this run before the bytes of packets that were handed over change, see {@link FileSource#beforeReuse}. */
    CopyRun beforeReuse(Runnable action) {
        beforeReuse = action;
        return this;
    }

    /** Looks at every packet and writes nothing; answers with the exit code. */
    int look(Reading reading) throws IOException {
        try (var stop = StopCopying.listen(streams);
                var source = inputs.open(streams)) {
            source.beforeReuse(beforeReuse);
            readAll(source, reading, stop);
            int code = InputOptions.tellDamages(source, streams);
            stop.finished(code);
            return code;
        }
    }

    /** Copies to one output; answers with the exit code. */
    int to(Step step) throws IOException {
        var options = output.options(command);
        Optional<Path> file = output.file();
        try (var stop = StopCopying.listen(streams);
                var source = inputs.open(streams, finder)) {
            if (file.isPresent()) WriterOptions.refuseInputs(command, file.get(), source);
            if (besides.isPresent()) WriterOptions.refuseInputs(command, besides.get(), source);
            source.beforeReuse(beforeReuse);
            try (var target = CaptureOutput.open(output, streams)) {
                PacketCopy.Opener opener = section -> CaptureWriter.open(
                        target.channel(), section.map(options::about).orElse(options));
                var copy = new PacketCopy(source, opener, change, output.snaplen());
                copy.gatherRuns();
                target.writtenBy(copy);
                readAll(source, packet -> step.onPacket(packet, copy), target, step, stop);
                copy.finish();
                target.commit();
                tell(source.statistics().packets(), copy.packets(), target.plainBytes());
            }
            filter.ifPresent(used -> FilterOptions.tellProblems(used, streams));
            int code = InputOptions.tellDamages(source, streams);
            stop.finished(code);
            return code;
        }
    }

    /** Reads a source to its end, with a bar where somebody looks. */
    void readAll(FileSource source, Reading reading, StopCopying stop) throws IOException {
        try (var _ = inputs.watch(source::statistics, inputs.showsProgress(streams), streams)) {
            int handed = 0;
            while (handed != PacketSource.END) handed = poll(source, reading, stop);
        }
    }

    private void readAll(FileSource source, Reading reading, CaptureOutput target, Step step, StopCopying stop)
            throws IOException {
        try (var _ = inputs.watch(source::statistics, inputs.showsProgress(streams), streams)) {
            int handed = 0;
            while (handed != PacketSource.END && !step.isOver()) {
                handed = poll(source, reading, stop);
                if (handed < BATCH) target.idle();
            }
        }
    }

    private int poll(FileSource source, Reading reading, StopCopying stop) throws IOException {
        try {
            int handed = source.poll(packet -> take(reading, packet), BATCH);
            if (handed != PacketSource.END && stop.isAsked()) {
                long read = source.statistics().packets();
                throw new IOException("stopped by a signal after " + HumanText.count(read, "packet")
                        + output.file().map(CopyRun::left).orElse(""));
            }
            return handed;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static String left(Path file) {
        return "; what was written of " + file + " can be read";
    }

    private void take(Reading reading, Packet packet) {
        if (filter.isPresent() && !filter.get().matches(packet)) return;
        try {
            reading.onPacket(packet);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void tell(long read, long written, OptionalLong plain) throws IOException {
        if (inputs.quiet) return;
        streams.tell(HumanText.count(read, "packet") + " read, " + HumanText.count(written) + " written to "
                + output.file().map(Path::toString).orElse("standard output") + packing(plain));
    }

    /** How much smaller the output became, if it was compressed. */
    private String packing(OptionalLong plain) throws IOException {
        if (plain.isEmpty() || output.file().isEmpty()) return "";
        long packed = Files.size(output.file().get());
        return ", " + HumanText.count(plain.getAsLong(), "byte") + " packed to " + HumanText.count(packed)
                + String.format(Locale.ROOT, ", ratio %.2f", (double) plain.getAsLong() / packed);
    }
}
