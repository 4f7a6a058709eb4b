package io.pairwire.cli;

import io.pairwire.capture.FileSource;
import io.pairwire.capture.Packet;
import io.pairwire.capture.PickFinder;
import io.pairwire.capture.ReadOptions;
import io.pairwire.decode.filter.PacketFilter;
import io.pairwire.engine.EngineSettings;
import io.pairwire.engine.index.IndexedPicks;
import io.pairwire.output.HumanText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pairwire match}: pairs the packets of captures and prints latencies, once. */
@Command(
        name = "match",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        abbreviateSynopsis = true,
        description = "Pairs the packets that belong together and says how long each answer took.",
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {
            "0:done",
            "1:failed",
            "2:wrong usage",
            "3:done, but some input was damaged, cut or of an unknown format",
            "4:a check of --fail-if applies"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  Latencies of a capture, a summary behind them:",
            "    pairwire match gateway.pcap",
            "  Only the summary, of all captures in a folder:",
            "    pairwire match --format none captures/",
            "  A table for other tools:",
            "    pairwire match --format csv -o pairs.csv gateway.pcap",
            "  A gate in a build:",
            "    pairwire match --format none --fail-if 'p99>5ms' --fail-if 'loss>0.1%%' gateway.pcap",
            "  Who was slow, and when:",
            "    pairwire match --series series.csv --group-by server/24 --groups groups.csv gateway.pcap",
            "  What got no answer, and a copy of the capture that says so at each packet:",
            "    pairwire match --unmatched lost.csv --annotate annotated.pcapng gateway.pcap",
            "  The slow packets alone:",
            "    pairwire match --extract 'latency>10ms' --extract-to slow.pcap gateway.pcap",
            "  Only what a filter lets through:",
            "    pairwire match gateway.pcap -- udp port 53 or tcp port 53",
            "  A folder for ever, as pairwire watch DIR does, which tells of more options:",
            "    pairwire match --format csv -o pairs.csv --follow captures/",
            "  What another program captures:",
            "    tcpdump -w - -U | pairwire match -"
        })
final class MatchCommand implements Callable<Integer> {
    private final Streams streams;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(
            paramLabel = "INPUT",
            arity = "0..*",
            description = "Captures, folders of them, or - for standard input.")
    private List<String> inputs = List.of();

    @Option(
            names = {"-i", "--input"},
            paramLabel = "INPUT",
            description = "The same, as the classic option; repeatable.")
    private List<String> moreInputs = List.of();

    @Option(names = "--no-index", description = "Read everything, whatever an index says (see pairwire index).")
    private boolean noIndex;

    @Mixin
    private MatchingOptions matching = new MatchingOptions();

    @Mixin
    private FilterOptions filters = new FilterOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Mixin
    private ReportOptions report = new ReportOptions();

    @Mixin
    private LatencyOptions latencies = new LatencyOptions();

    @Mixin
    private ReviewOptions review = new ReviewOptions();

    @Mixin
    private EngineOptions work = new EngineOptions();

    @Mixin
    private LoggingOptions logging = new LoggingOptions();

    MatchCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        logging.apply();
        var named = new ArrayList<>(moreInputs);
        named.addAll(filters.inputs(inputs));
        if (named.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "no INPUT: name a file or a folder, or - for standard input");
        }
        output.check(spec.commandLine(), named);
        EngineSettings settings = settings();
        report.check(spec.commandLine());
        latencies.check(spec.commandLine(), settings);
        review.check(spec.commandLine());
        var reports = new Reports(report, settings.statisticsInterval(), streams);
        Optional<PacketFilter> filter = filters.filter(inputs);
        int code = run(named, settings, reports, filter);
        filter.ifPresent(used -> FilterOptions.tellProblems(used, streams));
        return code;
    }

    private EngineSettings settings() {
        var ranges = new Ranges(spec.commandLine());
        var settings = work.on(matching.on(EngineSettings.defaults(), ranges), ranges);
        var interval = report.interval.orElse(work.cleanupInterval());
        return ranges.checked("--stats-interval", settings, known -> known.withStatisticsInterval(interval));
    }

    /**
     * An index may leave out what the filter would refuse, unless somebody wants to see each packet. Only where times do not go
     * back, as if there were other inputs: then what was left out cannot have moved the clock ahead of a packet.
     */
    private PickFinder finder(Optional<PacketFilter> filter) {
        if (noIndex || filter.isEmpty() || review.isAsked() || latencies.seriesFile.isPresent()) {
            return PickFinder.NOTHING;
        }
        var picks = IndexedPicks.of(filter.get().hint());
        return (file, _) -> picks.find(file, false);
    }

    private int run(List<String> named, EngineSettings settings, Reports reports, Optional<PacketFilter> filter)
            throws IOException, InterruptedException {
        // One thread is one thread; and two that read and match are enough for two processors.
        boolean ahead = settings.threads() != 1 && Runtime.getRuntime().availableProcessors() > 2;
        var options = ReadOptions.DEFAULT.withReadAhead(ahead);
        try (var source = FileSource.open(named, options, finder(filter))) {
            if (source.skipped() > 0 && !report.quiet) {
                streams.tell("left out because they are no captures: " + HumanText.count(source.skipped(), "file"));
            }
            Predicate<Packet> wanted = filter.isPresent() ? filter.get()::matches : packet -> true;
            var run = new MatchRun(source, wanted, settings, reports, report, streams);
            if (review.isAsked()) run.reviewing(review, spec.commandLine());
            try (var files = new LatencyFiles(latencies, report.histogramFile, settings, reports.percentiles())) {
                return run.to(output, files);
            }
        }
    }
}
