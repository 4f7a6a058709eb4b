package io.pairwire.engine.pair;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.Packet;
import io.pairwire.capture.PacketHandler;
import io.pairwire.capture.PacketSource;
import io.pairwire.capture.PcapReader;
import io.pairwire.capture.SourceStatistics;
import io.pairwire.engine.Engine;
import io.pairwire.engine.EngineSettings;
import io.pairwire.engine.Ledger;
import io.pairwire.engine.MatchedPair;
import io.pairwire.engine.Outcome;
import io.pairwire.engine.Pairing;
import io.pairwire.engine.RequestSide;
import io.pairwire.engine.ResultSink;
import io.pairwire.testkit.PairOracle;
import io.pairwire.testkit.RandomCaptures;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The engine against the brute-force oracle on random captures. */
@Timeout(300)
class OracleTest {
    private static final int CAPTURES = 1_500;

    /** What a pair is, in the words of both. */
    private record Found(
            long request,
            long response,
            long latencyNanos,
            long latencyLastNanos,
            boolean retransmitted,
            boolean reordered,
            boolean inbound) {}

    @ParameterizedTest
    @CsvSource({
        "ANY,EARLIER,1,0",
        "ANY,EARLIER,1,1",
        "FLIP,EARLIER,1,1",
        "SAME,EARLIER,1,1",
        "ANY,EXTERNAL,1,1",
        "FLIP,INTERNAL,1,0",
        "ANY,EARLIER,2,1",
        "SAME,EXTERNAL,5,1"
    })
    void engine_and_oracle_find_the_same_pairs_in_the_same_order(
            Pairing pairing, RequestSide side, int threads, double mostLate) throws Exception {
        int captures = threads == 1 ? CAPTURES : CAPTURES / 5;
        long pairs = 0;
        for (long seed = 0; seed < captures; seed++) {
            RandomCaptures.Capture capture = RandomCaptures.of(seed, mostLate);
            PairOracle.Outcome expected = PairOracle.judge(
                    capture.packets(),
                    new PairOracle.Rules(
                            PairOracle.Pairing.valueOf(pairing.name()),
                            PairOracle.RequestSide.valueOf(side.name()),
                            capture.expiryNanos()));
            EngineSettings settings = EngineSettings.defaults()
                    .withPairing(pairing)
                    .withRequestSide(side)
                    .withThreads(threads)
                    .withExpiry(Duration.ofNanos(capture.expiryNanos()))
                    .withQueueSize(seed % 2 == 0 ? 10_000 : 4);
            List<Found> found = new ArrayList<>();
            Outcome outcome = run(capture.pcap(), settings, found);

            String where = "seed " + seed;
            List<Found> wanted =
                    expected.pairs().stream().map(OracleTest::found).toList();
            for (int i = 0; i < Math.min(wanted.size(), found.size()); i++) {
                assertEquals(wanted.get(i), found.get(i), where);
            }
            assertEquals(wanted.size(), found.size(), where);
            Ledger ledger = outcome.statistics().ledger();
            assertTrue(ledger.balances(), where);
            assertEquals(capture.read(), ledger.read(), where);
            assertEquals(expected.expired(), ledger.expired(), where);
            assertEquals(expected.unmatched(), ledger.unmatched(), where);
            assertEquals(expected.retransmissions(), outcome.statistics().retransmissions(), where);
            pairs += found.size();
        }
        assertTrue(pairs > captures, "the captures hold pairs: " + pairs);
    }

    private static Found found(PairOracle.Pair pair) {
        return new Found(
                pair.request().number(),
                pair.response().number(),
                pair.latencyNanos(),
                pair.latencyLastNanos(),
                pair.retransmitted(),
                pair.reordered(),
                pair.inbound());
    }

    private static Outcome run(byte[] pcap, EngineSettings settings, List<Found> found) throws Exception {
        var sink = new ResultSink() {
            @Override
            public void write(MatchedPair pair) {
                found.add(new Found(
                        pair.requestPacket(),
                        pair.responsePacket(),
                        pair.latencyNanos(),
                        pair.latencyLastNanos(),
                        pair.isRetransmitted(),
                        pair.isReordered(),
                        pair.isInbound()));
            }

            @Override
            public void flush() {}

            @Override
            public long written() {
                return found.size();
            }

            @Override
            public void close() {}
        };
        Engine engine =
                PairEngine.builder(new OneReader(pcap), settings).sink(sink).build();
        engine.start();
        return engine.awaitEnd();
    }

    /** A capture in memory as a source. */
    private static final class OneReader implements PacketSource {
        private final PcapReader reader;
        private final Packet packet = new Packet().from(0, 0);
        private volatile long packets;

        OneReader(byte[] pcap) throws IOException {
            reader = PcapReader.open(Channels.newChannel(new ByteArrayInputStream(pcap)), 4096);
        }

        @Override
        public int poll(PacketHandler handler, int limit) throws IOException {
            int handed = 0;
            while (handed < limit && reader.next(packet)) {
                handed++;
                handler.onPacket(packet);
            }
            packets += handed;
            return handed == 0 ? END : handed;
        }

        @Override
        public String fileName(int file) {
            return "memory";
        }

        @Override
        public SourceStatistics statistics() {
            return new SourceStatistics(1, 0, 0, packets, 0, 0, List.of());
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }
}
