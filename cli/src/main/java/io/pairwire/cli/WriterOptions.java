package io.pairwire.cli;

import io.pairwire.capture.CaptureFormat;
import io.pairwire.capture.Compression;
import io.pairwire.capture.FileSource;
import io.pairwire.capture.PcapFormat;
import io.pairwire.capture.WriteOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** How a command writes a capture: the same words in every command that does. */
final class WriterOptions {
    /** What can be written. */
    enum To {
        PCAP(CaptureFormat.PCAP),
        PCAPNG(CaptureFormat.PCAPNG);

        final CaptureFormat format;

        To(CaptureFormat format) {
            this.format = format;
        }
    }

    private static final Path STANDARD_OUTPUT = Path.of("-");

    @Option(
            names = {"-o", "-w", "--output"},
            paramLabel = "FILE",
            description = "Write the packets there, - for standard output (the default). An old file is replaced at the"
                    + " end, at once; what a killed run has written is readable in .FILE.*.tmp beside it.")
    private Optional<Path> output = Optional.empty();

    @Option(
            names = "--to",
            paramLabel = "FORMAT",
            description = "pcap or pcapng (default: as the name of the output says, otherwise pcap).")
    private Optional<To> to = Optional.empty();

    @Option(
            names = "--nanoseconds",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Write times of pcap in nanoseconds; --no-nanoseconds drops what is below a microsecond, for"
                    + " programs that know nothing else (default: nanoseconds). pcapng keeps times as they are.")
    private boolean nanoseconds = true;

    @Option(
            names = "--snaplen",
            paramLabel = "BYTES",
            description = "Cut every packet after that many bytes; its original length stays.")
    private Optional<Integer> snaplen = Optional.empty();

    @Mixin
    private CompressOption compress = new CompressOption();

    WriterOptions() {}

    /** Was the option given, even if for standard output? */
    boolean isGiven() {
        return output.isPresent();
    }

    /** Where to write, unless that is standard output. */
    Optional<Path> file() {
        return output.filter(path -> !path.equals(STANDARD_OUTPUT));
    }

    /** Bytes after which packets are cut. */
    int snaplen() {
        return snaplen.orElse(Integer.MAX_VALUE);
    }

    /** The format that was asked for, by option or by name. */
    CaptureFormat format() {
        if (to.isPresent()) return to.get().format;
        String name = file().map(Path::toString).orElse("");
        boolean pcapng = name.matches("(?i).*\\.(pcapng|ntar)(\\.(gz|zst|lz4|xz))?");
        return pcapng ? CaptureFormat.PCAPNG : CaptureFormat.PCAP;
    }

    /** Who packs what is written; empty if nobody does. */
    Optional<Compression> packer() throws IOException {
        return compress.packer(file().map(Path::toString).orElse("-"));
    }

    /** The same as the library wants it. */
    WriteOptions options(CommandLine command) {
        if (snaplen() < 1) throw new ParameterException(command, "--snaplen is below 1: " + snaplen());
        compress.check(command);
        int header = snaplen.orElse(PcapFormat.SNAPLEN);
        return new WriteOptions(format(), nanoseconds, header, VersionText.line(), "", "", List.of());
    }

    /** Refuses to write over what is read, however the two are spelled. */
    static void refuseInputs(CommandLine command, Path target, FileSource source) throws IOException {
        if (!Files.isRegularFile(target)) return;
        for (int i = 0; i < source.statistics().files(); i++) {
            String name = source.fileName(i);
            if (name.equals(STANDARD_OUTPUT.toString())) continue;
            Path input = Path.of(name);
            if (Files.isRegularFile(input) && Files.isSameFile(input, target)) {
                throw new ParameterException(command, "the output is an INPUT: " + name);
            }
        }
    }
}
