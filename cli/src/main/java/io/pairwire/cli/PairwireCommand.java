package io.pairwire.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The program without a command: says what there is. */
@Command(
        name = "pairwire",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "Says how long things took on the wire, by pairing the packets that belong together,"
                + " and accounts for every packet it saw.",
        footerHeading = "%nExample:%n",
        footer = {"  pairwire match capture.pcap", "", "pairwire help COMMAND tells more."},
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {
            "0:done",
            "1:failed",
            "2:wrong usage",
            "3:done, but some input was damaged or cut",
            "4:a check of --fail-if applies"
        })
final class PairwireCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    PairwireCommand() {}

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitCode.WRONG_USAGE;
    }
}
