package io.pairwire.output;

import io.pairwire.engine.series.TimeSeries;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A time series as a {@link TableFile}: one row an interval. Names of columns are stable. */
public final class SeriesFile {
    private SeriesFile() {}

    /** Replaces that file. The rest, which has no start, comes last. */
    public static void write(Path path, List<TimeSeries.Row> rows, Percentiles percentiles) throws IOException {
        var columns = new ArrayList<>(List.of("start_ns", "packets", "pairs"));
        percentiles.percents().forEach(percent -> columns.add("p" + Percentiles.text(percent) + "_ns"));
        columns.addAll(List.of("max_ns", "unmatched", "expired", "evicted", "loss_percent"));
        try (var file = new TableFile(path, columns)) {
            for (TimeSeries.Row row : rows) write(file, row);
            file.commit();
        }
    }

    private static void write(TableFile file, TimeSeries.Row row) throws IOException {
        if (row.isRest()) file.nothing();
        else file.number(row.startNanos());
        file.number(row.packets()).number(row.pairs());
        boolean latencies = row.pairs() > 0;
        for (long percentile : row.percentiles()) {
            if (latencies) file.number(percentile);
            else file.nothing();
        }
        if (latencies) file.number(row.largest());
        else file.nothing();
        file.number(row.unmatched()).number(row.expired()).number(row.evicted()).decimal(row.lossPercent());
    }
}
