package io.pairwire.engine.analyse;

import io.pairwire.capture.CaptureDescription;
import io.pairwire.capture.FileSource;
import io.pairwire.capture.Packet;
import io.pairwire.capture.PacketPicks;
import io.pairwire.capture.PacketSource;
import io.pairwire.capture.PickFinder;
import io.pairwire.capture.ReadOptions;
import io.pairwire.capture.SourceStatistics;
import io.pairwire.decode.DeepDecoder;
import io.pairwire.decode.Layers;
import io.pairwire.engine.cache.CacheKey;
import io.pairwire.engine.cache.ResultCache;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The one entry to analyses of captures: of one or of many, ours or any {@link Analysis}, in the calling thread or in workers.
 *
 * {@snippet :
 * var analyzer = new Analyzer(AnalyzerSettings.defaults());
 * CaptureReport report = analyzer.analyze("day.pcapng");
 * try (AnalysisRun<CaptureReport> run = analyzer.start(files)) {
 *     run.all().thenAccept(outcomes -> ...);
 * }
 * }
 *
 * <p>Captures are read once, in one pass, with memory that does not depend on their length. Damage does not end an analysis:
 * what could be read is answered for, and {@link CaptureEnd} tells the rest. May be used by any number of threads.
 */
public final class Analyzer {
    private static final KeptForm<CaptureReport> REPORTS = new ReportBytes();

    /** Smaller captures are read sooner than an answer is found. */
    public static final long LEAST_CACHED = 1_000_000;

    /** One thread reads about as fast as two count. */
    private static final int MOST_COUNTERS = 2;

    private final AnalyzerSettings settings;
    private final ReadOptions options;
    private final Supplier<Predicate<Packet>> filters;
    private final Optional<ResultCache> cache;
    private final List<String> filterText;
    private final AnalyzerMetrics metrics;
    private final PickFinder indexes;

    /** An answer, and where it came from. */
    record Answered<R>(R answer, AnalysisWay way) {}

    /** An analyzer of all packets, without a cache. */
    public Analyzer(AnalyzerSettings settings) {
        this(settings, ReadOptions.DEFAULT, () -> packet -> true);
    }

    /**
     * An analyzer of the packets that a filter accepts, without a cache.
     *
     * @param filters makes a filter for each capture, used by one thread at a time
     */
    public Analyzer(AnalyzerSettings settings, ReadOptions options, Supplier<Predicate<Packet>> filters) {
        this(settings, options, filters, Optional.empty(), List.of(), new AnalyzerMetrics(), PickFinder.NOTHING);
    }

    private Analyzer(
            AnalyzerSettings settings,
            ReadOptions options,
            Supplier<Predicate<Packet>> filters,
            Optional<ResultCache> cache,
            List<String> filterText,
            AnalyzerMetrics metrics,
            PickFinder indexes) {
        this.settings = settings;
        this.options = options;
        this.filters = filters;
        this.cache = cache;
        this.filterText = filterText;
        this.metrics = metrics;
        this.indexes = indexes;
    }

    /**
     * The same with a cache: answers for captures of {@value #LEAST_CACHED} bytes or more are kept, and those kept are used.
     *
     * @param cache stays open; whoever opened it closes it
     * @param filterText tells filters apart, as their language and text do; empty without a filter
     */
    public Analyzer withCache(ResultCache cache, List<String> filterText) {
        return new Analyzer(settings, options, filters, Optional.of(cache), List.copyOf(filterText), metrics, indexes);
    }

    /**
     * The same with indexes, which lead to what the filter may accept. What an index leaves out counts as refused, so an answer is
     * the same as without.
     *
     * @param indexes must not leave out what the filter accepts; asked by several threads
     */
    public Analyzer withIndexes(PickFinder indexes) {
        return new Analyzer(settings, options, filters, cache, filterText, metrics, indexes);
    }

    /** What it was made with. */
    public AnalyzerSettings settings() {
        return settings;
    }

    /** What it did so far. */
    public AnalyzerMetrics metrics() {
        return metrics;
    }

    /**
     * Analyses a capture here and now.
     *
     * @param capture a file, or {@code -} for standard input
     * @throws IOException if it cannot be opened at all, or temporary files fail
     */
    public CaptureReport analyze(String capture) throws IOException {
        return answer(capture, report(1), Optional.of(REPORTS), options, () -> false, _ -> {})
                .answer();
    }

    /**
     * The same with any analysis, which is closed.
     *
     * @param cancelled asked between chunks; with true the call ends with a {@link CancellationException}
     * @param progress told between chunks, in this thread
     */
    public <R> R analyze(
            String capture, Analysis<R> analysis, BooleanSupplier cancelled, Consumer<SourceStatistics> progress)
            throws IOException {
        return read(capture, analysis, options, cancelled, progress).answer();
    }

