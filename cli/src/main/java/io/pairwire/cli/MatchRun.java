package io.pairwire.cli;

import io.pairwire.capture.FileSource;
import io.pairwire.capture.Packet;
import io.pairwire.engine.Engine;
import io.pairwire.engine.EngineSettings;
import io.pairwire.engine.Matcher;
import io.pairwire.engine.ObservedSink;
import io.pairwire.engine.Outcome;
import io.pairwire.engine.PairObserver;
import io.pairwire.engine.ResultSink;
import io.pairwire.engine.pair.PairEngine;
import io.pairwire.engine.pair.PairMatcher;
import io.pairwire.engine.store.GivenUp;
import io.pairwire.engine.store.UnmatchedTable;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import picocli.CommandLine;

/**
 * One run of {@code match}: the engine, and around it whatever was asked to look at packets, pairs or fates. What was not
 * asked for is not there.
 */
final class MatchRun {
    private final FileSource source;
    private final Predicate<Packet> filter;
    private final EngineSettings settings;
    private final Reports reports;
    private final ReportOptions options;
    private final Streams streams;
    private Optional<ReviewFiles> review = Optional.empty();

    MatchRun(
            FileSource source,
            Predicate<Packet> filter,
            EngineSettings settings,
            Reports reports,
            ReportOptions options,
            Streams streams) {
        this.source = source;
        this.filter = filter;
        this.settings = settings;
        this.reports = reports;
        this.options = options;
        this.streams = streams;
    }

    /** Will read the inputs a second time; wrong usage if that is not possible. */
    void reviewing(ReviewOptions asked, CommandLine command) throws IOException {
        for (String input : inputs()) ReviewOptions.checkInput(command, input, asked.files());
        review = Optional.of(new ReviewFiles(asked, asked.condition(command), settings, streams));
    }

    private List<String> inputs() {
        return IntStream.range(0, source.statistics().files())
                .mapToObj(source::fileName)
                .toList();
    }

    private Matcher matcher() {
        return new PairMatcher(settings, new SecureRandom());
    }

    /** Runs to the end; answers the exit code. */
    int to(OutputOptions output, LatencyFiles latencies) throws IOException, InterruptedException {
        try (var metrics = reports.metrics()) { // first: a port that is taken must not touch the output
            return to(metrics.counting(output.open(streams)), latencies, metrics);
        } finally {
            if (review.isPresent()) review.get().close();
        }
    }

    private int to(ResultSink sink, LatencyFiles latencies, MetricsEndpoint metrics) throws InterruptedException {
        Engine engine = engine(sink, latencies);
        metrics.serve(engine);
        try (var signal = StopOnSignal.of(engine, streams)) {
            engine.start();
            var ends = new ArrayList<EndFiles>(List.of(latencies));
            review.ifPresent(files -> ends.add(
                    outcome -> files.write(inputs(), filter, this::matcher, outcome, options.quiet, signal::isAsked)));
            int code = reports.end(outcome(engine), ends);
            signal.finished(code);
            return code;
        }
    }

    private Engine engine(ResultSink sink, LatencyFiles latencies) {
        var observers = new ArrayList<PairObserver>(latencies.observers());
        review.ifPresent(files -> observers.addAll(files.observers()));
        Predicate<Packet> counted = latencies.counting(filter);
        return PairEngine.builder(source, settings)
                .filter(review.isPresent() ? review.get().noting(counted) : counted)
                .matcher(review.isPresent() ? review.get().noting(matcher()) : matcher())
                .stores((expiry, limit) -> new UnmatchedTable(expiry, limit, givenUp(latencies)))
                .sink(observers.isEmpty() ? sink : new ObservedSink(sink, observers))
                .listener(reports)
                .build(); // it closes source and sink
    }

    private GivenUp givenUp(LatencyFiles latencies) {
        GivenUp counting = latencies.givenUp();
        return review.isPresent() ? GivenUp.both(counting, review.get().givenUp()) : counting;
    }

    private Outcome outcome(Engine engine) throws InterruptedException {
        try (var _ = Progress.of(engine, reports.showsProgress(), streams)) {
            return engine.awaitEnd();
        }
    }
}
