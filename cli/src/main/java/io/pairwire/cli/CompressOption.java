package io.pairwire.cli;

import io.pairwire.capture.CaptureFormat;
import io.pairwire.capture.Compression;
import io.pairwire.capture.Compressions;
import io.pairwire.capture.UnsupportedCaptureException;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code --compress}, the same in every command that writes a capture. */
final class CompressOption {

    @Option(
            names = "--compress",
            paramLabel = "gzip|zstd|lz4|xz|none",
            description = "Compress what is written (default: as the end of FILE says, .gz, .zst, .lz4 or .xz).")
    private Optional<String> compress = Optional.empty();

    CompressOption() {}

    /** Refuses what is not known. */
    void check(CommandLine command) {
        try {
            compress.ifPresent(Compressions::named);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command, e.getMessage(), e);
        }
    }

    /**
     * The channel to write a capture to.
     *
     * @param name of the file, or {@code -}
     * @param target where its bytes go; closed with the channel returned, and by a failure here
     */
    WritableByteChannel apply(String name, WritableByteChannel target) throws IOException {
        return Compressions.compress(format(name), target);
    }

    /** Who packs what is written to that name, for those who open it later; empty if nobody does. */
    Optional<Compression> packer(String name) throws UnsupportedCaptureException {
        Optional<CaptureFormat> format = format(name);
        return format.isEmpty() ? Optional.empty() : Optional.of(Compressions.of(format.get()));
    }

    private Optional<CaptureFormat> format(String name) {
        return compress.isPresent() ? compress.flatMap(Compressions::named) : Compressions.ofFileName(name);
    }
}
