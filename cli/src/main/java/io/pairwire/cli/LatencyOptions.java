package io.pairwire.cli;

import io.pairwire.engine.EngineSettings;
import io.pairwire.engine.series.GroupBy;
import io.pairwire.engine.series.IntervalLatencies;
import io.pairwire.memory.DurationText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Latencies in parts: by group and by interval. */
final class LatencyOptions {
    private static final int MOST_GROUPS = 1 << 20;

    @Option(
            names = "--group-by",
            paramLabel = "PART",
            split = ",",
            description = "Groups for --groups, --hgrm and --hlog: kind, server, client, or a network of them such as"
                    + " server/24 or client/16/48 (lengths for IPv4 and IPv6); repeatable.")
    List<GroupBy> groupBy = List.of();

    @Option(
            names = "--max-groups",
            paramLabel = "N",
            description = "Groups of each --group-by; pairs of further ones go to a group 'other' (default: 1000).")
    int maxGroups = 1_000;

    @Option(
            names = "--groups",
            paramLabel = "FILE",
            description =
                    "Write the latencies of each group of --group-by there, as CSV or, if named .jsonl, JSON lines.")
    Optional<Path> groupsFile = Optional.empty();

    @Option(
            names = "--interval",
            paramLabel = "TIME",
            description = "Length of the intervals of --series and --hlog, by the time of capture (default: 1s).")
    Duration interval = Duration.ofSeconds(1);

    @Option(
            names = "--series",
            paramLabel = "FILE",
            description = "Write what happened in each interval there: packets, pairs, percentiles, unmatched, expired,"
                    + " loss; as CSV or, if named .jsonl, JSON lines.")
    Optional<Path> seriesFile = Optional.empty();

    @Option(
            names = "--hlog",
            paramLabel = "FILE",
            description = "Write the distribution of latencies of each interval, and of each group in it, there as an"
                    + " HdrHistogram log.")
    Optional<Path> logFile = Optional.empty();

    LatencyOptions() {}

    /** Refuses what contradicts itself or cannot be done. */
    void check(CommandLine command, EngineSettings settings) {
        if (groupsFile.isPresent() && groupBy.isEmpty()) {
            throw new ParameterException(command, "--groups needs --group-by, such as --group-by server/24");
        }
        if (maxGroups < 1 || maxGroups > MOST_GROUPS) {
            throw new ParameterException(command, "--max-groups is not in 1.." + MOST_GROUPS + ": " + maxGroups);
        }
        if (!cutsIntoIntervals()) return;
        Duration shortest = IntervalLatencies.shortest(settings.expiry());
        if (interval.compareTo(shortest) < 0) {
            throw new ParameterException(
                    command,
                    "--interval is too short for an --expiry of "
                            + DurationText.format(settings.expiry().toNanos()) + ", shorter than "
                            + DurationText.format(shortest.toNanos()) + ": " + DurationText.format(interval.toNanos()));
        }
    }

    /** Is anything asked for by interval? */
    boolean cutsIntoIntervals() {
        return seriesFile.isPresent() || logFile.isPresent();
    }
}
