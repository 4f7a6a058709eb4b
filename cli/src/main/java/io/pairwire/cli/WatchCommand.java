package io.pairwire.cli;

import io.pairwire.capture.Packet;
import io.pairwire.decode.filter.PacketFilter;
import io.pairwire.engine.EngineSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pairwire watch}: pairs the packets of captures in folders, for ever. */
@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        abbreviateSynopsis = true,
        description =
                "Pairs the packets of all captures in folders, those that are there and those that come, and follows"
                        + " files while they are written. Ctrl-C ends it with everything written. Without a command,"
                        + " pairwire -i DIR -o FILE -q POLICY is the same.",
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {
            "0:done, or stopped",
            "1:failed",
            "2:wrong usage",
            "3:done, but some input was damaged, cut or not readable",
            "4:a check of --fail-if applies"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  All captures in a folder, and what another program writes there from now on:",
            "    pairwire watch --format csv -o pairs.csv captures/",
            "  The ring of a capture program, only by its names:",
            "    pairwire watch -o pairs.txt --include 'ring*' /var/captures",
            "  What is there now, once, and again whenever it is run:",
            "    pairwire watch --once --format csv -o pairs.csv captures/",
            "  Put .processed behind the names of what was read, or move it away:",
            "    pairwire watch -o pairs.txt --on-done rename captures/",
            "    pairwire watch -o pairs.txt --on-done move old/ captures/",
            "  As it used to be called:",
            "    pairwire -i captures/ -o pairs.txt -q adaptive"
        })
final class WatchCommand implements Callable<Integer> {
    private static final String HERE = ".";

    private final Streams streams;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", arity = "0..*", description = "Folders to watch, or single captures (default: .).")
    private List<String> folders = List.of();

    @Option(
            names = {"-i", "--input"},
            paramLabel = "DIR",
            description = "The same, as the classic option; repeatable.")
    private List<String> moreFolders = List.of();

    @Mixin
    private FollowOptions follow = new FollowOptions();

    @Mixin
    private MatchingOptions matching = new MatchingOptions();

    @Mixin
    private FilterOptions filters = new FilterOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Mixin
    private ReportOptions report = new ReportOptions();

    @Mixin
    private EngineOptions work = new EngineOptions();

    @Mixin
    private LoggingOptions logging = new LoggingOptions();

    WatchCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        logging.apply();
        var named = new ArrayList<>(moreFolders);
        named.addAll(filters.inputs(folders));
        if (named.isEmpty()) named.add(HERE);
        var filter = filters.filter(folders);
        return run(spec, named, follow, matching, output, report, work, filter, streams);
    }

    /** What this command and {@code match --follow} do. */
    static int run(
            CommandSpec spec,
            List<String> named,
            FollowOptions follow,
            MatchingOptions matching,
            OutputOptions output,
            ReportOptions report,
            EngineOptions work,
            Optional<PacketFilter> filter,
            Streams streams)
            throws IOException, InterruptedException {
        follow.check(spec.commandLine());
        output.check(spec.commandLine(), named);
        report.check(spec.commandLine());
        var ranges = new Ranges(spec.commandLine());
        var engine = work.on(matching.on(EngineSettings.defaults(), ranges), ranges);
        var interval = report.interval.orElse(work.cleanupInterval());
        var settings = ranges.checked("--stats-interval", engine, known -> known.withStatisticsInterval(interval));
        var reports = new Reports(report, settings.statisticsInterval(), streams);
        Predicate<Packet> wanted = filter.isPresent() ? filter.get()::matches : packet -> true;
        List<Path> roots = named.stream().map(Path::of).toList();
        int code = new WatchRun(follow, output, settings, wanted, reports, streams).run(roots);
        filter.ifPresent(used -> FilterOptions.tellProblems(used, streams));
        return code;
    }
}
