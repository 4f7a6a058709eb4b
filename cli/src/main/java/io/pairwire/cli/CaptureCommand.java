package io.pairwire.cli;

import io.pairwire.engine.EngineSettings;
import io.pairwire.live.Backend;
import io.pairwire.live.LiveSettings;
import io.pairwire.memory.OverflowPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pairwire capture}: packets from network interfaces, printed, written, or matched as they come. */
@Command(
        name = "capture",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        abbreviateSynopsis = true,
        description =
                "Captures packets and prints them, writes them to files, or pairs them as they come. Options mean what"
                        + " they mean in tcpdump and dumpcap.",
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {"0:done", "1:failed", "2:wrong usage", "4:a check of --fail-if applies"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  What comes and goes at an interface:",
            "    pairwire capture -i eth0 -nn tcp port 443",
            "  Into a file, with drop counts at its end:",
            "    pairwire capture -i eth0 -i lo -w now.pcapng --duration 30s",
            "  The last ten files of 100 MB, compressed:",
            "    pairwire capture -i any -b filesize:100000 -b files:10 -w trace.pcapng.zst",
            "  Latencies as they happen:",
            "    pairwire capture -i eth0 --match --format csv udp port 53",
            "  Sessions with their protocols, as they end:",
            "    pairwire capture -i eth0 --flows --flows-format jsonl",
            "  DNS before the network stack sees it, and so that it does not:",
            "    pairwire capture -i eth0 --backend af-xdp -w dns.pcapng udp port 53",
            "  Into another program:",
            "    pairwire capture -i eth0 -w - | tshark -r -"
        })
final class CaptureCommand implements Callable<Integer> {
    private static final int MOST_THREADS = 64;

    /** A pair is to be printed within 10 ms of its second packet. */
    private static final Duration SHORTEST_FLUSH = Duration.ofMillis(1);

    private final Streams streams;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(
            paramLabel = "FILTER",
            arity = "0..*",
            description = "Only packets that match: words of pcap-filter(7), or of --filter-language.")
    private List<String> words = List.of();

    @Option(
            names = {"-D", "--list-interfaces"},
            description = "List the interfaces with their numbers, and end.")
    private boolean list;

    @Option(names = "--rehearse", hidden = true, description = "Open nothing: only have compiled what a capture needs.")
    private boolean rehearse;

    @Mixin
    private LiveOptions live = new LiveOptions();

    @Mixin
    private XdpOptions xdp = new XdpOptions();

    @Option(names = "-f", paramLabel = "EXPRESSION", description = "The filter, as dumpcap takes it.")
    private List<String> expression = List.of();

    @Mixin
    private FilterOptions filters = new FilterOptions();

    @Mixin
    private LimitOptions limits = new LimitOptions();

    @Mixin
    private CaptureFileOptions file = new CaptureFileOptions();

    @Mixin
    private PrintOptions print = new PrintOptions();

    @Option(
            names = {"-Z", "--relinquish-privileges"},
            paramLabel = "USER",
            description = "Become that user once the interfaces are open. Without it root keeps only the right to write"
                    + " files, for the threads that look at packets.")
    private Optional<String> user = Optional.empty();

    @Option(names = "--match", description = "Pair packets as they come; the options that follow say how.")
    private boolean match;

    @Mixin
    private MatchingOptions matching = new MatchingOptions();

    @Mixin
    private LiveFlowOptions flows = new LiveFlowOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(
            names = "--queue-policy",
            paramLabel = "POLICY",
            description = "What a full queue of --match does: block, drop or adaptive (default: drop, and count).")
    private OverflowPolicy policy = new OverflowPolicy.Drop();

    @Option(names = "--threads", paramLabel = "N", description = "Threads of --match; 0 for one a core (default: 1).")
    private int threads = 1;

    @Mixin
    private ReportOptions report = new ReportOptions();

    @Mixin
    private LoggingOptions logging = new LoggingOptions();

    CaptureCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws Exception {
        logging.apply();
        if (list) return InterfacesCommand.listBriefly(streams);
        CommandLine command = spec.commandLine();
        limits.check(command, file.isGiven());
        file.check(command);
        print.check(command);
        report.check(command);
        checkMatching(command);
        checkSharing(command);
        var settings = new ArrayList<LiveSettings>();
        Optional<String> text = filters.textWith(expression, words);
        var chosen = LiveFilters.of(text, filters, command);
        for (String device : live.devices()) settings.add(live.settings(device, chosen, command));
        var opening = xdp.opening(live.backend(), text, filters, command, streams);
        var run = new CaptureRun(settings, opening, limits, file, print, report, user, command, streams);
        if (rehearse) return CaptureThread.run(run::rehearsing);
        if (flows.isGiven()) {
            var watching = flows.watching(streams, command);
            return CaptureThread.run(() -> run.flowing(flows, watching, output));
        }
        if (live.threads() > 1) return CaptureThread.run(() -> run.sharing(live.threads()));
        return CaptureThread.run(match ? () -> run.matching(engineSettings(), output) : run::capturing);
    }

    private void checkSharing(CommandLine command) {
        int shares = live.threads();
        if (shares < 1 || shares > MOST_THREADS) {
            throw new ParameterException(command, "--fanout-threads is not 1 to " + MOST_THREADS + ": " + shares);
        }
        if (shares == 1) return;
        if (!file.isGiven() || file.isStandardOutput()) {
            throw new ParameterException(command, "--fanout-threads writes a file for each thread: add -w FILE");
        }
        if (file.printIsGiven() || match || flows.isGiven() || limits.count() != Long.MAX_VALUE) {
            throw new ParameterException(command, "--fanout-threads does not go with -c, --print, --match and --flows");
        }
        if (live.backend() != Backend.AUTO && live.backend() != Backend.AF_PACKET) {
            throw new ParameterException(command, "--fanout-threads goes with --backend af-packet");
        }
    }

    private void checkMatching(CommandLine command) throws IOException {
        flows.check(command);
        if (!match && !flows.isGiven()) return;
        if (match && flows.isGiven()) throw new ParameterException(command, "one of --match and --flows, not both");
        output.check(command, List.of());
        boolean prints = match ? output.wantsStandardOutput() : flows.prints() && output.isStandardOutput();
        if (!prints) return;
        String option = match ? "--match" : "--flows";
        if (file.isStandardOutput()) {
            throw new ParameterException(command, option + " and -w - both want standard output: add -o FILE");
        }
        if (file.printIsGiven()) {
            throw new ParameterException(command, option + " and --print both want standard output: add -o FILE");
        }
    }

    private EngineSettings engineSettings() {
        var ranges = new Ranges(spec.commandLine());
        var settings = matching.on(EngineSettings.defaults(), ranges).withPolicy(policy);
        settings = ranges.checked("--threads", settings, known -> known.withThreads(threads));
        var interval = report.interval.orElse(settings.flushInterval());
        settings = ranges.checked("--stats-interval", settings, known -> known.withStatisticsInterval(interval));
        return settings.withFlushInterval(SHORTEST_FLUSH);
    }
}
