package io.pairwire.cli;

import io.pairwire.capture.FileSource;
import io.pairwire.capture.PacketHandler;
import io.pairwire.capture.PacketSource;
import io.pairwire.capture.PickFinder;
import io.pairwire.decode.filter.PacketFilter;
import io.pairwire.dpi.Attribute;
import io.pairwire.dpi.ErrorCode;
import io.pairwire.dpi.condition.Condition;
import io.pairwire.dpi.condition.ConditionSyntaxException;
import io.pairwire.dpi.registry.Catalogue;
import io.pairwire.dpi.session.ErrorLog;
import io.pairwire.dpi.session.Inspector;
import io.pairwire.dpi.session.InspectorTotals;
import io.pairwire.dpi.session.SessionSettings;
import io.pairwire.dpi.session.Wanted;
import io.pairwire.engine.index.IndexedPicks;
import io.pairwire.output.ClosedPipeException;
import io.pairwire.output.OutputFile;
import io.pairwire.output.TextFile;
import io.pairwire.output.files.FileFolder;
import io.pairwire.output.flows.FlowConnLog;
import io.pairwire.output.flows.FlowCsv;
import io.pairwire.output.flows.FlowFormat;
import io.pairwire.output.flows.FlowJson;
import io.pairwire.output.flows.FlowReport;
import io.pairwire.output.flows.FlowSink;
import io.pairwire.output.flows.FlowText;
import io.pairwire.output.flows.PrintedFlows;
import io.pairwire.output.flows.RistrettoFlows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code pairwire flows}: the sessions of captures, and what they speak. */
@Command(
        name = "flows",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description =
                "Prints the sessions of captures, one line each when it ends: endpoints, protocol and how sure that"
                        + " is, packets and bytes both ways, how it went; with --attributes also what was found inside.",
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {
            "0:done",
            "1:failed",
            "2:wrong usage",
            "3:done, but some input was damaged, cut or of an unknown format"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  pairwire flows capture.pcap",
            "  pairwire flows --format jsonl captures/ > sessions.jsonl",
            "  pairwire flows --format conn day.pcapng.zst > conn.log",
            "  pairwire flows --format ristretto -o data capture.pcap",
            "  pairwire flows --attributes dns.qname,http.host capture.pcap -- port 53 or port 80",
            "  pairwire flows --where 'session.label == \"DNS\" and session.duration > 1000000000' capture.pcap",
            "  pairwire flows --extract-files found capture.pcap",
            "  pairwire flows --paths capture.pcap",
            "  pairwire flows --signatures mine.txt --applications ours.txt capture.pcap"
        })
final class FlowsCommand implements Callable<Integer> {
    private static final int LIMIT = 1 << 14;

    /** How a session looks. */
    enum Format {
        TEXT,
        CSV,
        JSONL,
        CONN,
        RISTRETTO,
        NONE
    }

