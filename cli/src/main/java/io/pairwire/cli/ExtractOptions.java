package io.pairwire.cli;

import io.pairwire.output.files.FileFolder;
import io.pairwire.output.files.FileLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where files go that sessions carry, and how much they may take. */
final class ExtractOptions {
    @Option(
            names = "--extract-files",
            paramLabel = "DIR",
            description =
                    "Write the files that HTTP, mail and FTP carry into this folder, which must be empty or not there;"
                            + " files.jsonl there lists them with digests.")
    private Optional<Path> folder = Optional.empty();

    @Option(
            names = "--extract-limit",
            paramLabel = "BYTES",
            description = "Bytes of one file that are written (default: 64M).")
    private Optional<ByteCount> limit = Optional.empty();

    @Option(
            names = "--extract-total",
            paramLabel = "BYTES",
            description = "Bytes that are written of all files together (default: 1G).")
    private Optional<ByteCount> total = Optional.empty();

    ExtractOptions() {}

    /** Empty if nobody asked for files. */
    Optional<FileFolder> open() throws IOException {
        if (folder.isEmpty()) return Optional.empty();
        FileLimits limits = FileLimits.defaults();
        if (limit.isPresent()) limits = limits.withFile(limit.get().count());
        if (total.isPresent()) limits = limits.withTotal(total.get().count());
        return Optional.of(new FileFolder(folder.get(), limits));
    }
}
