package io.pairwire.cli;

import io.pairwire.output.Percentiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What is told about a run besides its results. */
final class ReportOptions {
    @Option(names = "--quiet", description = "Only errors on standard error: no statistics, summary or progress bar.")
    boolean quiet;

    @Option(
            names = "--stats-interval",
            paramLabel = "TIME",
            description = "How often statistics are printed on standard error; 0 for never (default: as"
                    + " --cleanup-interval, 5s).")
    Optional<Duration> interval = Optional.empty();

    @Option(
            names = "--stats-file",
            paramLabel = "FILE",
            description = "Write statistics there as JSON at the end, also after a failure; with --percentiles"
                    + " latencies too.")
    Optional<Path> statisticsFile = Optional.empty();

    @Option(
            names = {"--prometheus-file", "--prometheus"},
            paramLabel = "FILE",
            description = "Write statistics there in the Prometheus text format, at each --stats-interval and at the"
                    + " end.")
    Optional<Path> prometheusFile = Optional.empty();

    @Option(
            names = "--metrics-port",
            paramLabel = "PORT",
            description =
                    "Answer /metrics (Prometheus), /stats.json and /stats.txt over HTTP at 127.0.0.1 while the run goes"
                            + " on; 0 for any free port.")
    Optional<Integer> metricsPort = Optional.empty();

    @Option(
            names = "--percentiles",
            paramLabel = "P,P",
            description = "Percentiles of latency to report (default: 50,90,99,99.9).")
    Optional<Percentiles> percentiles = Optional.empty();

    @Option(
            names = "--hgrm",
            paramLabel = "FILE",
            description = "Write the distribution of latencies there as an HdrHistogram file, in nanoseconds.")
    Optional<Path> histogramFile = Optional.empty();

    @Option(
            names = "--fail-if",
            paramLabel = "CHECK",
            description =
                    "End with exit code 4 if that is so: p99>5ms, unmatched>0, loss>0.1%%; repeatable. Names: pNN,"
                            + " min, mean, max, loss (unmatched, expired and dropped in proportion to eligible packets),"
                            + " read, pairs, unmatched, expired, unpaired (both), dropped, not_eligible, retransmissions,"
                            + " negative, damaged_files.")
    List<Check> checks = List.of();

    ReportOptions() {}

    /** Refuses what is out of range. */
    void check(CommandLine command) {
        metricsPort.filter(port -> port < 0 || port > 65_535).ifPresent(port -> {
            throw new ParameterException(command, "--metrics-port is not in 0..65535: " + port);
        });
    }

    /** The same for a command that writes statistics of its own there. */
    ReportOptions withoutStatisticsFile() {
        var other = new ReportOptions();
        other.quiet = quiet;
        other.interval = interval;
        other.prometheusFile = prometheusFile;
        other.metricsPort = metricsPort;
        other.percentiles = percentiles;
        other.histogramFile = histogramFile;
        other.checks = checks;
        return other;
    }
}