    private final Streams streams;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private InputOptions inputs = new InputOptions();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description =
                    "text, csv, jsonl, conn (the columns of Zeek's conn.log), ristretto (tables of RistrettoDB, with -o) or"
                            + " none (default: text).")
    private Format format = Format.TEXT;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description =
                    "Write there instead of standard output; an old file is replaced at the end, at once. A folder"
                            + " or a name ending in .rdb for the tables of ristretto.")
    private Optional<Path> output = Optional.empty();

    @Option(
            names = "--attributes",
            paramLabel = "NAMES",
            description =
                    "Also tell these attributes, separated by commas, or all; pairwire protocols --attributes lists"
                            + " them.")
    private Optional<String> attributes = Optional.empty();

    @Option(
            names = "--where",
            paramLabel = "CONDITION",
            description = "Only sessions for which it holds at their end, such as: session.label == \"TLS\" and"
                    + " tcp.retransmissions > 3.")
    private Optional<String> where = Optional.empty();

    @Option(names = "--paths", description = "Print what was counted on each path of protocols instead of sessions.")
    private boolean paths;

    @Option(names = "--stats-file", paramLabel = "FILE", description = "Statistics as JSON, written at the end.")
    private Optional<Path> statsFile = Optional.empty();

    @Option(
            names = "--memory",
            paramLabel = "BYTES",
            description = "What sessions may take together; then the oldest undecided one ends early (default: 256M, or"
                    + " a third of the heap if that is less).")
    private Optional<ByteCount> memory = Optional.empty();

    @Option(
            names = "--timeouts",
            paramLabel = "USUAL,BRIEF,ESTABLISHED,LIVE",
            split = ",",
            description = "After how long without a packet a session ends; such as 60s,15s,600s,1500s, the default.")
    private Duration[] timeouts = {};

    @Option(names = "--no-guess", description = "Leave sessions unknown that only a port or an address speaks for.")
    private boolean noGuess;

    @Option(
            names = "--evasions",
            description =
                    "Look at every byte for what is made to fool an observer: wrong checksums, whose packets are then not"
                            + " looked into, and segments that come again with other bytes. Others are always told.")
    private boolean evasions;

    @Mixin
    private ExtractOptions extract = new ExtractOptions();

    @Mixin
    private CatalogueOptions catalogueOptions = new CatalogueOptions();

    @Mixin
    private FilterOptions filters = new FilterOptions();

    @Mixin
    private LoggingOptions logging = new LoggingOptions();

    private Optional<PacketFilter> filter = Optional.empty();

    FlowsCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        logging.apply();
        filter = filters.takeFrom(inputs);
        if (format == Format.NONE && output.isPresent()) {
            throw new ParameterException(spec.commandLine(), "--output has nothing to write with --format none");
        }
        if (format == Format.RISTRETTO && (output.isEmpty() || output.get().equals(Path.of("-")))) {
            throw new ParameterException(
                    spec.commandLine(), "--format ristretto writes several tables: say with --output in which folder");
        }
        if (paths && output.isPresent()) {
            throw new ParameterException(spec.commandLine(), "--output is for sessions, --paths prints none");
        }
        try (var stop = StopReading.prepare(streams)) {
            int code = run(stop);
            stop.finished(code);
            return code;
        }
    }

    private int run(StopReading stop) throws IOException {
        SessionSettings settings = settings();
        Catalogue catalogue = catalogueOptions.load(streams);
        Optional<Condition> condition = condition(catalogue);
        Wanted wanted = wanted(catalogue, condition);
        try (var source = inputs.open(streams, finder());
                var _ = inputs.watch(source::statistics, showsProgress(), streams)) {
            stop.reads();
            return run(source, stop, catalogue, settings, wanted, condition);
        }
    }

    /** Sessions are made of what the filter accepts, so an index may leave out the rest. */
    private PickFinder finder() {
        return filter.<PickFinder>map(wanted -> IndexedPicks.of(wanted.hint())).orElse(PickFinder.NOTHING);
    }

    private SessionSettings settings() {
        try {
            var settings = SessionSettings.defaults().withGuessing(!noGuess);
            if (memory.isPresent()) settings = settings.withMemory(memory.get().count());
            if (timeouts.length == 0) return settings;
            if (timeouts.length != 4)
                throw new IllegalArgumentException("--timeouts wants four, not " + timeouts.length);
            return settings.withTimeouts(
                    new SessionSettings.Timeouts(timeouts[0], timeouts[1], timeouts[2], timeouts[3]));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private Optional<Condition> condition(Catalogue catalogue) {
        if (where.isEmpty()) return Optional.empty();
        try {
            return Optional.of(Condition.compile(where.get(), catalogue));
        } catch (ConditionSyntaxException e) {
            throw new ParameterException(spec.commandLine(), "wrong condition: " + e.getMessage(), e);
        }
    }

    private Wanted wanted(Catalogue catalogue, Optional<Condition> condition) {
        Set<Attribute> also =
                condition.map(Condition::attributes).map(Set::copyOf).orElse(Set.of());
        return WantedAttributes.of(attributes, also, catalogue, spec.commandLine());
    }

    /** A bar between lines that are printed would be no help. */
    private boolean showsProgress() {
        boolean prints = format != Format.NONE && !paths && output.isEmpty();
        return inputs.showsProgress(streams) && (!prints || !Terminal.isStandardOutput());
    }

    private int run(
            FileSource source,
            StopReading stop,
            Catalogue catalogue,
            SessionSettings settings,
            Wanted wanted,
            Optional<Condition> condition)
            throws IOException {
        Optional<FileFolder> files = extract.open();
        try (var out = printed();
                var _ = files.orElse(null)) {
            var listener = new FlowListener(out, condition, source::fileName);
            var random = new SecureRandom();
            var numbers = new AtomicLong();
            var groups = new CaptureGroups(source::isDone, () -> {
                var begun = new Inspector(catalogue, settings, wanted, listener, random, numbers::incrementAndGet);
                if (evasions) begun.watchClosely(true);
                files.ifPresent(begun::files);
                return begun;
            });
            readAll(source, stop, packet -> {
                if (filter.isEmpty() || filter.get().matches(packet)) groups.onPacket(packet);
            });
            stop.writes(listener::ended);
            InspectorTotals totals = groups.finish();
            if (LogSetting.writesErrors()) ErrorLog.write(totals); // the summary says it shorter
            for (var damage : source.statistics().damages()) totals = totals.with(ErrorCode.of(damage));
            if (paths) streams.out().print(FlowReport.paths(totals.paths()));
            if (statsFile.isPresent())
                TextFile.write(statsFile.get(), FlowReport.json(totals, files.map(FileFolder::counts)));
            if (!inputs.quiet) {
                streams.err().print(FlowReport.summary(totals, listener.printed()));
                files.ifPresent(folder -> streams.err().print(FlowReport.summary(folder.counts())));
            }
        } catch (ClosedPipeException nobodyReads) {
            return ExitCode.DONE; // as after | head: whoever closed it has seen enough
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof ClosedPipeException) return ExitCode.DONE;
            throw e.getCause();
        }
        filter.ifPresent(used -> FilterOptions.tellProblems(used, streams));
        return InputOptions.tellDamages(source, streams);
    }

    private FlowSink printed() throws IOException {
        if (format == Format.RISTRETTO) return new RistrettoFlows(output.orElseThrow());
        WritableByteChannel channel = streams.results();
        boolean heading = true;
        if (output.isPresent() && !output.get().equals(Path.of("-"))) {
            OutputFile file = OutputFile.replace(output.get());
            heading = file.startsEmpty();
            channel = file;
        }
        return new PrintedFlows(channel, flowFormat(heading));
    }

    private FlowFormat flowFormat(boolean heading) {
        if (paths) return FlowFormat.NONE;
        return switch (format) {
            case TEXT -> new FlowText();
            case CSV -> new FlowCsv(heading);
            case JSONL -> new FlowJson();
            case CONN -> new FlowConnLog(heading);
            case RISTRETTO, NONE -> FlowFormat.NONE;
        };
    }

    private static void readAll(PacketSource source, StopReading stop, PacketHandler handler) throws IOException {
        try {
            while (!stop.isAsked()) {
                if (source.poll(handler, LIMIT) == PacketSource.END) break;
            }
        } catch (ClosedByInterruptException e) {
            if (!stop.isAsked()) throw e;
            Thread.interrupted(); // it did its duty; a flag left behind would close standard output
        }
    }
}
