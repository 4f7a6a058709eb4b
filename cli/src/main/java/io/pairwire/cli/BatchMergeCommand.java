package io.pairwire.cli;

import io.pairwire.engine.batch.BatchMerge;
import io.pairwire.engine.batch.BatchPlan;
import io.pairwire.engine.batch.BatchResults;
import io.pairwire.engine.batch.UnitRecord;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pairwire batch merge}: one result from those of all parts. */
@Command(
        name = "merge",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description =
                "Puts the results of a batch together in the order of its plan: the same bytes however the work was"
                        + " split, and however often it was interrupted.",
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {
            "0:done",
            "1:some file has no result; without --partial nothing is written then",
            "2:wrong usage",
            "3:done, but some input was damaged or cut"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  pairwire batch merge night.plan -o pairs.csv",
            "  pairwire batch merge night.plan from-one/ from-two/ -o pairs.csv",
            "  pairwire batch merge night.plan --partial --report report.json -o pairs.csv"
        })
final class BatchMergeCommand implements Callable<Integer> {
    private static final int BUFFER = 1 << 16;

    private final Streams streams;

    @Parameters(index = "0", paramLabel = "PLAN", description = "The plan.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path plan;

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "DIR",
            description = "Folders with results (default: PLAN.results).")
    private List<Path> folders = List.of();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where to write, replacing what is there (default: standard output).")
    private Optional<Path> output = Optional.empty();

    @Option(names = "--partial", description = "Merge what there is, although some files have no result.")
    private boolean partial;

    @Option(names = "--report", paramLabel = "FILE", description = "Write as JSON what became of every file.")
    private Optional<Path> reportFile = Optional.empty();

    @Option(names = "--quiet", description = "Only errors on standard error: no summary.")
    private boolean quiet;

    @Mixin
    private LoggingOptions logging = new LoggingOptions();

    BatchMergeCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        logging.apply();
        BatchPlan read = BatchPlan.read(plan);
        List<Path> where = folders.isEmpty() ? List.of(Path.of(plan + ".results")) : folders;
        var merge = new BatchMerge(
                read,
                where.stream().map(folder -> new BatchResults(folder, read)).toList());
        var report = new BatchReport(read.units());
        List<UnitRecord> records = merge.records();
        for (int i = 0; i < records.size(); i++) report.found(read.units().get(i), records.get(i));
        if (reportFile.isPresent()) Files.writeString(reportFile.get(), report.json() + "\n");
        if (!quiet) report.tell(streams);
        int code = report.exitCode();
        if (code == ExitCode.FAILED && !partial) {
            streams.tell("nothing was merged; run the batch again, or use --partial");
            return code;
        }
        if (output.isPresent()) {
            Path unfinished = output.get().resolveSibling(output.get().getFileName() + ".tmp");
            try (var to = new BufferedOutputStream(Files.newOutputStream(unfinished), BUFFER)) {
                merge.write(to);
            }
            Files.move(unfinished, output.get(), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } else {
            OutputStream to = new BufferedOutputStream(Channels.newOutputStream(streams.results()), BUFFER);
            merge.write(to);
            to.flush();
        }
        return code;
    }
}
