package io.pairwire.cli;

import io.pairwire.capture.FileSource;
import io.pairwire.capture.PacketHandler;
import io.pairwire.capture.PacketSource;
import io.pairwire.capture.ReadOptions;
import io.pairwire.capture.SourceStatistics;
import io.pairwire.decode.filter.PacketFilter;
import io.pairwire.output.HumanText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Captures that are read more than once: a progress bar each time, damages told once. */
final class ComparedInputs {
    private final ReadOptions options;
    private final Streams streams;
    private final boolean showsProgress;
    private final Filtering filtering;
    private final ConcurrentMap<String, Integer> codes = new ConcurrentHashMap<>();
    private final AtomicBoolean barIsShown = new AtomicBoolean();

    /** Makes a filter, as each reader needs one of its own. */
    @FunctionalInterface
    interface Filtering {
        Optional<PacketFilter> filter() throws IOException;
    }

    ComparedInputs(ReadOptions options, Streams streams, boolean showsProgress, Filtering filtering) {
        this.options = options;
        this.streams = streams;
        this.showsProgress = showsProgress;
        this.filtering = filtering;
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
        Optional<PacketFilter> filter = filtering.filter();
        FileSource source = FileSource.open(List.of(name), options);
        boolean shown = showsProgress && barIsShown.compareAndSet(false, true); // two are read at once, one is shown
        return new Watched(name, source, filter, shown);
    }

    /** The exit code that follows from damages. */
    int code() {
        return codes.containsValue(ExitCode.DAMAGED_INPUT) ? ExitCode.DAMAGED_INPUT : ExitCode.DONE;
    }

    private void tell(String name, FileSource source, Optional<PacketFilter> filter) {
        if (codes.putIfAbsent(name, ExitCode.DONE) != null) return;
        if (source.skipped() > 0 && showsProgress)
            streams.tell("left out because they are no captures: " + HumanText.count(source.skipped(), "file"));
        codes.put(name, InputOptions.tellDamages(source, streams));
        filter.ifPresent(used -> FilterOptions.tellProblems(used, streams));
    }

    private final class Watched implements PacketSource {
        private final String name;
        private final FileSource source;
        private final Optional<PacketFilter> filter;
        private final boolean shown;
        private final Progress progress;

        Watched(String name, FileSource source, Optional<PacketFilter> filter, boolean shown) {
            this.name = name;
            this.source = source;
            this.filter = filter;
            this.shown = shown;
            progress = Progress.of(source, shown, streams);
        }

        @Override
        public int poll(PacketHandler handler, int limit) throws IOException {
            if (filter.isEmpty()) return source.poll(handler, limit);
            PacketFilter wanted = filter.get();
            return source.poll(
                    packet -> {
                        if (wanted.matches(packet)) handler.onPacket(packet);
                    },
                    limit);
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
            if (shown) barIsShown.set(false);
            source.close();
            tell(name, source, filter);
        }
    }
}
