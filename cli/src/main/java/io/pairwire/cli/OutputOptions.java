package io.pairwire.cli;

import io.pairwire.engine.ResultSink;
import io.pairwire.output.CsvSink;
import io.pairwire.output.JsonLinesSink;
import io.pairwire.output.OutputFile;
import io.pairwire.output.TextSink;
import io.pairwire.output.TimeFormat;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Where results go, and how they look. */
final class OutputOptions {
    /** How a result looks. */
    enum Format {
        TEXT,
        CSV,
        JSONL,
        NONE
    }

    private static final Path STANDARD_OUTPUT = Path.of("-");

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "text (three lines a pair), csv, jsonl, or none (only count) (default: text).")
    private Format format = Format.TEXT;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write results there instead of standard output; an old file is replaced at the end, at"
                    + " once; watch adds to it.")
    private Optional<Path> output = Optional.empty();

    @Option(names = "--append", description = "Add to the file of -o instead of replacing it; watch always does.")
    private boolean append;

    @Option(
            names = "--time-format",
            paramLabel = "FORMAT",
            description = "Times in text: classic (six digits) or iso (ISO 8601, nine digits); both UTC (default:"
                    + " classic).")
    private TimeFormat timeFormat = TimeFormat.CLASSIC;

    OutputOptions() {}

    /** Refuses options that contradict each other, and to write over what is read. */
    void check(CommandLine command, List<String> inputs) throws IOException {
        if (append && output.isEmpty()) throw new ParameterException(command, "--append needs --output FILE");
        if (format == Format.NONE && output.isPresent()) {
            throw new ParameterException(command, "--output has nothing to write with --format none");
        }
        for (String input : inputs) {
            if (isOutput(input)) throw new ParameterException(command, "--output is an INPUT: " + input);
        }
    }

    /** Do results go there, where other things may want to go too? */
    boolean wantsStandardOutput() {
        return format != Format.NONE && isStandardOutput();
    }

    private boolean isOutput(String input) throws IOException {
        if (output.isEmpty() || !Files.isRegularFile(output.get())) return false;
        Path read = Path.of(input);
        return Files.isRegularFile(read) && Files.isSameFile(read, output.get());
    }

    /** Opens the destination. */
    ResultSink open(Streams streams) throws IOException {
        if (format == Format.NONE) return ResultSink.NONE;
        Destination to = destination(streams);
        return sink(to.channel(), to.isEmpty());
    }

    /** Where results go, and whether there is nothing yet, so that a heading belongs there. */
    record Destination(WritableByteChannel channel, boolean isEmpty) {
        /** For what is only counted. */
        static final Destination NOWHERE = new Destination(new NullChannel(), true);
    }

    /** Opens it for results that look in another way. */
    Destination destination(Streams streams) throws IOException {
        if (isStandardOutput()) return new Destination(streams.results(), true);
        OutputFile file = append ? OutputFile.append(output.orElseThrow()) : OutputFile.replace(output.orElseThrow());
        return new Destination(file, file.startsEmpty());
    }

    /** Do they go there, however they look? */
    boolean isStandardOutput() {
        return output.isEmpty() || output.get().equals(STANDARD_OUTPUT);
    }

    /** Is only counted? */
    boolean discards() {
        return format == Format.NONE;
    }

    /** The file of {@code -o}, if results go to a file that can be cut back. */
    Optional<Path> regularFile() {
        return output.filter(path -> !path.equals(STANDARD_OUTPUT) && isRegular(path));
    }

    private static boolean isRegular(Path path) {
        return !Files.exists(path) ? !path.toAbsolutePath().startsWith("/dev") : Files.isRegularFile(path);
    }

    /** The destination, for a run that adds to it as long as it goes on and keeps no journal of it. */
    WritableByteChannel stream(Streams streams) throws IOException {
        boolean file = output.isPresent() && !output.get().equals(STANDARD_OUTPUT);
        return file ? OutputFile.append(output.get()) : streams.results();
    }

    ResultSink sink(WritableByteChannel channel, boolean heading) {
        return switch (format) {
            case TEXT -> new TextSink(channel, timeFormat);
            case CSV -> new CsvSink(channel, heading);
            case JSONL -> new JsonLinesSink(channel);
            case NONE -> ResultSink.NONE;
        };
    }
}
