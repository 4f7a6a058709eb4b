package io.pairwire.cli;

import io.pairwire.engine.Prefix;
import io.pairwire.memory.DurationText;
import io.pairwire.memory.OverflowPolicy;
import io.pairwire.output.Percentiles;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** All commands, how their options are read, and how errors are told. */
final class CommandTree {
    private static final int WIDTH = 110;

    private CommandTree() {}

    static CommandLine commandLine(Streams streams) {
        return new CommandLine(new PairwireCommand())
                .addSubcommand(new MatchCommand(streams))
                .addSubcommand(new ReadCommand(streams))
                .addSubcommand(new FilterCommand(streams))
                .addSubcommand(new GenerateCommand())
                .addSubcommand(new HelpCommand())
                .setOut(new PrintWriter(streams.out(), true))
                .setErr(new PrintWriter(streams.err(), true))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(WIDTH)
                .registerConverter(Duration.class, checked(text -> DurationText.parse(text, TimeUnit.SECONDS)))
                .registerConverter(Prefix.class, checked(Prefix::parse))
                .registerConverter(OverflowPolicy.class, checked(Policies::parse))
                .registerConverter(Percentiles.class, checked(Percentiles::parse))
                .registerConverter(Check.class, checked(Check::parse))
                .setParameterExceptionHandler(CommandTree::tellWrongUsage)
                .setExecutionExceptionHandler((e, _, _) -> {
                    Failures.tell(e, streams);
                    return ExitCode.FAILED;
                });
    }

    private static <T> CommandLine.ITypeConverter<T> checked(CommandLine.ITypeConverter<T> parse) {
        return text -> {
            try {
                return parse.convert(text);
            } catch (IllegalArgumentException e) {
                throw new CommandLine.TypeConversionException(String.valueOf(e.getMessage()));
            }
        };
    }

    private static int tellWrongUsage(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("pairwire: " + e.getMessage());
        UnmatchedArgumentException.printSuggestions(e, err);
        err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return ExitCode.WRONG_USAGE;
    }
}
