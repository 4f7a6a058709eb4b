package io.pairwire.engine.pair;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.FileSource;
import io.pairwire.engine.Engine;
import io.pairwire.engine.EngineSettings;
import io.pairwire.engine.Ledger;
import io.pairwire.engine.MatchedPair;
import io.pairwire.engine.ResultSink;
import io.pairwire.testkit.RandomCaptures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every run of an engine draws secrets of its own; its answer is that of the run before, also when stores are full. */
@Timeout(120)
class SameAnswerTest {
    private record Answer(List<MatchedPair.Fields> pairs, Ledger ledger) {}

    @Test
    void what_a_full_store_gives_up_is_the_same_in_every_run_and_for_any_number_of_threads(@TempDir Path folder)
            throws Exception {
        long evicted = 0;
        for (long seed = 0; seed < 40; seed++) {
            Path capture = folder.resolve("random.pcap");
            Files.write(capture, RandomCaptures.of(seed).pcap());
            Answer first = run(capture, 1);
            for (int threads : new int[] {1, 1, 2, 5}) assertEquals(first, run(capture, threads), "seed " + seed);
            evicted += first.ledger().dropped().get("store").get("evicted");
        }
        assertTrue(evicted > 100, "the stores were full: " + evicted);
    }

    private static Answer run(Path capture, int threads) throws Exception {
        EngineSettings settings =
                EngineSettings.defaults().withThreads(threads).withShards(3).withMaxUnmatched(6);
        List<MatchedPair.Fields> pairs = new ArrayList<>();
        var sink = new ResultSink() {
            @Override
            public void write(MatchedPair pair) {
                pairs.add(pair.fields());
            }

            @Override
            public void flush() {}

            @Override
            public long written() {
                return pairs.size();
            }

            @Override
            public void close() {}
        };
        Engine engine = PairEngine.builder(FileSource.open(List.of(capture.toString())), settings)
                .sink(sink)
                .build();
        engine.start();
        Ledger ledger = engine.awaitEnd().statistics().ledger();
        return new Answer(pairs, ledger);
    }
}