    /** By its index if there is one that helps, otherwise from the beginning to the end. */
    private <R> Answered<R> read(
            String capture,
            Analysis<R> analysis,
            ReadOptions how,
            BooleanSupplier cancelled,
            Consumer<SourceStatistics> progress)
            throws IOException {
        FileSource source;
        var indexed = new AtomicBoolean();
        try {
            source = FileSource.open(List.of(capture), how, (file, alone) -> {
                Optional<PacketPicks> picks = indexes.find(file, alone);
                indexed.set(picks.isPresent());
                return picks;
            });
        } catch (IOException e) {
            metrics.fail();
            throw e;
        }
        R answer = analyze(source, capture, analysis, Rolling.never(), cancelled, progress);
        return new Answered<>(answer, indexed.get() ? AnalysisWay.INDEXED : AnalysisWay.STREAMED);
    }

    /**
     * Analyses what any source of packets hands over, such as one of live packets or a reader of your own; both are closed.
     * Beside the source's packets nothing is known, so {@link CaptureEnd} tells of the statistics' damages alone.
     *
     * @param name what the source is called
     * @param rolling gets answers while packets still come, if the analysis can tell any
     * @param cancelled as above
     * @param progress as above
     */
    public <R> R analyze(
            PacketSource source,
            String name,
            Analysis<R> analysis,
            Rolling<R> rolling,
            BooleanSupplier cancelled,
            Consumer<SourceStatistics> progress)
            throws IOException {
        try (analysis;
                source) {
            analysis.start(name);
            return read(source, name, analysis, rolling, cancelled, progress);
        }
    }

    private <R> R read(
            PacketSource source,
            String name,
            Analysis<R> analysis,
            Rolling<R> rolling,
            BooleanSupplier cancelled,
            Consumer<SourceStatistics> progress)
            throws IOException {
        long began = System.nanoTime();
        try {
            var reading = new Reading(analysis, filters.get());
            long next = rolling.nanoTime().getAsLong() + rolling.every().toNanos();
            while (source.poll(reading::onPacket, settings.chunkPackets()) != PacketSource.END) {
                if (cancelled.getAsBoolean()) throw new CancellationException("cancelled: " + name);
                progress.accept(source.statistics());
                if (rolling.nanoTime().getAsLong() - next < 0) continue;
                analysis.soFar(end(source, refused(source, reading))).ifPresent(rolling.answers());
                next = rolling.nanoTime().getAsLong() + rolling.every().toNanos();
            }
            progress.accept(source.statistics());
            R answer = analysis.finish(end(source, refused(source, reading)));
            metrics.done(source.statistics(), System.nanoTime() - began);
            return answer;
        } catch (UncheckedIOException e) {
            metrics.fail();
            throw e.getCause();
        } catch (IOException | RuntimeException e) {
            metrics.fail();
            throw e;
        }
    }

    /** With what an index left out, which counts as read. */
    private static long refused(PacketSource source, Reading reading) {
        long read = source instanceof FileSource ? source.statistics().packets() : reading.seen;
        return read - reading.accepted;
    }

    private static CaptureEnd end(PacketSource source, long refused) {
        SourceStatistics read = source.statistics();
        if (!(source instanceof FileSource file)) {
            return new CaptureEnd(
                    "", read.bytes(), refused, read.damages(), read.damages().size());
        }
        String format = file.description(0)
                .map(CaptureDescription::format)
                .map(String::valueOf)
                .orElse("");
        return new CaptureEnd(format, read.bytes(), refused, read.damages(), file.damageCount());
    }

    /** From the cache if it is there, otherwise by reading. */
    private <R> Answered<R> answer(
            String capture,
            Supplier<? extends Analysis<R>> analyses,
            Optional<KeptForm<R>> form,
            ReadOptions how,
            BooleanSupplier cancelled,
            Consumer<SourceStatistics> progress)
            throws IOException {
        Path file = Path.of(capture);
        boolean kept = cache.isPresent()
                && form.isPresent()
                && !capture.equals("-")
                && Files.isRegularFile(file)
                && Files.size(file) >= LEAST_CACHED;
        if (!kept) return read(capture, analyses.get(), how, cancelled, progress);
        CacheKey key = key(file, form.get());
        Optional<R> found = find(key, capture, form.get());
        if (found.isPresent()) {
            long length = Files.size(file);
            progress.accept(new SourceStatistics(1, 1, 0, 0, length, length, List.of()));
            return new Answered<>(found.get(), AnalysisWay.CACHED);
        }
        Answered<R> answered = read(capture, analyses.get(), how, cancelled, progress);
        if (key.equals(key(file, form.get())))
            cache.get().store(key, form.get().encode(answered.answer())); // not if it grew meanwhile
        return answered;
    }

