package io.pairwire.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code pairwire pool}: tools for the packet buffer pool. */
@Command(
        name = "pool",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Measure, strain and describe the packet buffer pool.",
        synopsisSubcommandLabel = "(bench | stress | info)")
final class PoolCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    /** With its sub-commands. */
    static CommandLine commandLine(Streams streams) {
        return new CommandLine(new PoolCommand())
                .addSubcommand(new PoolBenchCommand(streams))
                .addSubcommand(new PoolStressCommand(streams))
                .addSubcommand(new PoolInfoCommand(streams));
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "which one: bench, stress or info?");
    }
}
