package io.pairwire.cli;

import io.pairwire.capture.edit.PacketNumbers;
import io.pairwire.capture.edit.TimeBound;
import io.pairwire.engine.Prefix;
import io.pairwire.engine.batch.BatchPart;
import io.pairwire.engine.index.FlowSelection;
import io.pairwire.engine.series.GroupBy;
import io.pairwire.memory.DurationText;
import io.pairwire.memory.OverflowPolicy;
import io.pairwire.output.Percentiles;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
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

    private static final String WATCH = "watch";
    private static final String MATCH = "match";
    private static final String FOLLOW = "--follow";

    /** What is asked of the program itself rather than of a watch. */
    private static final List<String> OWN = List.of("-h", "--help", "-V", "--version");

    private CommandTree() {}

    /** Options without a command are those of a watch, as they used to be, and so is {@code match --follow DIR}. */
    static List<String> complete(List<String> args) {
        if (args.isEmpty() || OWN.contains(args.getFirst())) return args;
        boolean follows = args.getFirst().equals(MATCH) && follows(args);
        if (!follows && !args.getFirst().startsWith("-")) return args;
        var words = new ArrayList<String>(args.size() + 1);
        words.add(WATCH);
        boolean options = true;
        for (String word : args.subList(follows ? 1 : 0, args.size())) {
            if (word.equals("--")) options = false;
            if (!follows || !options || !isFollow(word)) words.add(word);
            else if (word.length() > FOLLOW.length()) words.add(word.substring(FOLLOW.length() + 1));
        }
        return words;
    }

    private static boolean follows(List<String> args) {
        int end = args.indexOf("--");
        return args.subList(0, end < 0 ? args.size() : end).stream().anyMatch(CommandTree::isFollow);
    }

    /** Either {@code --follow}, with a folder behind it, or {@code --follow=DIR}. */
    private static boolean isFollow(String word) {
        return word.equals(FOLLOW) || word.startsWith(FOLLOW + "=");
    }

    // Reading the annotations of a command takes about 20 ms, so only the one asked for is built. All of them are built
    // for help, and where a name is unknown so that similar ones can be suggested.
    static CommandLine commandLine(Streams streams, List<String> args) {
        var commands = new LinkedHashMap<String, Supplier<Object>>();
        commands.put("match", () -> new MatchCommand(streams));
        commands.put(WATCH, () -> new WatchCommand(streams));
        commands.put("read", () -> new ReadCommand(streams));
        commands.put("flows", () -> new FlowsCommand(streams));
        commands.put("protocols", () -> new ProtocolsCommand(streams));
        commands.put("generate", GenerateCommand::new);
        commands.put("info", () -> new InfoCommand(streams));
        commands.put("analyze", () -> new AnalyzeCommand(streams));
        commands.put("convert", () -> new ConvertCommand(streams));
        commands.put("merge", () -> new MergeCommand(streams));
        commands.put("split", () -> new SplitCommand(streams));
        commands.put("slice", () -> new SliceCommand(streams));
        commands.put("anonymize", () -> new AnonymizeCommand(streams));
        commands.put("compare", () -> new CompareCommand(streams));
        commands.put("dedup", () -> new DedupCommand(streams));
        commands.put("index", () -> new IndexCommand(streams));
        commands.put("batch", () -> BatchCommand.commandLine(streams));
        commands.put("cache", () -> new CacheCommand(streams));
        commands.put("replay", () -> new ReplayCommand(streams));
        commands.put("extcap", () -> new ExtcapCommand(streams));
        commands.put("filter", () -> new FilterCommand(streams));
        commands.put("capture", () -> new CaptureCommand(streams));
        commands.put("interfaces", () -> new InterfacesCommand(streams));
        commands.put("doctor", () -> new DoctorCommand(streams));
        commands.put("train", () -> new TrainCommand(streams));
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
                .registerConverter(GroupBy.class, checked(GroupBy::parse))
                .registerConverter(Check.class, checked(Check::parse))
                .registerConverter(CompareCheck.class, checked(CompareCheck::parse))
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
