package io.pairwire.engine.fate;

import io.pairwire.capture.FileSource;
import io.pairwire.decode.LayerDecoder;
import io.pairwire.engine.Engine;
import io.pairwire.engine.EngineSettings;
import io.pairwire.engine.ObservedSink;
import io.pairwire.engine.Outcome;
import io.pairwire.engine.ResultSink;
import io.pairwire.engine.pair.PairEngine;
import io.pairwire.engine.pair.PairMatcher;
import io.pairwire.engine.store.UnmatchedTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** Runs an engine over captures and shows every packet with its fate. */
final class Reviewed {
    private Reviewed() {}

    static Outcome run(
            List<Path> captures, EngineSettings settings, Path temporary, int inMemory, Reviewer... reviewers)
            throws Exception {
        var names = captures.stream().map(Path::toString).toList();
        var span = new CaptureSpan();
        var servers = new ServerEndpoints();
        try (var list = new FateList(temporary, inMemory)) {
            Engine engine = PairEngine.builder(FileSource.open(names), settings)
                    .filter(span.noting(packet -> true))
                    .matcher(list.noting(new PairMatcher(settings, new Random(1))))
                    .stores((expiry, limit) -> new UnmatchedTable(expiry, limit, list.givenUp()))
                    .sink(new ObservedSink(ResultSink.NONE, List.of(list, servers)))
                    .build();
            engine.start();
            Outcome outcome = engine.awaitEnd();
            try (var table = list.table();
                    var source = FileSource.open(names)) {
                var matcher = new PairMatcher(settings, new Random(2));
                new Review(source, packet -> true, new LayerDecoder(), matcher, table, servers, settings, outcome, span)
                        .run(List.of(reviewers), () -> false);
            }
            return outcome;
        }
    }
}