    private <R> Optional<R> find(CacheKey key, String capture, KeptForm<R> form) {
        Optional<byte[]> bytes = cache.orElseThrow().find(key);
        if (bytes.isEmpty()) return Optional.empty();
        try {
            R answer = form.decode(bytes.get(), capture);
            metrics.hit();
            return Optional.of(answer);
        } catch (IOException e) {
            metrics.misread();
            return Optional.empty();
        }
    }

    private CacheKey key(Path file, KeptForm<?> form) throws IOException {
        var depends = new ArrayList<String>();
        depends.add("top " + settings.top());
        depends.add("order " + settings.order());
        depends.add("interval " + settings.interval().toNanos());
        depends.add("resync " + options.resync());
        depends.add("memory " + settings.memoryLimitBytes());
        for (ReportPart part : ReportPart.values()) depends.add(part + " " + settings.tells(part));
        for (TalkLayer layer : TalkLayer.values())
            depends.add(layer + " " + settings.layers().contains(layer));
        depends.addAll(filterText);
        return CacheKey.of(List.of(file), form.name(), form.version(), depends);
    }

    /**
     * Analyses any number of captures, {@link AnalyzerSettings#batchFiles} after {@link AnalyzerSettings#batchFiles}, and hands
     * over what becomes of each, in their order. Memory does not grow with their number.
     */
    public void analyzeAll(List<String> captures, Consumer<AnalysisOutcome<CaptureReport>> outcomes) {
        for (int from = 0; from < captures.size(); from += settings.batchFiles()) {
            int to = Math.min(captures.size(), from + settings.batchFiles());
            try (AnalysisRun<CaptureReport> run = start(captures.subList(from, to))) {
                for (int i = 0; i < run.count(); i++) outcomes.accept(run.await(i));
            }
        }
    }

    /** Analyses captures in workers, as many at a time as the settings say, and answers at once. */
    public AnalysisRun<CaptureReport> start(List<String> captures) {
        return start(captures, report(concurrent(captures.size())), Optional.of(REPORTS));
    }

    /** The same with any analysis, of which one is made for each capture. */
    public <R> AnalysisRun<R> start(List<String> captures, Supplier<? extends Analysis<R>> analyses) {
        return start(captures, analyses, Optional.empty());
    }

    /** The same, with answers kept in the cache. */
    public <R> AnalysisRun<R> start(List<String> captures, Supplier<? extends Analysis<R>> analyses, KeptForm<R> form) {
        return start(captures, analyses, Optional.of(form));
    }

    private <R> AnalysisRun<R> start(
            List<String> captures, Supplier<? extends Analysis<R>> analyses, Optional<KeptForm<R>> form) {
        int concurrent = concurrent(captures.size());
        ReadOptions how = reading(concurrent);
        String reading = how.readAhead() ? ", each read ahead by another thread" : "";
        return new AnalysisRun<>(
                captures,
                (capture, cancelled, progress) -> answer(capture, analyses, form, how, cancelled, progress),
                concurrent,
                reading + (cache.isPresent() && form.isPresent() ? ", answers kept" : ""));
    }

    /** Reading ahead is for processors that have nothing to do. */
    private ReadOptions reading(int concurrent) {
        boolean idle = concurrent < Runtime.getRuntime().availableProcessors();
        return options.withReadAhead(options.readAhead() && idle);
    }

    private int concurrent(int captures) {
        return Math.clamp(captures, 1, settings.workers());
    }

    /** Those that are made at the same time share the memory limit. */
    private Supplier<CaptureAnalysis> report(int concurrent) {
        long share = Math.max(AnalyzerSettings.LEAST_MEMORY, settings.memoryLimitBytes() / concurrent);
        AnalyzerSettings shared = settings.withMemoryLimitBytes(share);
        var random = new Random();
        int threads = counters(concurrent);
        return () -> new CaptureAnalysis(shared, random.nextLong(), threads);
    }

    /** Threads beside the one that reads: processors that other captures leave free, and no more than have something to do. */
    private int counters(int concurrent) {
        int threads = Math.min(settings.workers(), Runtime.getRuntime().availableProcessors());
        return Math.clamp(threads / concurrent - 1, 0, MOST_COUNTERS);
    }

    /** What becomes of each packet. */
    private static final class Reading {
        private final DeepDecoder decoder = new DeepDecoder();
        private final Layers layers = new Layers();
        private final Analysis<?> analysis;
        private final Predicate<Packet> filter;
        private long seen;
        private long accepted;

        Reading(Analysis<?> analysis, Predicate<Packet> filter) {
            this.analysis = analysis;
            this.filter = filter;
        }

        void onPacket(Packet packet) {
            seen++;
            if (!filter.test(packet)) return;
            accepted++;
            decoder.decode(packet, layers);
            analysis.packet(packet, layers);
        }
    }
}
