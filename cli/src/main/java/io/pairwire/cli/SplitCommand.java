package io.pairwire.cli;

import io.pairwire.capture.FileSource;
import io.pairwire.capture.Packet;
import io.pairwire.capture.edit.OpenParts;
import io.pairwire.capture.edit.PartBoundary;
import io.pairwire.decode.LayerDecoder;
import io.pairwire.decode.Layers;
import io.pairwire.decode.SessionNumbers;
import io.pairwire.decode.filter.PacketFilter;
import io.pairwire.output.HumanText;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code pairwire split}: one capture as many. */
@Command(
        name = "split",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        abbreviateSynopsis = true,
        description = "Writes captures in parts named after -o with number and UTC time of the first packet, as"
                + " day_00001_20260131120000.pcap. Parts are written in place: those that a killed run leaves are readable"
                + " up to their last whole packets. Parts of an earlier run with the same names are replaced.",
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {
            "0:done",
            "1:failed",
            "2:wrong usage",
            "3:done, but some input was damaged, cut or of an unknown format"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  A part an hour, but none above a gigabyte:",
            "    pairwire split --seconds 3600 --bytes 1G -o day.pcap day.pcap",
            "  A part for each session:",
            "    pairwire split --flow -o sessions/s.pcapng day.pcapng"
        })
final class SplitCommand implements Callable<Integer> {
    private final Streams streams;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private InputOptions inputs = new InputOptions();

    @Option(names = "--packets", paramLabel = "N", description = "Packets in a part at most.")
    private long packets;

    @Option(
            names = "--bytes",
            paramLabel = "N",
            description = "Bytes in a part at most, as pcap counts them before compression; k, M or G behind it for"
                    + " thousands, millions, billions.")
    private ByteCount bytes = new ByteCount(0);

    @Option(
            names = "--seconds",
            paramLabel = "TIME",
            description = "A part for each interval of that length, the first of which begins with the first packet;"
                    + " also as 15min. Intervals without packets make no part.")
    private Duration seconds = Duration.ZERO;

    @Option(
            names = "--flow",
            description = "A part for each session: both directions between two endpoints, numbered as they come.")
    private boolean flow;

    @Option(
            names = "--max-flows",
            paramLabel = "N",
            description = "Sessions with a part of their own; all others share part 0 (default: 10000).")
    private int flowLimit = 10_000;

    @Option(
            names = "--max-open",
            paramLabel = "N",
            description = "Files open at the same time; more are closed and opened again (default: 64).")
    private int openLimit = 64;

    @Mixin
    private WriterOptions output = new WriterOptions();

    @Mixin
    private FilterOptions filters = new FilterOptions();

    @Mixin
    private LoggingOptions logging = new LoggingOptions();

    private Optional<PacketFilter> filter = Optional.empty();

    SplitCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        logging.apply();
        check();
        filter = filters.takeFrom(inputs);
        var files = new PartFiles(output, flow, spec.commandLine());
        try (var stop = StopCopying.listen(streams);
                var source = inputs.open(streams)) {
            tell(write(source, files, stop), source);
            filter.ifPresent(used -> FilterOptions.tellProblems(used, streams));
            int code = InputOptions.tellDamages(source, streams);
            stop.finished(code);
            return code;
        }
    }

    private int write(FileSource source, PartFiles files, StopCopying stop) throws IOException {
        try (var parts = new OpenParts(flow ? openLimit : 1, files.opener(source))) {
            var run = new CopyRun(inputs, output, spec.commandLine(), streams).filtering(filter);
            run.readAll(source, flow ? bySession(parts) : byBoundary(parts), stop);
            return parts.count();
        }
    }

    private void check() {
        boolean sized = packets != 0 || bytes.count() != 0 || !seconds.isZero();
        String wrong = "";
        if (flow == sized) wrong = "one way to split: --packets, --bytes and --seconds together or alone, or --flow";
        if (packets < 0) wrong = "--packets is negative: " + packets;
        if (seconds.isNegative()) wrong = "--seconds is negative: " + seconds;
        if (flowLimit < 1) wrong = "--max-flows is below 1: " + flowLimit;
        if (openLimit < 1) wrong = "--max-open is below 1: " + openLimit;
        if (output.file().isEmpty()) wrong = "parts need a name: --output FILE";
        if (!wrong.isEmpty()) throw new ParameterException(spec.commandLine(), wrong);
    }

    private CopyRun.Reading byBoundary(OpenParts parts) {
        var boundary = new PartBoundary(packets, bytes.count(), seconds);
        return new CopyRun.Reading() {
            private int part;

            @Override
            public void onPacket(Packet packet) throws IOException {
                if (boundary.isBefore(packet)) part++;
                parts.write(part, packet);
            }
        };
    }

    private CopyRun.Reading bySession(OpenParts parts) {
        var sessions = new SessionNumbers(flowLimit);
        var decoder = new LayerDecoder();
        var layers = new Layers();
        return packet -> {
            decoder.decode(packet, layers);
            parts.write(sessions.of(layers), packet);
        };
    }

    private void tell(int parts, FileSource source) {
        if (inputs.quiet) return;
        streams.tell(HumanText.count(source.statistics().packets(), "packet") + " written to "
                + HumanText.count(parts, "part"));
    }
}
