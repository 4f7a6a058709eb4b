package io.pairwire.output;

import io.pairwire.engine.Latencies;
import io.pairwire.engine.series.LatencyGroups;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Latencies by group as a {@link TableFile}: one row a group. Names of columns are stable. */
public final class GroupsFile {
    private GroupsFile() {}

    /** Replaces that file. */
    public static void write(Path path, List<LatencyGroups.Group> groups, Percentiles percentiles) throws IOException {
        var columns = new ArrayList<>(List.of("group_by", "group", "pairs", "negative", "min_ns", "mean_ns", "max_ns"));
        percentiles.percents().forEach(percent -> columns.add("p" + Percentiles.text(percent) + "_ns"));
        try (var file = new TableFile(path, columns)) {
            for (LatencyGroups.Group group : groups) write(file, group, percentiles);
            file.commit();
        }
    }

    private static void write(TableFile file, LatencyGroups.Group group, Percentiles percentiles) throws IOException {
        Latencies latencies = group.latencies();
        file.text(group.by().name()).text(group.name());
        file.number(latencies.count()).number(latencies.negative());
        file.number(latencies.smallest()).number(Math.round(latencies.mean())).number(latencies.largest());
        for (double percent : percentiles.percents()) file.number(latencies.percentile(percent));
    }
}
