package io.pairwire.cli;

import io.pairwire.dpi.condition.SessionField;
import io.pairwire.dpi.registry.Catalogue;
import io.pairwire.output.flows.ProtocolPage;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pairwire protocols}: what can be recognised, and what is found inside. */
@Command(
        name = "protocols",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = "Lists the protocols that pairwire flows recognises, their attributes, or the errors it counts.",
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {"0:done", "1:failed", "2:wrong usage"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  pairwire protocols",
            "  pairwire protocols --attributes",
            "  pairwire protocols --errors",
            "  pairwire protocols --json | jq -r .name",
            "  pairwire protocols --plug-ins ours/"
        })
final class ProtocolsCommand implements Callable<Integer> {
    private final Streams streams;

    @Option(names = "--attributes", description = "What is found inside, and what conditions may ask of every session.")
    private boolean attributes;

    @Option(names = "--errors", description = "The errors that are counted, with what to do about them.")
    private boolean errors;

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    @Option(names = "--markdown", description = "A table for a page of documentation.")
    private boolean markdown;

    @Mixin
    private CatalogueOptions catalogueOptions = new CatalogueOptions();

    @Mixin
    private LoggingOptions logging = new LoggingOptions();

    ProtocolsCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        logging.apply();
        Catalogue catalogue = catalogueOptions.load(streams);
        var page = new ProtocolPage(
                catalogue,
                json ? ProtocolPage.Style.JSON : markdown ? ProtocolPage.Style.MARKDOWN : ProtocolPage.Style.TABLE);
        String text = errors ? page.errors() : attributes ? page.attributes(SessionField.values()) : page.protocols();
        streams.out().print(text);
        streams.out().confirm();
        return ExitCode.DONE;
    }
}
