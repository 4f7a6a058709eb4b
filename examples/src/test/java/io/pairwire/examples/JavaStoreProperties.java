package io.pairwire.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.FileSource;
import io.pairwire.engine.Engine;
import io.pairwire.engine.EngineSettings;
import io.pairwire.engine.Ledger;
import io.pairwire.engine.MatchedPair;
import io.pairwire.engine.Outcome;
import io.pairwire.engine.pair.PairMatcher;
import io.pairwire.engine.store.UnmatchedStore;
import io.pairwire.engine.store.UnmatchedTable;
import io.pairwire.testkit.RandomCaptures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Which store stands behind our matcher cannot be told from what comes out. */
class JavaStoreProperties {
    private static Path capture = Path.of("");

    private record Result(List<MatchedPair.Fields> pairs, Ledger ledger) {}

    @BeforeContainer
    static void makeRoom() throws IOException {
        capture = Files.createTempFile("random", ".pcap");
    }

    @AfterContainer
    static void tidy() throws IOException {
        Files.delete(capture);
    }

    @Property(tries = 500)
    void the_plain_store_and_ours_give_the_same_pairs_and_the_same_accounts(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int threads, @ForAll boolean crowded)
            throws Exception {
        RandomCaptures.Capture traffic = RandomCaptures.of(seed);
        Files.write(capture, traffic.pcap());
        EngineSettings settings = EngineSettings.defaults()
                .withThreads(threads)
                .withShards(2)
                .withMaxUnmatched(crowded ? 8 : 1_000)
                .withExpiry(Duration.ofNanos(traffic.expiryNanos()));
        Result expected = run(settings, UnmatchedTable::new);
        assertEquals(expected, run(settings, JavaStore::new));
        assertTrue(expected.ledger().balances());
    }

    private static Result run(EngineSettings settings, UnmatchedStore.Factory stores) throws Exception {
        var pairs = new SlowestPairs(1_000);
        // The same secrets in both runs: they choose the shard, and with it what a full one evicts.
        Engine engine = Engine.builder()
                .source(FileSource.open(List.of(capture.toString())))
                .matcher(new PairMatcher(settings, new Random(1)))
                .settings(settings)
                .stores(stores)
                .sink(pairs)
                .build();
        engine.start();
        Outcome outcome = engine.awaitEnd();
        return new Result(pairs.pairs(), outcome.statistics().ledger());
    }
}
