package io.pairwire.cli;

import io.pairwire.capture.Packet;
import io.pairwire.capture.PickFinder;
import io.pairwire.capture.SourceStatistics;
import io.pairwire.decode.filter.PacketFilter;
import io.pairwire.engine.analyse.AnalysisOutcome;
import io.pairwire.engine.analyse.AnalysisRun;
import io.pairwire.engine.analyse.Analyzer;
import io.pairwire.engine.analyse.AnalyzerSettings;
import io.pairwire.engine.analyse.CaptureReport;
import io.pairwire.engine.analyse.ReportPart;
import io.pairwire.engine.analyse.TalkLayer;
import io.pairwire.engine.analyse.TalkMeasure;
import io.pairwire.engine.cache.ResultCache;
import io.pairwire.engine.index.IndexedPicks;
import io.pairwire.output.HumanText;
import io.pairwire.output.TextFile;
import io.pairwire.output.analysis.ReportHtml;
import io.pairwire.output.analysis.ReportJson;
import io.pairwire.output.analysis.ReportText;
import io.pairwire.output.analysis.Shown;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code pairwire analyze}: what is in captures. */
@Command(
        name = "analyze",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        abbreviateSynopsis = true,
        description =
                "Reads captures once, or packets from interfaces (-i), and tells what is in them: protocols, who talks with whom, traffic over time,"
                        + " what TCP endured (with the words and counts of Wireshark), and what to look at, with the packets that"
                        + " show it. Memory does not depend on the length of a capture.",
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {
            "0:done",
            "1:failed",
            "2:wrong usage",
            "3:done, but some input was damaged, cut or of an unknown format"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  pairwire analyze day.pcapng",
            "  The twenty largest conversations of TCP, and a page for a browser:",
            "    pairwire analyze --conversations --layers tcp --top 20 --html day.html day.pcapng",
            "  Connections and nothing else, in a fraction of the time:",
            "    pairwire analyze --only conversations --layers tcp day.pcapng",
            "  Retransmissions of each capture in a folder:",
            "    pairwire analyze --json captures/ | jq -r '[.file, .tcp.retransmission] | @tsv'",
            "  Traffic in steps of ten milliseconds, of DNS alone:",
            "    pairwire analyze --interval 10ms --json day.pcapng -- udp port 53 | jq .series",
            "  What goes on, drawn anew every second for a minute, then the whole report:",
            "    sudo pairwire analyze -i eth0 --duration 1m"
        })
final class AnalyzeCommand implements Callable<Integer> {
    private static final long BETWEEN_LOOKS_MILLIS = 50;

    private final Streams streams;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private InputOptions inputs = new InputOptions();

    @Option(names = "--json", description = "One JSON object for each capture, on a line of its own.")
    private boolean json;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Also write all reports there as one page with plots, which needs nothing else.")
    private Optional<Path> html = Optional.empty();

    @Option(names = "--conversations", description = "Also list the largest conversations of each layer.")
    private boolean conversations;

    @Option(names = "--endpoints", description = "Also list the largest endpoints of each layer.")
    private boolean endpoints;

    @Option(
            names = "--layers",
            paramLabel = "LAYER,LAYER",
            split = ",",
            description = "Layers that are listed: ethernet, ipv4, ipv6, tcp, udp, sctp (default: all).")
    private List<TalkLayer> layers = List.of(TalkLayer.values());

    @Option(
            names = "--only",
            paramLabel = "PART,PART",
            split = ",",
            description =
                    "Tell only these parts, and be faster for it: protocols, conversations, endpoints, tcp, series,"
                            + " distributions, findings (default: all). Together with --layers only these layers are counted.")
    private List<ReportPart> parts = List.of();

    @Option(names = "--top", paramLabel = "N", description = "Entries of each list; 0 for all (default: 10).")
    private int top = 10;

    @Option(
            names = "--by",
            paramLabel = "MEASURE",
            description = "What makes an entry large: bytes, packets, sessions or retransmissions (default: bytes).")
    private TalkMeasure order = TalkMeasure.BYTES;

    @Option(
            names = "--interval",
            paramLabel = "TIME",
            description =
                    "A step of the traffic over time, as 1s or 100ms (default: one that fits). With more than 100,000"
                            + " steps each becomes longer.")
    private Duration interval = Duration.ZERO;

    @Option(
            names = "--memory-limit",
            paramLabel = "N",
            description = "Bytes of memory for all tables, as 512M; what does not fit goes to temporary files (default:"
                    + " 512M, at least 1M).")
    private Optional<ByteCount> memoryLimit = Optional.empty();

