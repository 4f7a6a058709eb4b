package io.pairwire.engine.generate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.PcapFormat;
import io.pairwire.capture.PcapWriter;
import io.pairwire.testkit.OracleInput;
import io.pairwire.testkit.PairOracle;
import io.pairwire.testkit.PairOracle.Outcome;
import io.pairwire.testkit.PairOracle.Packet;
import io.pairwire.testkit.PairOracle.Pair;
import io.pairwire.testkit.PairOracle.Pairing;
import io.pairwire.testkit.PairOracle.RequestSide;
import io.pairwire.testkit.PairOracle.Rules;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrafficGeneratorTest {
    private static final long CRC_OF_ALL_PROFILES = 3_087_433_228L;
    private static final Rules ANY = new Rules(Pairing.ANY, RequestSide.EARLIER, 30_000_000_000L);

    /** What the generator says it wrote, and the captures. */
    private record Run(Written written, List<byte[]> captures) {
        OracleInput input(int capture) throws IOException {
            return OracleInput.of(captures.get(capture));
        }
    }

    private static Run run(TrafficPlan plan) throws IOException {
        var streams = new ArrayList<ByteArrayOutputStream>();
        var writers = new ArrayList<PcapWriter>();
        for (int i = 0; i < plan.profile().captures(); i++) {
            streams.add(new ByteArrayOutputStream());
            writers.add(new PcapWriter(Channels.newChannel(streams.getLast()), plan.format()));
        }
        Written written = TrafficGenerator.write(plan, writers);
        return new Run(
                written,
                streams.stream().map(ByteArrayOutputStream::toByteArray).toList());
    }

    private static TrafficPlan.Builder troubled(Profile profile) {
        return TrafficPlan.builder(profile)
                .pairs(600)
                .flows(20)
                .loss(0.05)
                .duplicates(0.1)
                .reorder(0.1)
                .unanswered(0.05)
                .noise(0.2)
                .latency(new Delay.Uniform(0, 3_000_000))
                .format(PcapFormat.nanoseconds(LinkType.ETHERNET));
    }

    private static void check(Written.Capture said, OracleInput input) {
        Outcome outcome = PairOracle.judge(input.packets(), ANY);
        var notEligible = new TreeMap<>(input.notEligible());
        if (outcome.retransmissions() > 0) notEligible.put("retransmission", outcome.retransmissions());
        assertEquals(said.packets(), input.read());
        assertEquals(said.matches(), outcome.pairs().size());
        assertEquals(said.notEligible(), notEligible);
    }

    @ParameterizedTest
    @EnumSource
    void what_it_counts_is_what_brute_force_finds(Profile profile) throws IOException {
        Run run = run(troubled(profile).build());
        for (int i = 0; i < profile.captures(); i++)
            check(run.written.captures().get(i), run.input(i));
    }

    @ParameterizedTest
    @EnumSource
    void without_trouble_every_request_is_answered_in_the_order_of_time(Profile profile) throws IOException {
        Run run = run(TrafficPlan.builder(profile).unanswered(0).build());
        for (int i = 0; i < profile.captures(); i++) {
            Written.Capture said = run.written.captures().get(i);
            check(said, run.input(i));
            assertEquals(1_000, said.matches());
            assertEquals(1_000, said.answered());
            assertEquals(0, said.lost() + said.duplicates() + said.reordered());
            assertEquals(0, outOfOrder(run.input(i).packets()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void equal_plans_make_equal_bytes_and_another_seed_makes_others(Profile profile) throws IOException {
        Run first = run(troubled(profile).build());
        Run again = run(troubled(profile).build());
        Run other = run(troubled(profile).seed(2).build());
        for (int i = 0; i < profile.captures(); i++) {
            assertArrayEquals(first.captures.get(i), again.captures.get(i));
            assertFalse(Arrays.equals(first.captures.get(i), other.captures.get(i)));
        }
    }

    /** People describe captures by options and seed: a change of this sum breaks their captures. */
    @Test
    void the_bytes_of_a_plan_never_change() throws IOException {
        var sum = new CRC32C();
        for (Profile profile : Profile.values()) {
            for (byte[] capture : run(troubled(profile)
                            .latency(new Delay.LogNormal(1_000_000, 0.5))
                            .build())
                    .captures()) {
                sum.update(capture);
            }
        }
        assertEquals(CRC_OF_ALL_PROFILES, sum.getValue());
    }

    @Test
    void gateway_latencies_are_exactly_as_planned() throws IOException {
        Run run =
                run(TrafficPlan.builder(Profile.GATEWAY).pairs(2_000).flows(300).build());
        List<Pair> pairs = PairOracle.judge(run.input(0).packets(), ANY).pairs();
        assertEquals(2_000, pairs.size());
        for (Pair pair : pairs) {
            assertEquals(1_000_000, pair.latencyNanos());
            assertEquals(PairOracle.UDP, pair.request().protocol());
            assertEquals(PairOracle.TCP, pair.response().protocol());
            assertEquals(128, pair.request().payload().length());
            assertTrue(pair.inbound());
        }
        assertEquals(
                300,
                pairs.stream().map(pair -> pair.request().source()).distinct().count());
        assertEquals(
                5_000,
                pairs.get(1).request().epochNanos() - pairs.get(0).request().epochNanos());
    }

    @Test
    void payloads_from_eight_bytes_are_unique() throws IOException {
        Run run = run(TrafficPlan.builder(Profile.GATEWAY)
                .pairs(5_000)
                .flows(1)
                .payload(8, 8)
                .build());
        var payloads = new HashSet<String>();
        for (Packet packet : run.input(0).packets()) payloads.add(packet.payload());
        assertEquals(5_000, payloads.size());
    }

    @Test
    void lengths_and_latencies_reach_both_ends_of_their_range() throws IOException {
        Run run = run(TrafficPlan.builder(Profile.REQUEST_RESPONSE)
                .pairs(3_000)
                .payload(10, 20)
                .latency(new Delay.Uniform(5_000, 15_000))
                .build());
        List<Pair> pairs = PairOracle.judge(run.input(0).packets(), ANY).pairs();
        var lengths = pairs.stream()
                .mapToInt(pair -> pair.request().payload().length() / 2)
                .summaryStatistics();
        var latencies = pairs.stream().mapToLong(Pair::latencyNanos).summaryStatistics();
        assertEquals(10, lengths.getMin());
        assertEquals(20, lengths.getMax());
        assertEquals(5_000, latencies.getMin());
        assertEquals(15_000, latencies.getMax());
    }

    @Test
    void tcp_sequence_numbers_advance_by_the_payload_whatever_the_latencies() throws IOException {
        Run run = run(TrafficPlan.builder(Profile.REQUEST_RESPONSE)
                .pairs(3_000)
                .flows(4)
                .payload(10, 2_000)
                .latency(new Delay.Uniform(0, 5_000_000))
                .build());
        var next = new HashMap<Object, Long>();
        for (Packet packet : run.input(0).packets()) {
            if (packet.protocol() != PairOracle.TCP) continue;
            long end = packet.tcpSequence() + packet.payload().length() / 2;
            Long expected = next.put(packet.source(), end & 0xffff_ffffL);
            if (expected != null) assertEquals(expected, packet.tcpSequence());
        }
        assertEquals(4, next.size());
    }

    @Test
    void loss_duplicates_and_reordering_come_as_often_as_asked() throws IOException {
        Run run = run(TrafficPlan.builder(Profile.REQUEST_RESPONSE)
                .pairs(20_000)
                .loss(0.01)
                .duplicates(0.02)
                .reorder(0.05)
                .unanswered(0.03)
                .build());
        Written.Capture capture = run.written.captures().getFirst();
        assertNear(0.01 * 40_000, capture.lost());
        assertNear(0.02 * 39_400, capture.duplicates());
        assertNear(0.05 * 40_000, capture.reordered());
        assertNear(0.03 * 20_000, run.written.unanswered());
        assertEquals(capture.reordered(), outOfOrder(run.input(0).packets()));
    }

    private static void assertNear(double expected, long actual) {
        assertTrue(Math.abs(actual - expected) < expected / 5, "expected about " + expected + ", got " + actual);
    }

    private static long outOfOrder(List<Packet> packets) {
        long latest = Long.MIN_VALUE;
        long count = 0;
        for (Packet packet : packets) {
            if (packet.epochNanos() < latest) count++;
            latest = Math.max(latest, packet.epochNanos());
        }
        return count;
    }

    @Test
    void mixed_traffic_has_590_bytes_a_packet_in_the_mean() throws IOException {
        Written written =
                writeToNowhere(TrafficPlan.builder(Profile.MIXED).pairs(50_000).build());
        Written.Capture capture = written.captures().getFirst();
        double mean = (double) capture.bytes() / capture.packets();
        assertEquals(590, mean, 5);
    }

    @Test
    void two_taps_see_the_same_packets_a_delay_and_a_clock_apart() throws IOException {
        Run run = run(TrafficPlan.builder(Profile.TWO_TAPS)
                .tapDelay(new Delay.Constant(70_000))
                .clockOffsetNanos(-2_000_000)
                .build());
        var near = times(run.input(0).packets());
        var far = times(run.input(1).packets());
        assertEquals(near.keySet(), far.keySet());
        for (Pair pair : PairOracle.judge(run.input(0).packets(), ANY).pairs()) {
            assertEquals(1_000_000 + 2 * 70_000, pair.latencyNanos());
            assertEquals(-2_000_000 + 70_000, apart(near, far, pair.request()));
            assertEquals(-2_000_000 - 70_000, apart(near, far, pair.response()));
        }
    }

    private static long apart(Map<String, Long> near, Map<String, Long> far, Packet packet) {
        return far.get(identity(packet)) - near.get(identity(packet));
    }

    private static Map<String, Long> times(List<Packet> packets) {
        var times = new HashMap<String, Long>();
        for (Packet packet : packets) times.put(identity(packet), packet.epochNanos());
        return times;
    }

    private static String identity(Packet packet) {
        return packet.source() + packet.payload();
    }

    @Test
    void what_is_lost_between_two_taps_was_seen_by_the_first_it_passed() throws IOException {
        Run run = run(TrafficPlan.builder(Profile.TWO_TAPS).loss(0.1).build());
        var near = times(run.input(0).packets()).keySet();
        var far = times(run.input(1).packets()).keySet();
        long requestsLost =
                near.stream().filter(packet -> !far.contains(packet)).count();
        long responsesLost =
                far.stream().filter(packet -> !near.contains(packet)).count();
        assertEquals(run.written.captures().get(1).lost(), requestsLost);
        assertEquals(run.written.captures().get(0).lost(), responsesLost);
        assertEquals(1_000, run.written.captures().get(0).packets() + responsesLost - (1_000 - requestsLost));
    }

    @ParameterizedTest
    @ValueSource(ints = {LinkType.ETHERNET, LinkType.RAW, LinkType.LINUX_SLL, LinkType.LINUX_SLL2, LinkType.NULL})
    void every_link_type_carries_the_same_pairs(int linkType) throws IOException {
        for (var order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
            var format = new PcapFormat(order, false, linkType, PcapFormat.SNAPLEN);
            Run run = run(TrafficPlan.builder(Profile.REQUEST_RESPONSE)
                    .noise(0.1)
                    .format(format)
                    .build());
            check(run.written.captures().getFirst(), run.input(0));
            assertEquals(1_000, run.written.captures().getFirst().matches());
        }
    }

    @Test
    void no_pairs_make_an_empty_capture() throws IOException {
        Run run = run(TrafficPlan.builder(Profile.GATEWAY).pairs(0).build());
        assertEquals(24, run.captures.getFirst().length);
        assertEquals(0, run.written.captures().getFirst().firstEpochNanos());
    }

    @Test
    void the_number_of_captures_must_fit_the_profile() {
        assertThrows(
                IllegalArgumentException.class,
                () -> TrafficGenerator.write(TrafficPlan.of(Profile.TWO_TAPS), List.of()));
    }

    private static Written writeToNowhere(TrafficPlan plan) throws IOException {
        try (var writer = new PcapWriter(Channels.newChannel(OutputStream.nullOutputStream()), plan.format())) {
            return TrafficGenerator.write(plan, List.of(writer));
        }
    }
}
