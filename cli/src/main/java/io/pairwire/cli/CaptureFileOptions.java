package io.pairwire.cli;

import io.pairwire.capture.CaptureFormat;
import io.pairwire.capture.Compression;
import io.pairwire.capture.WriteOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What a capture that is written as it comes looks like. */
final class CaptureFileOptions {
    private static final Path STANDARD_OUTPUT = Path.of("-");

    @Option(
            names = {"-w", "--write"},
            paramLabel = "FILE",
            description = "Write the packets there as they come, - for standard output; then nothing is printed without"
                    + " --print. An old file is emptied.")
    private Optional<Path> file = Optional.empty();

    @Option(
            names = "--to",
            paramLabel = "FORMAT",
            description = "pcap or pcapng (default: as the name of FILE says, otherwise pcap).")
    private Optional<WriterOptions.To> to = Optional.empty();

    @Option(
            names = "--nanoseconds",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Write times of pcap in nanoseconds; --no-nanoseconds drops what is below a microsecond, for"
                    + " programs that know nothing else (default: nanoseconds).")
    private boolean nanoseconds = true;

    @Option(
            names = "--comment",
            paramLabel = "TEXT",
            description = "Write a remark into the file, pcapng only; repeatable.")
    private List<String> comments = List.of();

    @Option(
            names = {"-U", "--packet-buffered"},
            description = "Write packets out as soon as they come, not once a second.")
    private boolean packetBuffered;

    @Option(names = "--print", description = "Print packets although they are written with -w.")
    private boolean print;

    @Mixin
    private CompressOption compress = new CompressOption();

    CaptureFileOptions() {}

    boolean isGiven() {
        return file.isPresent();
    }

    boolean isStandardOutput() {
        return file.filter(path -> path.equals(STANDARD_OUTPUT)).isPresent();
    }

    Path file() {
        return file.orElseThrow();
    }

    /** The file for one of several threads, from 1: {@code x-2.pcapng.zst} for x.pcapng.zst. */
    Path share(int number) {
        String name = file().getFileName().toString();
        int dot = name.indexOf('.', 1);
        int end = dot < 0 ? name.length() : dot;
        return file().resolveSibling(name.substring(0, end) + "-" + number + name.substring(end));
    }

    boolean prints() {
        return print || file.isEmpty();
    }

    boolean printIsGiven() {
        return print;
    }

    /** Is the file to be readable up to the last packet at every moment? */
    boolean flushesAtOnce() {
        return packetBuffered || isStandardOutput();
    }

    void check(CommandLine command) {
        compress.check(command);
        if (!comments.isEmpty() && (!isGiven() || format() != CaptureFormat.PCAPNG)) {
            throw new ParameterException(command, "--comment needs a pcapng file: -w FILE.pcapng or --to pcapng");
        }
        if (print && isStandardOutput()) {
            throw new ParameterException(command, "--print and -w - both want standard output");
        }
    }

    CaptureFormat format() {
        if (to.isPresent()) return to.get().format;
        boolean pcapng = file().toString().matches("(?i).*\\.(pcapng|ntar)(\\.(gz|zst|lz4|xz))?");
        return pcapng ? CaptureFormat.PCAPNG : CaptureFormat.PCAP;
    }

    Optional<Compression> packer() throws IOException {
        return compress.packer(file().toString());
    }

    WriteOptions options(int snaplen) {
        String os = System.getProperty("os.name") + " " + System.getProperty("os.version");
        return new WriteOptions(
                format(), nanoseconds, snaplen, VersionText.line(), System.getProperty("os.arch"), os, comments);
    }
}
