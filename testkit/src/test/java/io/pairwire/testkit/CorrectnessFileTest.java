package io.pairwire.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.PcapFormat;
import io.pairwire.testkit.CorrectnessFile.Counts;
import io.pairwire.testkit.CorrectnessFile.Expected;
import io.pairwire.testkit.CorrectnessFile.Kind;
import io.pairwire.testkit.PairOracle.Outcome;
import io.pairwire.testkit.PairOracle.Pairing;
import io.pairwire.testkit.PairOracle.RequestSide;
import io.pairwire.testkit.PairOracle.Rules;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorrectnessFileTest {
    private static final PcapFormat NANOSECONDS = PcapFormat.nanoseconds(LinkType.ETHERNET);
    private static final PcapFormat MICROSECONDS = PcapFormat.microseconds(LinkType.ETHERNET);
    private static final Rules RULES = new Rules(Pairing.ANY, RequestSide.EARLIER, CorrectnessFile.EXPIRY_NANOS);

    /** What was written down while the file was made and what brute force finds in it are the same. */
    private static void check(CorrectnessFile file) throws IOException {
        OracleInput input = OracleInput.of(file.bytes());
        Outcome outcome = PairOracle.judge(input.packets(), RULES);
        assertEquals(
                file.expected().stream().map(CorrectnessFileTest::describe).toList(),
                outcome.pairs().stream().map(CorrectnessFileTest::describe).toList());
        var notEligible = new TreeMap<>(input.notEligible());
        if (outcome.retransmissions() > 0) notEligible.put("retransmission", outcome.retransmissions());
        assertEquals(
                file.counts(),
                new Counts(input.read(), outcome.pairs().size(), outcome.expired(), outcome.unmatched(), notEligible));
    }

    private static String describe(Expected pair) {
        return List.of(
                        pair.requestPacket(),
                        pair.responsePacket(),
                        pair.requestNanos(),
                        pair.responseNanos(),
                        pair.latencyNanos(),
                        pair.latencyLastNanos(),
                        pair.requestProtocol(),
                        pair.responseProtocol(),
                        pair.clientPort(),
                        pair.serverPort(),
                        pair.retransmitted(),
                        pair.inbound())
                .toString();
    }

    private static String describe(PairOracle.Pair pair) {
        return List.of(
                        pair.request().number(),
                        pair.response().number(),
                        pair.request().epochNanos(),
                        pair.response().epochNanos(),
                        pair.latencyNanos(),
                        pair.latencyLastNanos(),
                        pair.request().protocol(),
                        pair.response().protocol(),
                        pair.request().source().port(),
                        pair.request().destination().port(),
                        pair.retransmitted(),
                        pair.inbound())
                .toString();
    }

    @Test
    void brute_force_finds_what_the_file_says_in_nanoseconds() throws IOException {
        check(CorrectnessFile.of(60, NANOSECONDS));
    }

    @Test
    void brute_force_finds_what_the_file_says_in_microseconds_of_the_other_byte_order() throws IOException {
        check(CorrectnessFile.of(
                60, new PcapFormat(ByteOrder.BIG_ENDIAN, false, LinkType.ETHERNET, PcapFormat.SNAPLEN)));
    }

    @Test
    void each_kind_can_be_had_alone() throws IOException {
        for (Kind kind : Kind.values()) {
            check(CorrectnessFile.of(20, NANOSECONDS, EnumSet.of(kind), CorrectnessFile.EXPIRY_NANOS));
        }
    }

    @Test
    void each_kind_that_can_match_has_all_its_pairs() {
        CorrectnessFile file = CorrectnessFile.of(100, MICROSECONDS);
        for (Kind kind : Kind.values()) {
            long found =
                    file.expected().stream().filter(pair -> pair.kind() == kind).count();
            assertEquals(kind == Kind.BEYOND_EXPIRY || kind == Kind.NOISE ? 0 : 100, found, kind.name());
        }
    }

    @Test
    void latencies_of_a_kind_differ_from_pair_to_pair() {
        CorrectnessFile file = CorrectnessFile.of(100, NANOSECONDS);
        for (Kind kind : Kind.values()) {
            if (kind == Kind.AT_EXPIRY) continue;
            var pairs =
                    file.expected().stream().filter(pair -> pair.kind() == kind).toList();
            var latencies =
                    new HashSet<>(pairs.stream().map(Expected::latencyNanos).toList());
            assertEquals(pairs.size(), latencies.size(), kind.name());
        }
    }

    @Test
    void kinds_lie_interleaved_in_time() {
        List<Expected> first = CorrectnessFile.of(10, NANOSECONDS).expected().subList(0, 20);
        assertTrue(first.stream().map(Expected::kind).distinct().count() > 10, first.toString());
    }

    @Test
    void every_packet_is_in_one_place() {
        Counts counts = CorrectnessFile.of(50, NANOSECONDS).counts();
        long notEligible = counts.notEligible().values().stream()
                .mapToLong(Long::longValue)
                .sum();
        assertEquals(counts.read(), 2 * counts.matchedPairs() + counts.expired() + counts.unmatched() + notEligible);
    }

    @Test
    void a_file_and_the_bytes_are_the_same(@TempDir Path folder) throws IOException {
        CorrectnessFile file = CorrectnessFile.of(5, NANOSECONDS);
        Path path = folder.resolve("correctness.pcap");
        file.writeTo(path);
        assertArrayEquals(file.bytes(), Files.readAllBytes(path));
    }
}
