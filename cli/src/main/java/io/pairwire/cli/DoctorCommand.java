package io.pairwire.cli;

import io.pairwire.output.JsonText;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pairwire doctor}: what this machine allows. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description =
                "Tells what this machine allows: rights, capture, memory, processors, stamps, the JDK; and what to do"
                        + " about what it does not.",
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {"0:done, whatever was found", "1:failed", "2:wrong usage"},
        footerHeading = "%nExamples:%n",
        footer = {"  pairwire doctor", "  pairwire doctor --json | jq '.[] | select(.ok == false)'"})
final class DoctorCommand implements Callable<Integer> {
    private final Streams streams;

    @Option(names = "--json", description = "As a list of objects: name, ok, found, cure.")
    private boolean json;

    @Mixin
    private LoggingOptions logging = new LoggingOptions();

    DoctorCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        logging.apply();
        var findings = Examination.all();
        if (json) {
            streams.out()
                    .println(
                            findings.stream().map(DoctorCommand::object).collect(Collectors.joining(",\n ", "[", "]")));
        } else {
            for (Examination.Finding finding : findings) {
                streams.out()
                        .println(String.format(
                                "%-4s %-22s %s", finding.ok() ? "ok" : "no", finding.name(), finding.found()));
                if (!finding.cure().isEmpty()) streams.out().println("     " + " ".repeat(23) + finding.cure());
            }
        }
        streams.out().confirm();
        return ExitCode.DONE;
    }

    private static String object(Examination.Finding finding) {
        return "{\"name\":" + JsonText.quoted(finding.name()) + ",\"ok\":" + finding.ok() + ",\"found\":"
                + JsonText.quoted(finding.found()) + ",\"cure\":" + JsonText.quoted(finding.cure()) + "}";
    }
}
