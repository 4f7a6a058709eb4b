package io.pairwire.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.testkit.PairOracle.Outcome;
import io.pairwire.testkit.PairOracle.Packet;
import io.pairwire.testkit.PairOracle.Pair;
import io.pairwire.testkit.PairOracle.Pairing;
import io.pairwire.testkit.PairOracle.RequestSide;
import io.pairwire.testkit.PairOracle.Rules;
import io.pairwire.testkit.RandomCaptures.Capture;
import java.io.IOException;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RandomCapturesTest {
    private static final long SEEDS = 300;

    private static String essence(Packet packet) {
        return packet.number() + " " + packet.epochNanos() + " " + packet.protocol() + " "
                + packet.source().port() + packet.source().internal() + " "
                + packet.destination().port() + packet.destination().internal() + " " + packet.payload() + " "
                + packet.tcpSequence();
    }

    private static Outcome judge(Capture capture) {
        return PairOracle.judge(capture.packets(), new Rules(Pairing.ANY, RequestSide.EARLIER, capture.expiryNanos()));
    }

    @Test
    void a_seed_gives_the_same_capture_again() {
        assertArrayEquals(RandomCaptures.of(7).pcap(), RandomCaptures.of(7).pcap());
    }

    @Test
    void the_list_is_what_the_capture_holds() throws IOException {
        for (long seed = 0; seed < SEEDS; seed++) {
            Capture capture = RandomCaptures.of(seed);
            OracleInput input = OracleInput.of(capture.pcap());
            assertEquals(capture.read(), input.read(), "seed " + seed);
            assertEquals(
                    capture.packets().stream().map(RandomCapturesTest::essence).toList(),
                    input.packets().stream().map(RandomCapturesTest::essence).toList(),
                    "seed " + seed);
        }
    }

    @Test
    void the_captures_hold_everything_that_can_go_wrong() {
        List<Outcome> outcomes = LongStream.range(0, SEEDS)
                .mapToObj(seed -> judge(RandomCaptures.of(seed)))
                .toList();
        List<Pair> pairs = outcomes.stream().flatMap(o -> o.pairs().stream()).toList();
        assertTrue(pairs.size() > 5 * SEEDS, "pairs: " + pairs.size());
        assertTrue(pairs.stream().anyMatch(Pair::retransmitted));
        assertTrue(pairs.stream().anyMatch(Pair::reordered));
        assertTrue(pairs.stream().anyMatch(Pair::inbound));
        assertTrue(pairs.stream().anyMatch(pair -> pair.latencyNanos() == 0));
        assertTrue(pairs.stream().anyMatch(pair -> pair.latencyLastNanos() < 0));
        assertTrue(pairs.stream()
                .anyMatch(pair -> pair.request().source().equals(pair.request().destination())));
        assertTrue(pairs.stream()
                .anyMatch(pair -> pair.request().protocol() != pair.response().protocol()));
        assertTrue(outcomes.stream().anyMatch(outcome -> outcome.expired() > 0));
        assertTrue(outcomes.stream().anyMatch(outcome -> outcome.unmatched() > 0));
        assertTrue(outcomes.stream().anyMatch(outcome -> outcome.retransmissions() > 0));
    }

    @Test
    void a_capture_without_lateness_is_in_the_order_of_time() {
        for (long seed = 0; seed < SEEDS; seed++) {
            var packets = RandomCaptures.of(seed, 0).packets();
            for (int i = 1; i < packets.size(); i++) {
                assertTrue(packets.get(i - 1).epochNanos() <= packets.get(i).epochNanos(), "seed " + seed);
            }
        }
    }
}
