package io.pairwire.cli;

import io.pairwire.capture.SourceStatistics;
import io.pairwire.capture.inspect.CaptureFacts;
import io.pairwire.capture.inspect.CaptureInspector;
import io.pairwire.output.FactsJson;
import io.pairwire.output.FactsText;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pairwire info}: what captures are, and what is wrong with them. */
@Command(
        name = "info",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        abbreviateSynopsis = true,
        description = "Reads captures to their end and tells what they are: format, link types, packets, bytes, times,"
                + " interfaces, comments; and what is wrong with them: damages, packets out of order, cut or too long.",
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {
            "0:done",
            "1:failed",
            "2:wrong usage",
            "3:done, but some input was damaged, cut or of an unknown format"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  pairwire info day.pcapng",
            "  Everything, for other programs, an object a line:",
            "    pairwire info --json --sha256 captures/ | jq .packets"
        })
final class InfoCommand implements Callable<Integer> {
    private final Streams streams;

    @Mixin
    private InputOptions inputs = new InputOptions();

    @Option(names = "--json", description = "One JSON object for each capture, on a line of its own.")
    private boolean json;

    @Option(names = "--sha256", description = "Also the SHA-256 of the bytes of each file.")
    private boolean sha256;

    @Mixin
    private LoggingOptions logging = new LoggingOptions();

    InfoCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        logging.apply();
        var names = new ArrayList<String>();
        List<SourceStatistics.Damage> unreadable;
        try (var source = inputs.open(streams)) {
            for (int i = 0; i < source.statistics().files(); i++) names.add(source.fileName(i));
            unreadable = source.statistics().damages();
        }
        boolean whole = true;
        for (String name : names) whole &= tell(name, unreadable);
        streams.out().confirm();
        return whole ? ExitCode.DONE : ExitCode.DAMAGED_INPUT;
    }

    /** Tells about one capture; false if something is wrong with it. */
    private boolean tell(String name, List<SourceStatistics.Damage> unreadable) throws IOException {
        CaptureFacts facts;
        try {
            facts = inspect(name);
        } catch (java.nio.file.FileSystemException e) {
            unreadable.stream()
                    .filter(damage -> damage.file().equals(name))
                    .findFirst()
                    .ifPresentOrElse(damage -> streams.tell(damage.toString()), () -> Failures.tell(e, streams));
            return false;
        }
        if (json) streams.out().println(FactsJson.of(facts));
        else streams.out().print(FactsText.of(facts));
        return facts.isWhole();
    }

    private CaptureFacts inspect(String name) throws IOException {
        boolean standardInput = name.equals("-");
        Path path = Path.of(name);
        long length = !standardInput && Files.isRegularFile(path) ? Files.size(path) : 0;
        FileChannel channel = standardInput
                ? new FileInputStream(FileDescriptor.in).getChannel()
                : FileChannel.open(path, StandardOpenOption.READ);
        var inspector = new CaptureInspector(name, channel, length, sha256);
        try (var _ = inputs.watch(inspector::progress, inputs.showsProgress(streams), streams)) {
            return inspector.inspect(inputs.read());
        }
    }
}
