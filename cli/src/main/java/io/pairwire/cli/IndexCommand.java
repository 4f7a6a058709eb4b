package io.pairwire.cli;

import io.pairwire.capture.MalformedCaptureException;
import io.pairwire.capture.UnsupportedCaptureException;
import io.pairwire.capture.index.CaptureIndex;
import io.pairwire.capture.index.IndexBuilder;
import io.pairwire.capture.index.IndexKind;
import io.pairwire.engine.index.DecodedFlows;
import io.pairwire.output.HumanText;
import io.pairwire.output.JsonText;
import io.pairwire.output.Reasons;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pairwire index}: indexes beside captures. */
@Command(
        name = "index",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = "Writes beside each capture an index, FILE.pwx, by which other commands find packets of a time, a"
                + " number, an address, a port or a flow without reading the others. They use it by themselves as long as"
                + " the capture does not change.",
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {
            "0:done",
            "1:failed",
            "2:wrong usage",
            "3:done, but some input was damaged, cut or of an unknown format; with --info: some index does not fit"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  pairwire index day.pcap",
            "  pairwire read day.pcap -- host 192.0.2.7 and port 443",
            "  pairwire index --sparse captures/",
            "  pairwire index --info --json captures/",
            "  pairwire index --remove captures/"
        })
final class IndexCommand implements Callable<Integer> {
    private final Streams streams;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "INPUT", arity = "1..*", description = "Captures and folders of them.")
    private List<String> inputs = List.of();

    @ArgGroup
    private What what = new What();

    /** One of them. */
    static final class What {
        @Option(
                names = "--full",
                description = "By time, number, address, port and flow; at most 20 bytes a packet (the default).")
        private boolean full;

        @Option(names = "--sparse", description = "By time and number; at most a thousandth of the capture.")
        private boolean sparse;

        @Option(names = "--info", description = "Tell what indexes there are and whether they fit.")
        private boolean info;

        @Option(names = "--remove", description = "Remove the indexes.")
        private boolean remove;
    }

    @Option(names = "--force", description = "Build anew where there is one that fits.")
    private boolean force;

    @Option(names = "--json", description = "Tell it as JSON, an object for each file.")
    private boolean json;

    @Option(names = "--quiet", description = "Only errors on standard error: no progress bar.")
    private boolean quiet;

    @Mixin
    private LoggingOptions logging = new LoggingOptions();

    private int code = ExitCode.DONE;

    IndexCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        logging.apply();
        if (force && (what.info || what.remove)) {
            throw new ParameterException(spec.commandLine(), "--force goes with building");
        }
        try (var stop = StopReading.listen(streams)) {
            for (Path file : files()) {
                if (stop.isAsked()) break;
                if (what.remove) remove(file);
                else if (what.info) tell(file, CaptureIndex.look(file));
                else build(file, stop);
            }
            streams.out().confirm();
            if (stop.isAsked()) code = ExitCode.FAILED;
            stop.finished(code);
            return code;
        }
    }

    private List<Path> files() throws IOException {
        NamedFiles named = NamedFiles.of(inputs);
        for (String reason : named.unreadable()) {
            streams.tell(reason);
            code = ExitCode.DAMAGED_INPUT;
        }
        return named.files();
    }

    private void damaged(Path file, String reason) {
        streams.tell(file + ": " + reason);
        code = ExitCode.DAMAGED_INPUT;
    }

    private void build(Path file, StopReading stop) throws IOException {
        IndexKind kind = what.sparse ? IndexKind.SPARSE : IndexKind.FULL;
        if (!force && CaptureIndex.look(file) instanceof CaptureIndex.Lookup.Found(var there)) {
            boolean enough = there.kind() == kind || !what.sparse && !what.full;
            if (enough && (there.kind() == IndexKind.FULL || what.sparse)) {
                print(there, false);
                return;
            }
        }
        var builder = what.sparse ? IndexBuilder.sparse(file) : IndexBuilder.full(file, new DecodedFlows());
        boolean shown = !quiet && streams.errIsTerminal();
        try (var _ = Progress.ofStatistics(builder::progress, shown, streams)) {
            print(builder.build(), true);
        } catch (ClosedByInterruptException e) {
            if (!stop.isAsked()) throw e;
            Thread.interrupted(); // it did its duty
        } catch (UnsupportedCaptureException | MalformedCaptureException e) {
            damaged(file, Reasons.of(e));
        }
    }

    private void remove(Path file) throws IOException {
        Path index = CaptureIndex.fileOf(file);
        if (Files.deleteIfExists(index)) streams.out().println(index + ": removed");
    }

    private void tell(Path file, CaptureIndex.Lookup found) {
        switch (found) {
            case CaptureIndex.Lookup.Found(var index) -> print(index, false);
            case CaptureIndex.Lookup.Absent() -> none(file, "absent", "no index");
            case CaptureIndex.Lookup.Unusable(String reason) -> {
                none(file, "unusable", "not used: " + reason);
                code = ExitCode.DAMAGED_INPUT;
            }
        }
    }

    private void none(Path file, String state, String reason) {
        if (json) {
            streams.out()
                    .println("{\"file\":" + JsonText.quoted(file.toString()) + ",\"state\":" + JsonText.quoted(state)
                            + ",\"reason\":" + JsonText.quoted(reason) + "}");
        } else {
            streams.out().println(file + ": " + reason);
        }
    }

    private void print(CaptureIndex index, boolean built) {
        String kind = index.kind().name().toLowerCase(Locale.ROOT);
        if (index.isCut()) {
            streams.tell(index.capture() + ": damaged behind packet " + index.packets()
                    + "; indexed as far as it can be read");
            code = ExitCode.DAMAGED_INPUT;
        }
        if (json) {
            streams.out()
                    .println("{\"file\":" + JsonText.quoted(index.capture().toString()) + ",\"state\":\""
                            + (built ? "built" : "fits") + "\",\"kind\":\"" + kind + "\",\"packets\":" + index.packets()
                            + ",\"bytes\":" + index.length() + ",\"flows\":" + index.flows() + ",\"restart_points\":"
                            + index.restartPoints() + ",\"ordered\":" + index.isOrdered() + ",\"cut\":" + index.isCut()
                            + ",\"flawed\":" + index.isFlawed() + "}");
            return;
        }
        String perPacket = index.packets() == 0
                ? ""
                : String.format(Locale.ROOT, ", %.1f a packet", (double) index.length() / index.packets());
        streams.out()
                .println(index.capture() + ": " + (built ? "built" : "fits") + ", " + kind + ", "
                        + HumanText.count(index.packets(), "packet") + ", " + HumanText.count(index.length(), "byte")
                        + perPacket
                        + (index.isPacked() ? ", " + HumanText.count(index.restartPoints(), "restart point") : ""));
        if (index.isPacked() && index.restartPoints() < 2) {
            streams.out()
                    .println(index.capture() + ": compressed in one piece, so packets are still found by unpacking all"
                            + " before them");
        }
        if (index.isFlawed()) {
            streams.out().println(index.capture() + ": has damages inside, so that it is always read whole");
        }
    }
}
