package io.pairwire.cli;

import io.pairwire.engine.batch.BatchPlan;
import io.pairwire.output.HumanText;
import io.pairwire.output.TextFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pairwire batch plan}: writes down what is to be done. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        customSynopsis = "pairwire batch plan [-o PLAN] [--header-lines N] INPUT... -- COMMAND [OPTION...]",
        description =
                "Writes a plan: a command of pairwire, and the files that it is to be run for, one at a time. The file"
                        + " comes behind the last word of the command, whose standard output is its result.",
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {"0:done", "1:failed", "2:wrong usage"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  pairwire batch plan -o night.plan captures/ -- match --format csv",
            "  pairwire batch plan -o facts.plan captures/ -- info --json"
        })
final class BatchPlanCommand implements Callable<Integer> {
    private final Streams streams;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(
            paramLabel = "INPUT",
            arity = "1..*",
            description = "Captures and folders of them; then -- and the command.")
    private List<String> words = List.of();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "PLAN",
            description = "Where to write the plan (default: standard output).")
    private Optional<Path> output = Optional.empty();

    @Option(
            names = "--header-lines",
            paramLabel = "N",
            description =
                    "Lines that every result begins with and that are wanted once (default: 1 for tables of match,"
                            + " flows and read, otherwise 0).")
    private OptionalInt headerLines = OptionalInt.empty();

    @Mixin
    private LoggingOptions logging = new LoggingOptions();

    BatchPlanCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        logging.apply();
        List<String> all = spec.commandLine().getParseResult().originalArgs();
        int mark = all.indexOf("--");
        int jobWords = mark < 0 ? 0 : all.size() - mark - 1;
        if (jobWords == 0) throw new ParameterException(spec.commandLine(), "no command: write it behind --");
        List<String> job = words.subList(words.size() - jobWords, words.size());
        List<String> inputs = words.subList(0, words.size() - jobWords);
        if (inputs.isEmpty()) throw new ParameterException(spec.commandLine(), "no INPUT: name files or folders");
        check(job);
        if (headerLines.isPresent() && headerLines.getAsInt() < 0) {
            throw new ParameterException(spec.commandLine(), "--header-lines is negative: " + headerLines.getAsInt());
        }
        NamedFiles named = NamedFiles.of(inputs);
        named.unreadable().forEach(streams::tell);
        if (named.leftOut() > 0) {
            streams.tell("left out because they are no captures: " + HumanText.count(named.leftOut(), "file"));
        }
        var plan = BatchPlan.of(job, headerLines.orElse(usualHeaderLines(job)), named.files());
        if (output.isPresent()) TextFile.write(output.get(), plan.text());
        else streams.out().print(plan.text());
        streams.out().confirm();
        streams.tell(HumanText.count(plan.units().size(), "file") + " planned");
        return named.unreadable().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private void check(List<String> job) {
        if (job.getFirst().equals("batch")) {
            throw new ParameterException(spec.commandLine(), "a batch of batches is not planned");
        }
        for (String word : job) {
            if (word.equals("-o") || word.equals("-w") || word.startsWith("--output")) {
                throw new ParameterException(
                        spec.commandLine(),
                        "leave out " + word + ": what the command writes to standard output is its result");
            }
        }
    }

    private static int usualHeaderLines(List<String> job) {
        String words = String.join(" ", job);
        boolean csv = words.contains("--format csv") || words.contains("--format=csv");
        boolean fields = words.contains("--fields") && job.getFirst().equals("read");
        return csv || fields ? 1 : 0;
    }
}
