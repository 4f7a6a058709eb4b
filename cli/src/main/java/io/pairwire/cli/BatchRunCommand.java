package io.pairwire.cli;

import io.pairwire.engine.batch.BatchPart;
import io.pairwire.engine.batch.BatchPlan;
import io.pairwire.engine.batch.BatchResults;
import io.pairwire.engine.batch.BatchUnit;
import io.pairwire.engine.task.TaskHandle;
import io.pairwire.engine.task.TaskPool;
import io.pairwire.engine.task.TaskSettings;
import io.pairwire.output.HumanText;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pairwire batch run}: does a part of a plan. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        abbreviateSynopsis = true,
        description =
                "Does a plan, or a part of it. What was done before, here or in a run that was interrupted, is not done"
                        + " again. A file that fails, hangs or takes too much memory does not keep the others from being done.",
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {
            "0:all done",
            "1:some file failed, timed out or was skipped",
            "2:wrong usage",
            "3:all done, but some input was damaged or cut"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  pairwire batch run night.plan",
            "  pairwire batch run night.plan --part 2/5 --timeout 10m",
            "  pairwire batch run night.plan --isolate --memory 512M --timeout 1m --json"
        })
final class BatchRunCommand implements Callable<Integer> {
    private static final long SMALLEST_MEMORY = 16_000_000;

    private final Streams streams;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "PLAN", description = "The plan.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path plan;

    @Option(
            names = "--part",
            paramLabel = "I/N",
            description = "Only every Nth file, beginning with the Ith (default: 1/1).")
    private BatchPart part = new BatchPart(1, 1);

    @Option(
            names = {"-o", "--results"},
            paramLabel = "DIR",
            description = "Where results are kept (default: PLAN.results).")
    private Optional<Path> results = Optional.empty();

    @Option(
            names = "--workers",
            paramLabel = "N",
            description = "Files at the same time; 0 for all cores (default: 0).")
    private int workers;

    @Option(names = "--timeout", paramLabel = "TIME", description = "Longest time for a file (default: none).")
    private Optional<Duration> timeout = Optional.empty();

    @Option(names = "--retries", paramLabel = "N", description = "Further attempts after a failure (default: 1).")
    private int retries = 1;

    @Option(
            names = "--isolate",
            description =
                    "Run files in processes of their own, which are ended for sure when their time is over. Without it"
                            + " a thread that does not stop is left behind, goes on taking processor and memory until"
                            + " it ends by itself or the batch does, and another takes its place.")
    private boolean isolate;

    @Option(names = "--memory", paramLabel = "BYTES", description = "Heap of each such process (default: the JVM's).")
    private Optional<ByteCount> memory = Optional.empty();

    @Option(names = "--json", description = "Tell on standard output, as JSON, what became of every file.")
    private boolean json;

    @Option(names = "--quiet", description = "Only errors on standard error: no summary and no progress bar.")
    private boolean quiet;

    @Mixin
    private LoggingOptions logging = new LoggingOptions();

    BatchRunCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        logging.apply();
        TaskSettings settings = settings();
        BatchPlan read = BatchPlan.read(plan);
        var folder = new BatchResults(results.orElse(Path.of(plan + ".results")), read);
        folder.prepare();
        var mine = read.units().stream().filter(part::has).toList();
        var report = new BatchReport(mine);
        var left = new ArrayList<BatchUnit>();
        for (BatchUnit unit : mine) {
            var known = folder.record(unit);
            if (known.state().hasResult()) report.kept(unit, known);
            else left.add(unit);
        }
        // Logging is begun here, as several threads that begin it at once make it complain.
        if (!left.isEmpty()) System.getLogger(BatchRunCommand.class.getName());
        boolean shown = !quiet && streams.errIsTerminal();
        try (var processes = new WorkerProcesses(memory);
                var pool = new TaskPool(settings);
                var _ = Progress.of(report::line, shown, streams)) {
            Optional<WorkerProcesses> apart = isolate ? Optional.of(processes) : Optional.empty();
            run(read, left, folder, report, pool, apart);
        }
        if (json) streams.out().println(report.json());
        streams.out().confirm();
        if (!quiet) report.tell(streams);
        return report.exitCode();
    }

    private TaskSettings settings() {
        if (workers < 0) throw wrong("--workers is negative: " + workers);
        if (retries < 0) throw wrong("--retries is negative: " + retries);
        if (memory.isPresent() && !isolate) throw wrong("--memory goes with --isolate");
        if (memory.isPresent() && memory.get().count() < SMALLEST_MEMORY) {
            throw wrong("--memory is below " + HumanText.count(SMALLEST_MEMORY, "byte"));
        }
        Duration limit = timeout.orElse(TaskSettings.FOR_EVER);
        if (limit.isZero() || limit.isNegative()) throw wrong("--timeout is not above zero: " + limit);
        int count = workers == 0 ? Runtime.getRuntime().availableProcessors() : workers;
        return TaskSettings.defaults().withWorkers(count).withTimeout(limit).withRetries(retries);
    }

    private ParameterException wrong(String what) {
        return new ParameterException(spec.commandLine(), what);
    }

    private static void run(
            BatchPlan plan,
            List<BatchUnit> units,
            BatchResults folder,
            BatchReport report,
            TaskPool pool,
            Optional<WorkerProcesses> processes)
            throws InterruptedException, IOException {
        var handles = new ArrayList<TaskHandle<UnitJob.Ended>>();
        for (BatchUnit unit : units) {
            var handle = pool.submit(new UnitJob(plan, unit, folder, processes));
            // At once and not when all are done: whoever is killed meanwhile goes on from here.
            handle.outcome().thenAccept(outcome -> report.ended(unit, outcome, folder));
            handles.add(handle);
        }
        for (var handle : handles) handle.await();
        report.awaitAll(units.size());
    }
}