    @Option(
            names = "--workers",
            paramLabel = "N",
            description =
                    "Captures analysed at the same time; 0 for as many as there are processors (default: 4, and no"
                            + " more than processors).")
    private Optional<Integer> workers = Optional.empty();

    @Option(
            names = "--no-cache",
            description =
                    "Read every capture; otherwise answers for captures from 1 MB on are kept, and used if neither the"
                            + " capture nor what is asked has changed.")
    private boolean noCache;

    @Option(
            names = {"-v", "--verbose"},
            description =
                    "Tell how captures are read: with how many workers, each as a whole, by its index, or not at all"
                            + " because the answer was kept.")
    private boolean verbose;

    @Mixin
    private LiveAnalysisOptions live = new LiveAnalysisOptions();

    @Mixin
    private CacheOptions cacheOptions = new CacheOptions();

    @Mixin
    private FilterOptions filters = new FilterOptions();

    @Mixin
    private LoggingOptions logging = new LoggingOptions();

    private final List<String> filterText = new ArrayList<>();
    private final List<CaptureReport> pages = new ArrayList<>();
    private boolean whole = true;
    private boolean failed;
    private int told;

    AnalyzeCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws Exception {
        logging.apply();
        AnalyzerSettings settings = settings();
        var shown = new Shown(
                listed(conversations || parts.contains(ReportPart.CONVERSATIONS)),
                listed(endpoints || parts.contains(ReportPart.ENDPOINTS)));
        return live.isAsked() ? CaptureThread.run(() -> live(settings, shown)) : captures(settings, shown);
    }

    private int live(AnalyzerSettings settings, Shown shown) throws IOException {
        CommandLine command = spec.commandLine();
        live.check(command);
        if (!filters.inputs(inputs.inputs).isEmpty()) {
            throw new ParameterException(command, "-i is for interfaces, and captures are named too: one or the other");
        }
        try (var stop = StopCopying.listen(streams);
                var group = live.open(filters.text(inputs.inputs), filters, command)) {
            CaptureReport report = new LiveAnalysis(live, settings, json, inputs.quiet, streams).read(group, stop);
            tell(report, shown);
            finish();
            stop.finished(ExitCode.DONE);
            return ExitCode.DONE;
        }
    }

    private int captures(AnalyzerSettings settings, Shown shown) throws IOException {
        var used = new CopyOnWriteArrayList<PacketFilter>();
        Optional<Supplier<PacketFilter>> asked = filters.takeEachFrom(inputs, filterText);
        Supplier<Predicate<Packet>> filter = filter(asked, used);
        PickFinder indexes = indexes(asked);
        List<String> captures = captures();
        try (var stop = StopReading.listen(streams);
                var cache = new OpenCache(settings, captures);
                AnalysisRun<CaptureReport> run = cache.attach(new Analyzer(settings, inputs.read(), filter))
                        .withIndexes(indexes)
                        .start(captures)) {
            if (verbose) streams.tell(run.chosen());
            if (!tellAll(run, stop, shown)) {
                streams.tell("stopped by a signal after "
                        + HumanText.count(run.progress().packets(), "packet"));
                stop.finished(ExitCode.FAILED);
                return ExitCode.FAILED;
            }
            finish();
            used.forEach(each -> FilterOptions.tellProblems(each, streams));
            int code = failed ? ExitCode.FAILED : whole ? ExitCode.DONE : ExitCode.DAMAGED_INPUT;
            stop.finished(code);
            return code;
        }
    }

    private void finish() throws IOException {
        if (html.isPresent()) TextFile.write(html.get(), ReportHtml.of(pages));
        streams.out().confirm();
    }

