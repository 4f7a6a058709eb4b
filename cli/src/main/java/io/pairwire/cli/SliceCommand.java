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
import io.pairwire.engine.index.IndexedPicks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
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
        description = "Writes the packets of a span of time, or with certain numbers, or both. Numbers count from 1 in"
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
        if (numbers.isEmpty() && from.isEmpty() && until.isEmpty() && filter.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "nothing to select by: --packets, --from, --until or a filter");
        }
        var selection = new PacketSelection(numbers.orElse(PacketNumbers.ALL), from, until, _ -> true);
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

    /** Numbers of a selection count what a filter lets through, and through all inputs: only without both an index knows them. */
    private Optional<PacketPicks> picks(
            Path file, boolean alone, Optional<PacketFilter> filter, PacketSelection selection) {
        Optional<CaptureIndex> index = CaptureIndex.find(file);
        if (index.isEmpty()) return Optional.empty();
        numbered = alone && filter.isEmpty();
        if (numbered) selection.firstIs(index.get().firstNanos());
        var wanted = new IndexedPicks(
                filter.isEmpty() ? numbers : Optional.empty(),
                from,
                until,
                filter.map(PacketFilter::hint).orElse(FlowHint.UNKNOWN));
        return wanted.picks(index.get(), alone);
    }
}
