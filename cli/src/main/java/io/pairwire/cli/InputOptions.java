package io.pairwire.cli;

import io.pairwire.capture.FileSource;
import io.pairwire.capture.PickFinder;
import io.pairwire.capture.ReadOptions;
import io.pairwire.capture.SourceStatistics;
import io.pairwire.output.HumanText;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What a command reads, and how it tells what was wrong with it: the same words in every command. */
final class InputOptions {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(
            paramLabel = "INPUT",
            arity = "0..*",
            description = "Captures, folders of them, or - for standard input.")
    List<String> inputs = List.of();

    @Option(names = "--resync", description = "Look for the next plausible record behind a damage and go on there.")
    boolean resync;

    @Option(names = "--no-index", description = "Read everything, whatever an index says (see pairwire index).")
    boolean noIndex;

    @Option(names = "--quiet", description = "Only errors on standard error: no summary and no progress bar.")
    boolean quiet;

    @Option(
            names = "--progress-json",
            description =
                    "Tell on standard error how far it is, as JSON: an object a line, every 250 ms and at the end.")
    boolean progressJson;

    InputOptions() {}

    /** Without any input it is wrong usage. */
    void check() {
        if (!inputs.isEmpty()) return;
        throw new ParameterException(spec.commandLine(), "no INPUT: name a file or a folder, or - for standard input");
    }

    ReadOptions read() {
        return new ReadOptions(resync);
    }

    /** All inputs as one source in the order of time; says which files of folders were left out. */
    FileSource open(Streams streams) throws IOException {
        return open(streams, PickFinder.NOTHING);
    }

    /** The same without packets that are known not to be wanted, unless {@code --no-index} forbids to know. */
    FileSource open(Streams streams, PickFinder finder) throws IOException {
        check();
        FileSource source = FileSource.open(inputs, read(), noIndex ? PickFinder.NOTHING : finder);
        if (source.skipped() > 0 && !quiet) {
            streams.tell("left out because they are no captures: " + HumanText.count(source.skipped(), "file"));
        }
        return source;
    }

    /** Is somebody there to look at a progress bar? */
    boolean showsProgress(Streams streams) {
        return !quiet && streams.errIsTerminal();
    }

    /** Watches what tells how far it is: as a bar if {@code shown}, as JSON if that was asked for. */
    Progress watch(Supplier<SourceStatistics> statistics, boolean shown, Streams streams) {
        return progressJson ? Progress.events(statistics, streams) : Progress.ofStatistics(statistics, shown, streams);
    }

    /** Tells each damage on standard error and answers with the exit code that follows from it. */
    static int tellDamages(FileSource source, Streams streams) {
        SourceStatistics statistics = source.statistics();
        statistics.damages().forEach(damage -> streams.tell(damage.toString()));
        long untold = source.damageCount() - statistics.damages().size();
        if (untold > 0) streams.tell("... and " + HumanText.count(untold, "more damage"));
        return statistics.damagedFiles() > 0 ? ExitCode.DAMAGED_INPUT : ExitCode.DONE;
    }
}
