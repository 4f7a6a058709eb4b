package io.pairwire.engine.fate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.pairwire.capture.FileSource;
import io.pairwire.capture.LinkType;
import io.pairwire.capture.PcapFormat;
import io.pairwire.capture.PcapWriter;
import io.pairwire.decode.LayerDecoder;
import io.pairwire.decode.craft.Frame;
import io.pairwire.engine.EngineSettings;
import io.pairwire.engine.Outcome;
import io.pairwire.engine.pair.PairMatcher;
import io.pairwire.memory.OverflowPolicy;
import io.pairwire.testkit.PairOracle;
import io.pairwire.testkit.RandomCaptures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReviewTest {
    private static final long SECOND = 1_000_000_000;
    private static final long START = 1_769_860_800 * SECOND;

    @TempDir
    Path folder;

    private Path temporary;

    @BeforeEach
    void make() throws IOException {
        temporary = Files.createDirectory(folder.resolve("temporary"));
    }

    private Map<Fate, Long> fates(Path capture, EngineSettings settings, int inMemory, List<String> pairs)
            throws Exception {
        var counts = new EnumMap<Fate, Long>(Fate.class);
        Outcome outcome = Reviewed.run(List.of(capture), settings, temporary, inMemory, packet -> {
            counts.merge(packet.fate(), 1L, Long::sum);
            if (packet.fate() == Fate.REQUEST) {
                pairs.add(packet.packet().number() + " " + packet.otherNumber() + " " + packet.latencyNanos());
            }
        });
        var ledger = outcome.statistics().ledger();
        assertEquals(
                ledger.read(),
                counts.values().stream().mapToLong(Long::longValue).sum());
        assertEquals(ledger.matchedPairs(), count(counts, Fate.REQUEST));
        assertEquals(ledger.matchedPairs(), count(counts, Fate.RESPONSE));
        assertEquals(ledger.unmatched(), count(counts, Fate.UNMATCHED));
        assertEquals(ledger.expired(), count(counts, Fate.EXPIRED));
        assertEquals(outcome.statistics().retransmissions(), count(counts, Fate.RETRANSMISSION));
        assertEquals(ledger.dropped().get("store").get("evicted"), count(counts, Fate.EVICTED));
        assertEquals(ledger.droppedPackets() - count(counts, Fate.EVICTED), count(counts, Fate.DROPPED));
        assertEquals(
                ledger.notEligiblePackets() - outcome.statistics().retransmissions(), count(counts, Fate.NOT_ELIGIBLE));
        return counts;
    }

    private static long count(Map<Fate, Long> counts, Fate fate) {
        return counts.getOrDefault(fate, 0L);
    }

    @Test
    void every_packet_has_one_fate_and_their_sums_close_with_the_statistics() throws Exception {
        var seen = new HashSet<Fate>();
        for (long seed = 0; seed < 25; seed++) {
            var random = RandomCaptures.of(seed, 0.9); // later ones the oracle judges by other rules
            Path capture = Files.write(folder.resolve("random.pcap"), random.pcap());
            var settings = EngineSettings.defaults()
                    .withExpiry(Duration.ofNanos(random.expiryNanos()))
                    .withShards(3);
            var pairs = new ArrayList<String>();
            var one = fates(capture, settings.withThreads(1), FateList.IN_MEMORY, pairs);
            var rules =
                    new PairOracle.Rules(PairOracle.Pairing.ANY, PairOracle.RequestSide.EARLIER, random.expiryNanos());
            var expected = PairOracle.judge(random.packets(), rules).pairs().stream()
                    .map(pair -> pair.request().number() + " " + pair.response().number() + " " + pair.latencyNanos())
                    .sorted()
                    .toList();
            assertEquals(expected, pairs.stream().sorted().toList(), "seed " + seed);
            assertEquals(one, fates(capture, settings.withThreads(3), 10, new ArrayList<>()), "seed " + seed);
            seen.addAll(one.keySet());
            seen.addAll(fates(capture, settings.withMaxUnmatched(6), 10, new ArrayList<>())
                    .keySet());
        }
        seen.add(Fate.DROPPED); // what is dropped depends on speed
        assertEquals(Fate.values().length, seen.size(), seen.toString());
    }

    @Test
    void what_full_queues_drop_is_found_as_such() throws Exception {
        long dropped = 0;
        for (long seed = 0; seed < 10; seed++) {
            var random = RandomCaptures.of(seed);
            Path capture = Files.write(folder.resolve("random.pcap"), random.pcap());
            var settings = EngineSettings.defaults()
                    .withThreads(3)
                    .withPolicy(new OverflowPolicy.Drop())
                    .withQueueSize(1)
                    .withPoolSize(1);
            dropped += count(fates(capture, settings, 100, new ArrayList<>()), Fate.DROPPED);
        }
        assertTrue(dropped > 0, "with one descriptor something was dropped");
    }

    @Test
    void a_stop_ends_the_second_reading() throws Exception {
        Path file = capture(0L, ask(1, "x"));
        var names = List.of(file.toString());
        var settings = EngineSettings.defaults();
        Outcome outcome = Reviewed.run(List.of(file), settings, temporary, 100);
        try (var list = new FateList(temporary);
                var table = list.table();
                var source = FileSource.open(names)) {
            var matcher = new PairMatcher(settings, new Random(1));
            var review = new Review(
                    source,
                    packet -> true,
                    new LayerDecoder(),
                    matcher,
                    table,
                    new ServerEndpoints(),
                    settings,
                    outcome,
                    new CaptureSpan());
            Reviewer never = packet -> fail("nothing is shown after a stop");
            assertFalse(review.run(List.of(never), () -> true));
        }
    }

    private static byte[] ask(int client, String text) {
        return Frame.udp("10.0.0." + client, 40_000, "192.168.0.9", 53)
                .payload(text.getBytes(StandardCharsets.US_ASCII))
                .toEthernet();
    }

    private static byte[] answer(int client, String text) {
        return Frame.udp("192.168.0.9", 53, "10.0.0." + client, 40_000)
                .payload(text.getBytes(StandardCharsets.US_ASCII))
                .toEthernet();
    }

    private Path capture(Object... timesAndFrames) throws IOException {
        Path file = folder.resolve("made.pcap");
        try (var writer = PcapWriter.create(file, PcapFormat.nanoseconds(LinkType.ETHERNET))) {
            for (int i = 0; i < timesAndFrames.length; i += 2) {
                writer.write(START + (long) timesAndFrames[i], (byte[]) timesAndFrames[i + 1]);
            }
        }
        return file;
    }

    @Test
    void packets_without_partner_say_whether_they_ask_or_answer_and_whether_the_capture_is_cut() throws Exception {
        Path file = capture(
                0L, answer(1, "early"),
                10L, ask(2, "a"),
                1_010L, answer(2, "a"),
                5_000L, ask(3, "nobody"),
                6_000L, answer(4, "nothing"),
                9_500L, ask(5, "late"));
        var reasons = new ArrayList<String>();
        Reviewed.run(
                List.of(file),
                EngineSettings.defaults(),
                temporary,
                100,
                packet -> packet.reason()
                        .ifPresent(reason -> reasons.add(packet.packet().number() + " " + reason.text())));
        assertEquals(List.of("1 cut_at_start", "4 no_answer", "5 answer_only", "6 cut_at_end"), reasons);
    }

    @Test
    void an_answer_behind_the_expiry_is_named_on_both_sides() throws Exception {
        Path file = capture(
                0L,
                ask(1, "slow"),
                10L,
                ask(2, "a"),
                20L,
                answer(2, "a"),
                45 * SECOND,
                answer(1, "slow"),
                46 * SECOND,
                answer(3, "nothing"),
                100 * SECOND,
                ask(2, "b"),
                100 * SECOND + 1,
                answer(2, "b"));
        var seen = new ArrayList<String>();
        Reviewed.run(
                List.of(file),
                EngineSettings.defaults(),
                temporary,
                100,
                packet -> packet.reason()
                        .ifPresent(reason -> seen.add(packet.packet().number() + " "
                                + packet.fate().text() + " " + reason.text() + " " + packet.asks()
                                + (packet.isLate() ? " " + packet.otherNumber() + " " + packet.latencyNanos() : ""))));
        assertEquals(
                List.of(
                        "1 expired expired true 4 45000000000",
                        "4 expired expired false 1 45000000000",
                        "5 expired answer_only false"),
                seen);
    }

    @Test
    void copies_name_what_they_are_like_and_bursts_are_counted() throws Exception {
        byte[] segment = Frame.tcp("10.0.0.1", 1_000, "192.168.0.9", 80)
                .payload("GET".getBytes(StandardCharsets.US_ASCII))
                .toEthernet();
        Path file = capture(
                0L,
                ask(1, "again"),
                100L,
                ask(1, "again"),
                200L,
                segment,
                900L,
                segment,
                1_000L,
                ask(2, "a"),
                1_500L,
                answer(2, "a"),
                40 * SECOND,
                ask(1, "again"));
        var copies = new Copies(30 * SECOND);
        var bursts = new Bursts();
        var found = new ArrayList<String>();
        Reviewed.run(
                List.of(file),
                EngineSettings.defaults(),
                temporary,
                100,
                bursts,
                packet -> copies.of(packet)
                        .ifPresent(copy -> found.add(packet.packet().number() + " " + copy)));
        assertEquals(
                List.of(
                        "2 Copy[retransmission=false, file=0, number=1, afterNanos=OptionalLong[100]]",
                        "4 Copy[retransmission=true, file=0, number=3, afterNanos=OptionalLong[700]]"),
                found);
        assertEquals(2, bursts.number());
        assertEquals(Map.of(3L, 1L, 1L, 1L), bursts.lengths());
    }

    @Test
    void pairs_across_files_know_the_file_of_the_other() throws Exception {
        Path first = capture(0L, ask(1, "x"));
        Path second = Files.move(first, folder.resolve("first.pcap"));
        Path answers = capture(5L, answer(1, "x"));
        var seen = new ArrayList<String>();
        Reviewed.run(
                List.of(second, answers),
                EngineSettings.defaults(),
                temporary,
                100,
                packet -> seen.add(packet.fate() + " " + packet.isOtherInSameFile() + " "
                        + Path.of(packet.otherFile()).getFileName()));
        assertEquals(List.of("REQUEST false made.pcap", "RESPONSE false first.pcap"), seen);
    }

    @Test
    void what_is_added_to_a_file_between_the_two_readings_is_left_out() throws Exception {
        Path file = capture(0L, ask(1, "x"), 5L, answer(1, "x"));
        byte[] whole = Files.readAllBytes(file);
        var seen = new ArrayList<Long>();
        Reviewer adding = packet -> {
            seen.add(packet.packet().number());
            byte[] more = new byte[whole.length - 24];
            System.arraycopy(whole, 24, more, 0, more.length);
            Files.write(file, more, java.nio.file.StandardOpenOption.APPEND);
        };
        Reviewed.run(List.of(file), EngineSettings.defaults(), temporary, 100, adding);
        assertEquals(List.of(1L, 2L), seen);
        assertTrue(Files.size(file) > whole.length);
    }
}
