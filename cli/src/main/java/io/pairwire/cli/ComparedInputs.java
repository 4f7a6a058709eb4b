package io.pairwire.cli;

import io.pairwire.capture.FileSource;
import io.pairwire.capture.PacketHandler;
import io.pairwire.capture.PacketSource;
import io.pairwire.capture.ReadOptions;
import io.pairwire.capture.SourceStatistics;
import io.pairwire.output.HumanText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Captures that are read more than once: a progress bar each time, damages told once. */
final class ComparedInputs {
    private final ReadOptions options;
    private final Streams streams;
    private final boolean showsProgress;
    private final Map<String, Integer> codes = new HashMap<>();

    ComparedInputs(ReadOptions options, Streams streams, boolean showsProgress) {
        this.options = options;
        this.streams = streams;
        this.showsProgress = showsProgress;
    }

    /** Why a capture cannot be read twice; empty if it can. */
    static Optional<String> refusal(String name) {
        boolean once = name.equals("-") || Files.exists(Path.of(name)) && isPipe(Path.of(name));
        return once
                ? Optional.of("captures are read twice, which " + (name.equals("-") ? "standard input" : name)
                        + " cannot: name a file or a folder")
                : Optional.empty();
    }

    private static boolean isPipe(Path path) {
        return !Files.isRegularFile(path) && !Files.isDirectory(path);
    }

    PacketSource open(String name) throws IOException {
        FileSource source = FileSource.open(List.of(name), options);
        return new Watched(name, source, Progress.of(source, showsProgress, streams));
    }

    /** The exit code that follows from damages. */
    int code() {
        return codes.containsValue(ExitCode.DAMAGED_INPUT) ? ExitCode.DAMAGED_INPUT : ExitCode.DONE;
    }

    private void tell(String name, FileSource source) {
        if (codes.containsKey(name)) return;
        if (source.skipped() > 0 && showsProgress)
            streams.tell("left out because they are no captures: " + HumanText.count(source.skipped(), "file"));
        codes.put(name, InputOptions.tellDamages(source, streams));
    }

    private final class Watched implements PacketSource {
        private final String name;
        private final FileSource source;
        private final Progress progress;

        Watched(String name, FileSource source, Progress progress) {
            this.name = name;
            this.source = source;
            this.progress = progress;
        }

        @Override
        public int poll(PacketHandler handler, int limit) throws IOException {
            return source.poll(handler, limit);
        }

        @Override
        public String fileName(int file) {
            return source.fileName(file);
        }

        @Override
        public SourceStatistics statistics() {
            return source.statistics();
        }

        @Override
        public void close() throws IOException {
            progress.close();
            source.close();
            tell(name, source);
        }
    }
}
