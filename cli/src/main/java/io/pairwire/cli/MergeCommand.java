package io.pairwire.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code pairwire merge}: several captures as one. */
@Command(
        name = "merge",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        abbreviateSynopsis = true,
        description =
                "Writes captures of any format as one, in the order of time; at the same nanosecond in the order in"
                        + " which they were named. Each input keeps the order it has. Interfaces and comments are kept where"
                        + " pcapng is written, and pcapng holds several link types. Memory does not grow with the inputs.",
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {
            "0:done",
            "1:failed",
            "2:wrong usage",
            "3:done, but some input was damaged, cut or of an unknown format"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  pairwire merge -o day.pcap morning.pcap evening.pcapng",
            "  A whole folder:",
            "    pairwire merge -o all.pcapng captures/"
        })
final class MergeCommand implements Callable<Integer> {
    private final Streams streams;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private InputOptions inputs = new InputOptions();

    @Mixin
    private WriterOptions output = new WriterOptions();

    @Mixin
    private FilterOptions filters = new FilterOptions();

    @Mixin
    private LoggingOptions logging = new LoggingOptions();

    MergeCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        logging.apply();
        return new CopyRun(inputs, output, spec.commandLine(), streams)
                .filtering(filters.takeFrom(inputs))
                .to((packet, to) -> to.write(packet));
    }
}
