package io.pairwire.cli;

import io.pairwire.capture.SourceStatistics;
import io.pairwire.engine.EngineStatistics;
import io.pairwire.engine.Outcome;
import io.pairwire.engine.StatisticsListener;
import io.pairwire.output.HistogramFile;
import io.pairwire.output.HumanText;
import io.pairwire.output.Percentiles;
import io.pairwire.output.PrometheusText;
import io.pairwire.output.StatisticsJson;
import io.pairwire.output.StatisticsLine;
import io.pairwire.output.Summary;
import io.pairwire.output.TextFile;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Tells about a run: while it goes on, and at its end. */
final class Reports implements StatisticsListener {
    /** Damaged inputs told one by one; the rest is only counted. */
    private static final int DAMAGES = 20;

    private final ReportOptions options;
    private final Duration interval;
    private final Streams streams;
    private final Percentiles percentiles;
    private volatile boolean viewed;

    /**
     * @param interval the time between reports; zero for only one at the end
     */
    Reports(ReportOptions options, Duration interval, Streams streams) {
        this.options = options;
        this.interval = interval;
        this.streams = streams;
        percentiles = options.percentiles.orElse(Percentiles.USUAL);
    }

    /** What the engine calls at each interval and once at the end; a shorter run has its summary instead. */
    @Override
    public void report(EngineStatistics statistics) {
        if (interval.isZero() || statistics.elapsedNanos() < interval.toNanos()) return;
        if (!options.quiet && !viewed)
            streams.err().println(Progress.overwriting(streams) + StatisticsLine.of(statistics));
        options.prometheusFile.ifPresent(file -> written(() -> TextFile.write(file, PrometheusText.of(statistics))));
    }

    /** Which percentiles to tell. */
    Percentiles percentiles() {
        return percentiles;
    }

    /** Something else shows how things go: no lines of statistics meanwhile. */
    void viewed(boolean viewed) {
        this.viewed = viewed;
    }

    /** What {@code --metrics-port} asks for; to be closed when the run is over. */
    MetricsEndpoint metrics() throws IOException {
        return new MetricsEndpoint(options, streams);
    }

    boolean isQuiet() {
        return options.quiet;
    }

    boolean showsProgress() {
        return !options.quiet && streams.errIsTerminal();
    }

    /** Tells how a run ended and answers the exit code. */
    int end(Outcome outcome) {
        return end(outcome, List.of());
    }

    /** Tells how a run ended, writes the files that were asked for, and answers the exit code. */
    int end(Outcome outcome, List<EndFiles> files) {
        var statistics = outcome.statistics();
        boolean failed = outcome.stuck() || outcome.failure().isPresent();
        tellDamages(statistics.source());
        outcome.failure().ifPresent(failure -> Failures.tell(failure, streams));
        if (outcome.stuck()) streams.tell("the output did not take its results in time");
        if (failed) tellWritten(statistics);
        if (!options.quiet) streams.err().print(Summary.of(statistics, outcome.latencies(), percentiles));
        if (!failed) {
            for (EndFiles each : files) failed |= !written(() -> each.write(outcome));
        }
        failed |= !writeFiles(outcome);
        boolean checkFailed = tellChecks(outcome);
        if (failed) return ExitCode.FAILED;
        if (checkFailed) return ExitCode.CHECK_FAILED;
        return statistics.source().damagedFiles() > 0 ? ExitCode.DAMAGED_INPUT : ExitCode.DONE;
    }

    private void tellDamages(SourceStatistics source) {
        source.damages().stream().limit(DAMAGES).forEach(damage -> streams.tell(damage.toString()));
        int more = source.damagedFiles() - DAMAGES;
        if (more > 0) streams.tell("... and " + HumanText.count(more, "more damaged input"));
    }

    private void tellWritten(EngineStatistics statistics) {
        streams.tell(HumanText.count(statistics.resultsWritten()) + " results were written, "
                + HumanText.count(statistics.failedWrites()) + " were not");
    }

    private boolean writeFiles(Outcome outcome) {
        var statistics = outcome.statistics();
        var latencies = outcome.latencies();
        boolean done = options.statisticsFile
                .map(file -> written(() -> TextFile.write(
                        file,
                        options.percentiles.isEmpty()
                                ? StatisticsJson.of(statistics)
                                : StatisticsJson.of(statistics, latencies, percentiles))))
                .orElse(true);
        done &= options.prometheusFile
                .map(file -> written(() -> TextFile.write(file, PrometheusText.of(statistics, latencies, percentiles))))
                .orElse(true);
        done &= options.histogramFile
                .map(file -> written(() -> HistogramFile.write(file, latencies)))
                .orElse(true);
        return done;
    }

    private boolean tellChecks(Outcome outcome) {
        boolean anyFailed = false;
        for (Check check : options.checks) {
            Optional<String> failure = check.failure(outcome);
            failure.ifPresent(streams::tell);
            anyFailed |= failure.isPresent();
        }
        return anyFailed;
    }

    private interface Writing {
        void run() throws IOException;
    }

    private boolean written(Writing writing) {
        try {
            writing.run();
            return true;
        } catch (IOException e) {
            Failures.tell(e, streams);
            return false;
        }
    }
}
