package io.pairwire.cli;

import io.pairwire.engine.dedup.DedupSettings;
import io.pairwire.engine.dedup.Deduplicator;
import io.pairwire.engine.dedup.Ignored;
import io.pairwire.output.DedupText;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code pairwire dedup}: each packet once. */
@Command(
        name = "dedup",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        abbreviateSynopsis = true,
        description =
                "Writes captures without the packets that are there twice, as where a mirror port sees both ways."
                        + " Unless said otherwise a copy has the same bytes as one of the four packets before, as in editcap -d.",
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {
            "0:done",
            "1:failed",
            "2:wrong usage",
            "3:done, but some input was damaged, cut or of an unknown format"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  pairwire dedup -o once.pcap span.pcap",
            "  Where does the duplication come from?",
            "    pairwire dedup --report --routed span.pcap",
            "  Copies captured before and behind a router, up to 20 ms apart:",
            "    pairwire dedup --ignore ttl,checksum,mac,vlan --time-window 20ms -o once.pcap span.pcap"
        })
final class DedupCommand implements Callable<Integer> {
    /** Sooner than that nobody sends again: no timer and no round trip is as short. */
    private static final Duration SENT_AGAIN = Duration.ofMillis(10);

    private final Streams streams;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private InputOptions inputs = new InputOptions();

    @Mixin
    private WriterOptions output = new WriterOptions();

    @Option(
            names = {"-D", "--window"},
            paramLabel = "PACKETS",
            description = "How many packets are compared with each other, the current one included, to 1,000,000"
                    + " (default: 5).")
    private Optional<Integer> window = Optional.empty();

    @Option(names = "-d", description = "A window of five packets, which is the default anyway.")
    private boolean classic;

    @Option(
            names = "--time-window",
            paramLabel = "TIME",
            description = "Compare with the packets of that time before instead.")
    private Optional<Duration> time = Optional.empty();

    @Option(
            names = "--ignore",
            paramLabel = "FIELD",
            split = ",",
            description = "What need not be equal: ttl, checksum, mac, vlan, fcs (what follows the IP packet).")
    private List<Ignored> ignored = List.of();

    @Option(
            names = "--routed",
            description = "Ignore all of these: also copies from before and behind routers and switches.")
    private boolean routed;

    @Option(
            names = "--retransmission-after",
            paramLabel = "TIME",
            description = "TCP segments with data, SYN or FIN that come again so late are kept, as they were sent again"
                    + " (default: 10ms with --ignore, --routed or --time-window, otherwise never).")
    private Optional<Duration> retransmission = Optional.empty();

    @Option(
            names = "--report",
            description = "Say on standard output what was found and where it comes from; without -o nothing else is"
                    + " written.")
    private boolean report;

    @Option(names = "--json", description = "The same as one JSON object.")
    private boolean json;

    @Mixin
    private FilterOptions filters = new FilterOptions();

    @Mixin
    private LoggingOptions logging = new LoggingOptions();

    DedupCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        logging.apply();
        if (classic && window.isPresent())
            throw new ParameterException(spec.commandLine(), "-d and -D exclude each other");
        if (time.isPresent() && (classic || window.isPresent()))
            throw new ParameterException(spec.commandLine(), "a window has packets or a time, not both");
        var copies = new Deduplicator(settings(), new SecureRandom());
        var run = new CopyRun(inputs, output, spec.commandLine(), streams)
                .filtering(filters.takeFrom(inputs))
                .beforeReuse(copies.bytesStay());
        int code = (report || json) && !output.isGiven()
                ? run.look(copies::isCopy)
                : run.to((packet, to) -> {
                    if (!copies.isCopy(packet)) to.write(packet);
                });
        if (json) tell(DedupText.json(copies.statistics()) + "\n");
        else if (report) tell(DedupText.of(copies.statistics()));
        return code;
    }

    private void tell(String text) throws IOException {
        boolean captureThere = output.isGiven() && output.file().isEmpty();
        if (captureThere) {
            streams.err().print(text);
        } else {
            streams.out().print(text);
            streams.out().confirm();
        }
    }

    private DedupSettings settings() {
        Set<Ignored> all = EnumSet.noneOf(Ignored.class);
        all.addAll(routed ? EnumSet.allOf(Ignored.class) : ignored);
        var after = retransmission.isEmpty() && (time.isPresent() || !all.isEmpty())
                ? Optional.of(SENT_AGAIN)
                : retransmission;
        try {
            return new DedupSettings(window.orElse(DedupSettings.PACKETS), time, all, after);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
