package io.pairwire.cli;

import io.pairwire.capture.edit.PacketNumbers;
import io.pairwire.capture.edit.TimeBound;
import io.pairwire.engine.Prefix;
import io.pairwire.engine.batch.BatchPart;
import io.pairwire.engine.index.FlowSelection;
import io.pairwire.memory.DurationText;
import io.pairwire.memory.OverflowPolicy;
import io.pairwire.output.Percentiles;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** All commands, how their options are read, and how errors are told. */
final class CommandTree {
    private static final int WIDTH = 110;

    private CommandTree() {}

    // Reading the annotations of a command takes about 20 ms, so only the one asked for is built. All of them are built
    // for help, and where a name is unknown so that similar ones can be suggested.
    static CommandLine commandLine(Streams streams, List<String> args) {
        var commands = new LinkedHashMap<String, Supplier<Object>>();
        commands.put("match", () -> new MatchCommand(streams));
        commands.put("read", () -> new ReadCommand(streams));
        commands.put("generate", GenerateCommand::new);
        commands.put("info", () -> new InfoCommand(streams));
        commands.put("convert", () -> new ConvertCommand(streams));
        commands.put("merge", () -> new MergeCommand(streams));
        commands.put("split", () -> new SplitCommand(streams));
        commands.put("slice", () -> new SliceCommand(streams));
        commands.put("anonymize", () -> new AnonymizeCommand(streams));
        commands.put("index", () -> new IndexCommand(streams));
        commands.put("batch", () -> BatchCommand.commandLine(streams));
        commands.put("cache", () -> new CacheCommand(streams));
        commands.put("filter", () -> new FilterCommand(streams));
        commands.put("pool", () -> PoolCommand.commandLine(streams));
        var line = new CommandLine(new PairwireCommand());
        Supplier<Object> asked = args.isEmpty() ? null : commands.get(args.getFirst());
        if (asked != null) {
            line.addSubcommand(asked.get());
        } else {
            for (Supplier<Object> command : commands.values()) line.addSubcommand(command.get());
            line.addSubcommand(new HelpCommand());
        }
        return line.setOut(new PrintWriter(streams.out(), true))
                .setErr(new PrintWriter(streams.err(), true))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(WIDTH)
                .registerConverter(Duration.class, checked(text -> DurationText.parse(text, TimeUnit.SECONDS)))
                .registerConverter(Prefix.class, checked(Prefix::parse))
                .registerConverter(OverflowPolicy.class, checked(Policies::parse))
                .registerConverter(Percentiles.class, checked(Percentiles::parse))
                .registerConverter(Check.class, checked(Check::parse))
                .registerConverter(PacketNumbers.class, checked(PacketNumbers::parse))
                .registerConverter(TimeBound.class, checked(Moments::parse))
                .registerConverter(BatchPart.class, checked(BatchPart::parse))
                .registerConverter(FlowSelection.class, checked(FlowSelection::parse))
                .registerConverter(ByteCount.class, checked(ByteCount::parse))
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
