package io.pairwire.cli;

import io.pairwire.capture.Packet;
import io.pairwire.capture.SourceStatistics;
import io.pairwire.engine.Engine;
import io.pairwire.engine.EngineSettings;
import io.pairwire.engine.EngineStatistics;
import io.pairwire.engine.Outcome;
import io.pairwire.engine.ResultSink;
import io.pairwire.engine.pair.PairEngine;
import io.pairwire.engine.watch.FolderEvents;
import io.pairwire.engine.watch.FolderSettings;
import io.pairwire.engine.watch.WatchCheckpoints;
import io.pairwire.engine.watch.WatchedFolder;
import io.pairwire.memory.Pause;
import io.pairwire.output.HumanText;
import java.io.DataInput;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * One run of a watch: puts folder, engine, output, journal and settings together and tells how it ends.
 *
 * @param options how folders are watched
 * @param output where results go
 * @param settings how the engine works, as the command line says
 * @param filter which packets take part
 * @param notices who tells the user what happens meanwhile
 */
record WatchRun(
        FollowOptions options,
        OutputOptions output,
        EngineSettings settings,
        Predicate<Packet> filter,
        Reports reports,
        Streams streams,
        AtomicReference<Consumer<String>> notices) {

    WatchRun(
            FollowOptions options,
            OutputOptions output,
            EngineSettings settings,
            Predicate<Packet> filter,
            Reports reports,
            Streams streams) {
        this(options, output, settings, filter, reports, streams, new AtomicReference<>(streams::tell));
    }

    private void tell(String notice) {
        notices.get().accept(notice);
    }

    int run(List<Path> roots) throws IOException, InterruptedException {
        var changed = fromFile();
        try (var metrics = reports.metrics(); // first: a port that is taken must not touch the output
                var kept = WatchJournal.open(options, output, changed.output(), streams)) {
            return run(roots, changed, kept, metrics);
        }
    }

    private SettingsFile.Settings fromFile() throws IOException {
        if (options.settings.isEmpty()) return new SettingsFile.Settings(settings, Optional.empty(), Optional.empty());
        Path file = options.settings.get();
        try {
            var read = SettingsFile.read(file, settings);
            read.level().ifPresent(LogLevel::apply);
            return read;
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private int run(List<Path> roots, SettingsFile.Settings changed, WatchJournal kept, MetricsEndpoint metrics)
            throws IOException, InterruptedException {
        EngineSettings used = kept.shards().map(changed.engine()::withShards).orElse(changed.engine());
        WatchedFolder folder = folder(roots, kept);
        Optional<DataInput> state = kept.state();
        if (state.isPresent()) folder.restore(state.get());
        var latencies = new RecentLatencies(kept.sink());
        ResultSink sink = output.discards() ? ResultSink.NONE : latencies;
        var expiry = new AtomicReference<Supplier<Duration>>(used::expiry);
        var checkpoints = new WatchCheckpoints(
                folder,
                kept.journal(),
                kept.sink()::committed,
                used.shards(),
                () -> 2 * expiry.get().get().toNanos(),
                System::nanoTime);
        Engine engine = PairEngine.builder(folder, used)
                .filter(filter)
                .sink(metrics.counting(sink))
                .listener(reports)
                .checkpoints(checkpoints)
                .build(); // it closes folder and sink
        metrics.serve(engine);
        expiry.set(() -> engine.settings().expiry()); // it may change
        if (state.isPresent()) goOn(engine, state.get());
        boolean shown = reports.showsProgress() && (kept.hasFile() || !Terminal.isStandardOutput());
        try (var signal = StopOnSignal.of(engine, streams)) {
            engine.start();
            int code = reports.end(told(outcome(engine, folder, latencies, shown, changed, kept)));
            if (folder.vanished() > 0) tellVanished(folder);
            signal.finished(code);
            return code;
        }
    }

    private WatchedFolder folder(List<Path> roots, WatchJournal kept) {
        Set<Path> own = new HashSet<>(kept.files());
        options.settings.ifPresent(file -> own.add(file.toAbsolutePath().normalize()));
        FolderSettings watched = options.folder(roots, own);
        FolderEvents polling = FolderEvents.polling(options.pollInterval(), Pause.PARK);
        FolderEvents events = options.poll || options.once ? polling : InotifyEvents.open(roots, polling, this::tell);
        return new WatchedFolder(watched, events, System::nanoTime, this::tell);
    }

    private void goOn(Engine engine, DataInput state) throws IOException {
        long waiting = engine.restore(state);
        if (!reports.isQuiet()) {
            streams.tell("going on where the journal ends, with " + HumanText.count(waiting, "packet") + " waiting");
        }
    }

    private Outcome outcome(
            Engine engine,
            WatchedFolder folder,
            RecentLatencies latencies,
            boolean shown,
            SettingsFile.Settings changed,
            WatchJournal kept)
            throws InterruptedException {
        try (var view = WatchView.of(engine, folder, latencies, shown, streams);
                var _ = settingsWatch(engine, changed, kept)) {
            if (shown) notices.set(view::tell);
            reports.viewed(shown);
            return engine.awaitEnd();
        } finally {
            notices.set(streams::tell);
            reports.viewed(false);
        }
    }

    private AutoCloseableQuietly settingsWatch(Engine engine, SettingsFile.Settings changed, WatchJournal kept) {
        if (options.settings.isEmpty()) return () -> {};
        EngineSettings known = kept.shards().map(settings::withShards).orElse(settings);
        var watch = new SettingsWatch(
                        options.settings.get(), known, output.regularFile(), changed, engine, kept.sink(), this::tell)
                .start();
        return watch::close;
    }

    /** Something to close that fails in no way a caller has to know. */
    private interface AutoCloseableQuietly extends AutoCloseable {
        @Override
        void close();
    }

    /** Damages were told when they were met, so the end need not list them again. */
    private static Outcome told(Outcome outcome) {
        EngineStatistics all = outcome.statistics();
        SourceStatistics source = all.source();
        var untold = new SourceStatistics(
                source.files(),
                source.filesDone(),
                source.damagedFiles(),
                source.packets(),
                source.bytes(),
                source.totalBytes(),
                List.of());
        var statistics = new EngineStatistics(
                all.ledger(),
                untold,
                all.parsed(),
                all.parseFailed(),
                all.stored(),
                all.outstanding(),
                all.retransmissions(),
                all.resultsWritten(),
                all.failedWrites(),
                all.pool(),
                all.queues(),
                all.elapsedNanos());
        return new Outcome(statistics, outcome.latencies(), outcome.failure(), outcome.stuck());
    }

    private void tellVanished(WatchedFolder folder) {
        streams.tell(HumanText.count(folder.vanished(), "file") + " went away before all of it was read");
    }
}