    private AnalyzerSettings settings() {
        var settings = AnalyzerSettings.defaults();
        int processors = Runtime.getRuntime().availableProcessors();
        int asked = workers.orElse(Math.min(settings.workers(), processors));
        try {
            return settings.withMemoryLimitBytes(
                            memoryLimit.map(ByteCount::count).orElse(settings.memoryLimitBytes()))
                    .withWorkers(asked == 0 ? processors : asked)
                    .withTop(top == 0 ? Integer.MAX_VALUE : top)
                    .withOrder(order)
                    .withInterval(interval)
                    .withParts(parts.isEmpty() ? settings.parts() : asked())
                    .withLayers(parts.isEmpty() ? settings.layers() : Set.copyOf(layers));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private Set<ReportPart> asked() {
        var asked = EnumSet.copyOf(parts);
        if (conversations) asked.add(ReportPart.CONVERSATIONS);
        if (endpoints) asked.add(ReportPart.ENDPOINTS);
        return asked;
    }

    private Set<TalkLayer> listed(boolean wanted) {
        return wanted ? Set.copyOf(layers) : Set.of();
    }

    /** The cache, if there is a capture that is worth it. */
    private final class OpenCache implements AutoCloseable {
        private final Optional<ResultCache> cache;

        OpenCache(AnalyzerSettings settings, List<String> captures) {
            boolean worthIt = captures.stream().anyMatch(name -> new File(name).length() >= Analyzer.LEAST_CACHED);
            cache = worthIt && !noCache
                    ? Optional.of(new ResultCache(settings.cacheIn(cacheOptions.folder()), Clock.systemUTC()))
                    : Optional.empty();
        }

        Analyzer attach(Analyzer analyzer) {
            return cache.map(open -> analyzer.withCache(open, filterText)).orElse(analyzer);
        }

        @Override
        public void close() {
            cache.ifPresent(ResultCache::close);
        }
    }

    /** A filter for each capture, since they are read at the same time. */
    private static Supplier<Predicate<Packet>> filter(Optional<Supplier<PacketFilter>> asked, List<PacketFilter> used) {
        if (asked.isEmpty()) return () -> packet -> true;
        return () -> {
            PacketFilter made = asked.get().get();
            used.add(made);
            return made::matches;
        };
    }

    private PickFinder indexes(Optional<Supplier<PacketFilter>> asked) {
        if (asked.isEmpty() || inputs.noIndex) return PickFinder.NOTHING;
        return IndexedPicks.of(asked.get().get().hint());
    }

    /** The captures that the inputs mean, members of folders one by one. */
    private List<String> captures() throws IOException {
        var names = new ArrayList<String>();
        try (var source = inputs.open(streams)) {
            for (int i = 0; i < source.statistics().files(); i++) names.add(source.fileName(i));
        }
        return names;
    }

    /** Tells what becomes of each capture, in their order; false if a signal came. */
    private boolean tellAll(AnalysisRun<CaptureReport> run, StopReading stop, Shown shown) {
        try (var _ = inputs.watch(run::progress, inputs.showsProgress(streams), streams)) {
            for (int i = 0; i < run.count(); i++) {
                Optional<AnalysisOutcome<CaptureReport>> outcome = await(run, i, stop);
                if (outcome.isEmpty()) return false;
                tell(outcome.get(), shown);
            }
            return true;
        }
    }

    /** Empty if a signal came. */
    private static Optional<AnalysisOutcome<CaptureReport>> await(
            AnalysisRun<CaptureReport> run, int index, StopReading stop) {
        CompletableFuture<AnalysisOutcome<CaptureReport>> outcome =
                run.outcomes().get(index).toCompletableFuture();
        try {
            while (!stop.isAsked()) {
                try {
                    return Optional.of(outcome.get(BETWEEN_LOOKS_MILLIS, TimeUnit.MILLISECONDS));
                } catch (TimeoutException notYet) {
                    continue;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("an outcome is there or will be", e);
        }
        return Optional.empty();
    }

    private void tell(AnalysisOutcome<CaptureReport> outcome, Shown shown) {
        Optional<Throwable> failure = outcome.failure();
        if (failure.isPresent()) {
            failed = true;
            streams.err().print(Progress.overwriting(streams));
            Failures.tell(failure.get(), streams);
            return;
        }
        CaptureReport report = outcome.answer().orElseThrow();
        whole &= report.isWhole();
        streams.err().print(Progress.overwriting(streams));
        boolean tellsWay = verbose || outcome.cached() && !inputs.quiet;
        if (tellsWay) outcome.way().ifPresent(way -> streams.tell(report.file() + ": " + way));
        for (SourceStatistics.Damage damage : report.end().damages()) streams.tell(damage.toString());
        tell(report, shown);
    }

    private void tell(CaptureReport report, Shown shown) {
        if (html.isPresent()) pages.add(report);
        if (json) {
            streams.out().println(ReportJson.of(report));
        } else {
            if (told++ > 0) streams.out().println();
            streams.out().print(ReportText.of(report, shown, showsBlocks()));
        }
        streams.out().flush();
    }

    /** Can the letters that bars are made of be printed? */
    private boolean showsBlocks() {
        return streams.out().charset().newEncoder().canEncode('\u2588');
    }
}
