package io.pairwire.examples;

import io.pairwire.capture.FileSource;
import io.pairwire.engine.Engine;
import io.pairwire.engine.EngineSettings;
import io.pairwire.engine.Outcome;
import io.pairwire.engine.Pairing;
import io.pairwire.engine.pair.PairEngine;
import io.pairwire.output.CsvSink;
import io.pairwire.output.OutputFile;
import io.pairwire.output.Percentiles;
import io.pairwire.output.Summary;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A capture in, a table of pairs out: shows settings, a sink that writes a file, and where every packet went.
 *
 * <p>{@code CaptureToPairs gateway.pcap pairs.csv} prints the summary that {@code pairwire match} prints.
 */
public final class CaptureToPairs {
    private CaptureToPairs() {}

    /** @param arguments a capture, and the file for the pairs */
    public static void main(String... arguments) throws IOException, InterruptedException {
        EngineSettings settings = EngineSettings.defaults()
                .withPairing(Pairing.FLIP) // one side speaks UDP, the other TCP
                .withExpiry(Duration.ofSeconds(5));
        Engine engine = PairEngine.builder(FileSource.open(List.of(arguments[0])), settings)
                .sink(new CsvSink(OutputFile.replace(Path.of(arguments[1])), true))
                .build();
        engine.start();
        Outcome outcome = engine.awaitEnd(); // source and sink are closed now
        if (outcome.failure().isPresent())
            throw new IOException("cut short", outcome.failure().get());
        System.out.print(Summary.of(outcome.statistics(), outcome.latencies(), Percentiles.USUAL));
        outcome.statistics().source().damages().forEach(System.err::println);
    }
}
