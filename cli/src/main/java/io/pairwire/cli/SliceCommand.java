package io.pairwire.cli;

import io.pairwire.capture.Packet;
import io.pairwire.capture.PacketPicks;
import io.pairwire.capture.edit.PacketCopy;
import io.pairwire.capture.edit.PacketNumbers;
import io.pairwire.capture.edit.PacketSelection;
import io.pairwire.capture.edit.TimeBound;
import io.pairwire.capture.index.CaptureIndex;
import io.pairwire.decode.filter.PacketFilter;
import io.pairwire.decode.filter.ir.FlowHint;
import io.pairwire.engine.index.FlowSelection;
import io.pairwire.engine.index.IndexedPicks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code pairwire slice}: some of the packets. */
@Command(
        name = "slice",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        abbreviateSynopsis = true,
        description =
                "Writes the packets of a span of time, with certain numbers, of a flow, or all of that at once. Numbers count from 1 in"
                        + " the order of reading, through all inputs.",
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {
            "0:done",
            "1:failed",
            "2:wrong usage",
            "3:done, but some input was damaged, cut or of an unknown format"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  The first ten packets, the twentieth, and all from the hundredth on:",
            "    pairwire slice --packets 1-10,20,100- -o some.pcap day.pcap",
            "  One minute:",
            "    pairwire slice --from 2026-01-31T12:00:00Z --until 2026-01-31T12:01:00Z -o noon.pcapng day.pcapng",
            "  One connection:",
            "    pairwire slice --flow 'tcp 192.0.2.7:40000-198.51.100.1:443' -o one.pcap day.pcap",
            "  What came in the second minute after the first packet:",
            "    pairwire slice --from +1min --until +2min -o second.pcap day.pcap"
        })
final class SliceCommand implements Callable<Integer> {
    private final Streams streams;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private InputOptions inputs = new InputOptions();

    @Option(
            names = "--packets",
            paramLabel = "RANGES",
            description = "Packets with these numbers: 5-10,20,30- and so on.")
    private Optional<PacketNumbers> numbers = Optional.empty();

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description =
                    "Packets of that moment and later: ISO 8601 (UTC unless it says otherwise), seconds since 1970,"
                            + " or +TIME after the first packet.")
    private Optional<TimeBound> from = Optional.empty();

    @Option(names = "--until", paramLabel = "TIME", description = "Packets before that moment, written the same way.")
    private Optional<TimeBound> until = Optional.empty();

    @Option(
            names = "--flow",
            paramLabel = "FLOW",
            description =
                    "Packets of one flow, both directions, behind whatever tags: two endpoints and, if it matters, the"
                            + " protocol.")
    private Optional<FlowSelection> flow = Optional.empty();

    @Mixin
    private WriterOptions output = new WriterOptions();

    @Mixin
    private FilterOptions filters = new FilterOptions();

    @Mixin
    private LoggingOptions logging = new LoggingOptions();

    private boolean numbered;

    SliceCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        logging.apply();
        Optional<PacketFilter> filter = filters.takeFrom(inputs);
        if (numbers.isEmpty() && from.isEmpty() && until.isEmpty() && filter.isEmpty() && flow.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "nothing to select by: --packets, --from, --until, --flow or a filter");
        }
        var selection = new PacketSelection(numbers.orElse(PacketNumbers.ALL), from, until, also());
        return new CopyRun(inputs, output, spec.commandLine(), streams)
                .filtering(filter)
                .picking((file, alone) -> picks(file, alone, filter, selection))
                .to(new CopyRun.Step() {
                    @Override
                    public void onPacket(Packet packet, PacketCopy to) throws IOException {
                        boolean picked = numbered ? selection.test(packet, packet.number()) : selection.test(packet);
                        if (picked) to.write(packet);
                    }

                    @Override
                    public boolean isOver() {
                        return selection.isOver();
                    }
                });
    }

    private Predicate<Packet> also() {
        return flow.isPresent() ? flow.get() : _ -> true;
    }

    /** What filter and flow demand. */
    private FlowHint hint(Optional<PacketFilter> filter) {
        FlowHint byFilter = filter.map(PacketFilter::hint).orElse(FlowHint.UNKNOWN);
        return flow.<FlowHint>map(wanted -> new FlowHint.All(List.of(wanted.hint(), byFilter)))
                .orElse(byFilter);
    }

    /**
     * What an index may leave out. A selection counts packets and knows the first one by what it is shown: what a filter lets
     * through, of all inputs. An index knows only the numbers and the first packet of one file without a filter.
     */
    private Optional<PacketPicks> picks(
            Path file, boolean alone, Optional<PacketFilter> filter, PacketSelection selection) {
        Optional<CaptureIndex> index = CaptureIndex.find(file);
        if (index.isEmpty()) return Optional.empty();
        numbered = alone && filter.isEmpty();
        if (numbered) selection.firstIs(index.get().firstNanos());
        boolean counts = numbers.isPresent() || isRelative(from) || isRelative(until);
        var wanted = counts && !numbered
                ? IndexedPicks.of(filter.map(PacketFilter::hint).orElse(FlowHint.UNKNOWN))
                : new IndexedPicks(numbers, from, until, hint(filter));
        return wanted.picks(index.get(), alone);
    }

    private static boolean isRelative(Optional<TimeBound> bound) {
        return bound.isPresent() && bound.get() instanceof TimeBound.AfterFirst;
    }
}
