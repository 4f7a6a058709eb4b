package io.pairwire.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code pairwire convert}: the same packets in another format. */
@Command(
        name = "convert",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        abbreviateSynopsis = true,
        description = "Writes captures of any format as pcap or pcapng. Comments, interfaces, names, secrets and"
                + " statistics are kept where pcapng is written. pcap holds one link type: packets of a second one are"
                + " refused.",
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {
            "0:done",
            "1:failed",
            "2:wrong usage",
            "3:done, but some input was damaged, cut or of an unknown format"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  pairwire convert -o day.pcapng day.pcap",
            "  For an old program, headers only:",
            "    pairwire convert --no-nanoseconds --snaplen 96 -o day.pcap day.pcapng",
            "  In a pipe:",
            "    pairwire convert --to pcap day.pcapng | tcpdump -nr -"
        })
final class ConvertCommand implements Callable<Integer> {
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

    ConvertCommand(Streams streams) {
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
