package io.pairwire.cli;

import io.pairwire.dpi.ErrorCode;
import io.pairwire.dpi.registry.Catalogue;
import io.pairwire.dpi.registry.CatalogueBuilder;
import io.pairwire.dpi.registry.Problem;
import io.pairwire.dpi.registry.TableSyntaxException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which protocols there are besides those that come along. */
final class CatalogueOptions {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = "--signatures",
            paramLabel = "FILE",
            description = "More signatures (docs/dpi.md tells their form).")
    private List<Path> signatures = List.of();

    @Option(
            names = "--applications",
            paramLabel = "FILE",
            description = "More rules from hosts, negotiated names and addresses to applications.")
    private List<Path> applications = List.of();

    @Option(names = "--plug-ins", paramLabel = "DIR", description = "Jars that bring protocols, each loaded by itself.")
    private List<Path> folders = List.of();

    CatalogueOptions() {}

    /** All of them; a table that is not understood is wrong usage, a plug-in that does not work is told and left out. */
    Catalogue load(Streams streams) throws IOException {
        var builder = new CatalogueBuilder().withBuiltIn();
        try {
            for (Path file : signatures) builder.withSignatures(file);
            for (Path file : applications) builder.withApplications(file);
        } catch (TableSyntaxException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        for (Path folder : folders) builder.withFolder(folder);
        Catalogue catalogue = builder.build();
        for (Problem problem : catalogue.problems()) {
            if (problem.code().severity() != ErrorCode.Severity.INFO) streams.tell(problem.toString());
        }
        return catalogue;
    }
}
