package io.pairwire.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code pairwire batch}: the same job over many files and machines. */
@Command(
        name = "batch",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description =
                "The same job over many files, shared by machines that have nothing in common but a plan: make a plan,"
                        + " run its parts anywhere, merge what came of them.",
        synopsisSubcommandLabel = "(plan | run | merge)",
        footerHeading = "%nExamples:%n",
        footer = {
            "  On one machine:",
            "    pairwire batch plan -o night.plan captures/ -- match --format csv",
            "    pairwire batch run night.plan",
            "    pairwire batch merge night.plan -o pairs.csv",
            "  On two that see the same files, and a third that merges:",
            "    ssh one pairwire batch run night.plan --part 1/2",
            "    ssh two pairwire batch run night.plan --part 2/2",
            "    scp -r one:night.plan.results one; scp -r two:night.plan.results two",
            "    pairwire batch merge night.plan one two -o pairs.csv"
        })
final class BatchCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** With its sub-commands. */
    static CommandLine commandLine(Streams streams) {
        return new CommandLine(new BatchCommand())
                .addSubcommand(new BatchPlanCommand(streams))
                .addSubcommand(new BatchRunCommand(streams))
                .addSubcommand(new BatchMergeCommand(streams))
                .addSubcommand(new BatchWorkerCommand(streams));
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "which one: plan, run or merge?");
    }
}
