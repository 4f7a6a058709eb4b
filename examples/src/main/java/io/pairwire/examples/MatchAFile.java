package io.pairwire.examples;

import io.pairwire.capture.FileSource;
import io.pairwire.engine.Engine;
import io.pairwire.engine.EngineSettings;
import io.pairwire.engine.Outcome;
import io.pairwire.engine.ResultSink;
import io.pairwire.engine.pair.PairEngine;
import io.pairwire.output.HumanText;
import java.io.IOException;
import java.util.List;

/**
 * The shortest useful program: how long did requests take in these captures? Shows how an engine is put together, run,
 * and asked.
 *
 * <p>{@code MatchAFile gateway.pcap} prints {@code 992 pairs, p50 943.103 us, p99 3.430 ms}.
 */
public final class MatchAFile {
    private MatchAFile() {}

    /** @param arguments captures, or folders of them */
    public static void main(String... arguments) throws IOException, InterruptedException {
        Engine engine = PairEngine.builder(FileSource.open(List.of(arguments)), EngineSettings.defaults())
                .sink(ResultSink.NONE)
                .build();
        engine.start();
        Outcome outcome = engine.awaitEnd();
        var latencies = outcome.latencies();
        System.out.println(HumanText.count(latencies.count(), "pair")
                + ", p50 " + HumanText.duration(latencies.percentile(50))
                + ", p99 " + HumanText.duration(latencies.percentile(99)));
    }
}
