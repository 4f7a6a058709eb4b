package io.pairwire.cli;

import io.pairwire.capture.Packet;
import io.pairwire.engine.EngineSettings;
import io.pairwire.engine.Outcome;
import io.pairwire.engine.PairObserver;
import io.pairwire.engine.series.GroupBy;
import io.pairwire.engine.series.GroupIndex;
import io.pairwire.engine.series.IntervalLatencies;
import io.pairwire.engine.series.LatencyGroups;
import io.pairwire.engine.series.TimeSeries;
import io.pairwire.engine.store.GivenUp;
import io.pairwire.output.GroupsFile;
import io.pairwire.output.HistogramFile;
import io.pairwire.output.HistogramLog;
import io.pairwire.output.Percentiles;
import io.pairwire.output.SeriesFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Gathers what {@link LatencyOptions} ask for while a run goes on, and writes it at the end. */
final class LatencyFiles implements EndFiles, Closeable {
    private final LatencyOptions options;
    private final Optional<Path> histogram;
    private final Percentiles percentiles;
    private final List<LatencyGroups> groups = new ArrayList<>();
    private final List<PairObserver> observers = new ArrayList<>();
    private final Optional<TimeSeries> series;
    private final Optional<HistogramLog> log;

    /**
     * @param histogram where the distribution of all latencies goes
     * @throws IOException if a file that is written along cannot be opened
     */
    LatencyFiles(LatencyOptions options, Optional<Path> histogram, EngineSettings settings, Percentiles percentiles)
            throws IOException {
        this.options = options;
        this.histogram = histogram;
        this.percentiles = percentiles;
        long expiryNanos = settings.expiry().toNanos();
        for (var by : options.groupBy) groups.add(new LatencyGroups(index(by), expiryNanos));
        observers.addAll(groups);
        series = options.seriesFile.map(
                _ -> new TimeSeries(options.interval, percentiles.percents(), settings.expiry()));
        series.ifPresent(observers::add);
        log = options.logFile.isPresent() ? Optional.of(new HistogramLog(options.logFile.get())) : Optional.empty();
        if (!options.cutsIntoIntervals()) return;
        var indexes =
                log.isPresent() ? options.groupBy.stream().map(this::index).toList() : List.<GroupIndex>of();
        observers.add(new IntervalLatencies(options.interval, settings.expiry(), indexes, interval -> {
            if (series.isPresent()) series.get().onInterval(interval);
            if (log.isPresent()) log.get().onInterval(interval);
        }));
    }

    private GroupIndex index(GroupBy by) {
        return new GroupIndex(by, options.maxGroups);
    }

    /** Who wants to see each pair. */
    List<PairObserver> observers() {
        return observers;
    }

    /** The filter with what wants to see each packet in front of it. */
    Predicate<Packet> counting(Predicate<Packet> filter) {
        return series.isPresent() ? series.get().counting(filter) : filter;
    }

    /** Who wants to know what one store gives up. */
    GivenUp givenUp() {
        return series.map(TimeSeries::givenUp).orElse(GivenUp.NOBODY);
    }

    @Override
    public void write(Outcome outcome) throws IOException {
        var all = groups.stream().flatMap(each -> each.groups().stream()).toList();
        if (options.groupsFile.isPresent()) GroupsFile.write(options.groupsFile.get(), all, percentiles);
        if (histogram.isPresent()) {
            for (var group : all) HistogramFile.write(HistogramFile.ofGroup(histogram.get(), group), group.latencies());
        }
        if (series.isPresent()) {
            SeriesFile.write(options.seriesFile.orElseThrow(), series.get().rows(), percentiles);
        }
        if (log.isPresent()) log.get().commit();
    }

    @Override
    public void close() throws IOException {
        if (log.isPresent()) log.get().close();
    }
}
