package io.pairwire.cli;

import io.pairwire.capture.FileSource;
import io.pairwire.capture.PcapFormat;
import io.pairwire.output.OutputFile;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** How a command writes a capture: the same words in every command that does. */
final class WriterOptions {
    private static final Path STANDARD_OUTPUT = Path.of("-");

    @Option(
            names = {"-o", "-w", "--output"},
            paramLabel = "FILE",
            description = "Write the packets there, - for standard output (the default). An old file is replaced at the"
                    + " end, at once; if the run is killed, what was written is readable in .FILE.*.tmp beside it.")
    Optional<Path> output = Optional.empty();

    @Option(
            names = "--nanoseconds",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Write pcap in nanoseconds; --no-nanoseconds drops what is below a microsecond, for tools of"
                    + " before 2012 (default: nanoseconds).")
    boolean nanoseconds = true;

    @Option(
            names = "--snaplen",
            paramLabel = "BYTES",
            description = "Cut every packet after that many bytes; its original length is kept.")
    OptionalInt snaplen = OptionalInt.empty();

    WriterOptions() {}

    /** Refuses values that cannot be. */
    void check(CommandLine command) {
        if (snaplen.isPresent() && snaplen.getAsInt() < 1) {
            throw new ParameterException(command, "--snaplen is below 1: " + snaplen.getAsInt());
        }
    }

    /** Refuses to write over what is read, however the two are spelled. */
    static void refuseInputs(CommandLine command, Path target, FileSource source) throws IOException {
        if (!Files.isRegularFile(target)) return;
        for (int i = 0; i < source.statistics().files(); i++) {
            String name = source.fileName(i);
            if (name.equals("-")) continue;
            Path input = Path.of(name);
            if (Files.isRegularFile(input) && Files.isSameFile(input, target)) {
                throw new ParameterException(command, "the output is an INPUT: " + name);
            }
        }
    }

    /** Where bytes go: a file that appears whole at the end, or standard output. */
    WritableByteChannel channel(CommandLine command, FileSource source, Streams streams) throws IOException {
        if (isStandardOutput()) return streams.results();
        refuseInputs(command, output.orElseThrow(), source);
        return OutputFile.replace(output.orElseThrow());
    }

    boolean isStandardOutput() {
        return output.isEmpty() || output.get().equals(STANDARD_OUTPUT);
    }

    /** The format for packets of that link type. */
    PcapFormat pcap(int linkType) {
        return new PcapFormat(ByteOrder.LITTLE_ENDIAN, nanoseconds, linkType, snaplen.orElse(PcapFormat.SNAPLEN));
    }
}
