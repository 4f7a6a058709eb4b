package io.pairwire.engine.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pairs of captures with known edits: what is found is exactly what was done. */
class CaptureComparerTest {
    private static final byte[] NONE = {};

    private final List<Shot> a = SampleTraffic.of(1, 20);
    private final List<Shot> b = new ArrayList<>(a);
    private final Random random = new Random(5);

    private CompareReport report() {
        return SampleTraffic.compare(a, b);
    }

    /** Everything that is not named is zero. */
    private static void assertOnly(CompareReport report, Map<String, Long> expected) {
        var found = report.fieldChanges().entrySet().stream()
                .collect(Collectors.toMap(change -> change.getKey().label(), Map.Entry::getValue));
        found.put("missing_in_a", report.missingInA());
        found.put("missing_in_b", report.missingInB());
        found.put("duplicates_a", report.a().duplicates());
        found.put("duplicates_b", report.b().duplicates());
        found.put("resegmented_a", report.a().resegmented());
        found.put("resegmented_b", report.b().resegmented());
        found.put("refragmented_a", report.a().refragmented());
        found.put("refragmented_b", report.b().refragmented());
        found.put("reordered", report.reordered());
        found.values().removeIf(count -> count == 0);
        assertEquals(expected, found);
        assertAccounts(report);
    }

    private static void assertAccounts(CompareReport report) {
        for (var side : List.of(report.a(), report.b())) {
            assertEquals(
                    side.packets(),
                    report.matched() + side.unpaired() + side.duplicates() + side.resegmented() + side.refragmented());
        }
    }

    private static List<Integer> some(int count, int of, Random random) {
        var all = new ArrayList<>(IntStream.range(0, of).boxed().toList());
        Collections.shuffle(all, random);
        return all.subList(0, count);
    }

    private long change(int count, UnaryOperator<Shot> edit) {
        for (int index : some(count, b.size(), random)) b.set(index, edit.apply(b.get(index)));
        return count;
    }

    private long changeData(int count, UnaryOperator<Shot> edit) {
        var data = IntStream.range(0, b.size())
                .filter(i -> b.get(i).tcp() && b.get(i).payload().length > 0)
                .boxed()
                .toList();
        for (int which : some(count, data.size(), random)) b.set(data.get(which), edit.apply(b.get(data.get(which))));
        return count;
    }

    @Test
    void a_capture_against_itself_is_perfect() {
        var report = report();
        assertOnly(report, Map.of());
        assertTrue(report.isSame());
        assertEquals(a.size(), report.matched());
        assertEquals(1, report.similarity().score());
        assertEquals(List.of(), report.findings());
        assertEquals(new Delays(0, 0, 0, 0, 0, 0), report.delays());
    }

    @Test
    void packets_taken_out_are_missing_and_nothing_else_is_said_of_the_rest() {
        for (int index : some(17, b.size(), random).stream()
                .sorted(Collections.reverseOrder())
                .toList()) b.remove(index);
        var report = report();
        assertOnly(report, Map.of("missing_in_b", 17L));
        assertEquals(b.size(), report.matched());
        assertEquals("missing_in_b", report.findings().getFirst().kind());
    }

    @Test
    void packets_put_in_are_missing_on_the_other_side() {
        for (int i = 0; i < 9; i++) {
            int at = random.nextInt(b.size());
            b.add(
                    at,
                    Shot.udp(
                            b.get(at).time(),
                            "172.16.0.9",
                            7,
                            "172.16.0.8",
                            9,
                            i + 1,
                            SampleTraffic.bytes(random, 30)));
        }
        assertOnly(report(), Map.of("missing_in_a", 9L));
    }

    @Test
    void one_extra_packet_at_the_start_changes_nothing_else() {
        b.addFirst(
                Shot.udp(SampleTraffic.START - 5_000_000, "172.16.0.9", 7, "172.16.0.8", 9, 1, new byte[] {1, 2, 3}));
        var report = report();
        assertOnly(report, Map.of("missing_in_a", 1L));
        assertEquals(1, report.b().outside());
        assertEquals(0, report.delays().offsetNanos());
        assertEquals(1, report.findings().size());
        var place = report.findings().getFirst().evidence().getFirst();
        assertEquals(1, place.packetB());
        assertEquals(0, place.packetA());
    }

    /** The bytes alone cannot say which of them it is; the times can. */
    @Test
    void of_packets_that_are_all_the_same_the_one_that_is_missing_is_found_by_time() {
        var same = new ArrayList<Shot>(a);
        for (int i = 0; i < 100; i++) {
            same.add(Shot.udp(SampleTraffic.START + i * 2_000_000_000L, "10.0.0.7", 67, "10.0.0.255", 67, 0, NONE));
        }
        var less = new ArrayList<>(same);
        less.remove(a.size() + 40);
        var report = SampleTraffic.compare(same, less);
        assertOnly(report, Map.of("missing_in_b", 1L));
        assertEquals(
                a.size() + 41L,
                report.findings().getFirst().evidence().getFirst().packetA());
        assertEquals(0, report.delays().latestNanos());
    }

    @Test
    void copies_are_duplicates_and_not_extra_packets() {
        for (int index : some(12, a.size(), random).stream()
                .sorted(Collections.reverseOrder())
                .toList()) {
            b.add(index + 1, b.get(index).at(b.get(index).time() + 20_000));
        }
        var report = report();
        assertOnly(report, Map.of("duplicates_b", 12L));
        assertEquals(0, report.delays().latestNanos());
    }

    @Test
    void of_packets_that_come_again_and_again_a_lost_one_is_missing_and_a_closer_one_a_duplicate() {
        var beat = new ArrayList<Shot>(a);
        for (int i = 0; i < 100; i++) {
            beat.add(Shot.udp(a.getLast().time() + i * 10_000_000L, "10.0.0.7", 67, "10.0.0.255", 67, 0, NONE));
        }
        var less = new ArrayList<>(beat);
        less.remove(a.size() + 40);
        assertOnly(SampleTraffic.compare(beat, less), Map.of("missing_in_b", 1L));
        var more = new ArrayList<>(beat);
        more.add(
                a.size() + 41,
                beat.get(a.size() + 40).at(beat.get(a.size() + 40).time() + 3_000));
        assertOnly(SampleTraffic.compare(beat, more), Map.of("duplicates_b", 1L));
    }

    @Test
    void a_copy_that_comes_much_later_is_no_duplicate() {
        b.add(a.get(30).at(a.getLast().time() + 60_000_000_000L));
        assertOnly(report(), Map.of("missing_in_a", 1L));
    }

    @Test
    void neighbours_that_change_places_are_one_reordering_each() {
        for (int i = 10; i < 200; i += 19) {
            Shot first = b.get(i);
            b.set(i, b.get(i + 1).at(first.time()));
            b.set(i + 1, first.at(first.time() + 1_000_000));
        }
        var report = report();
        assertOnly(report, Map.of("reordered", 10L));
        assertEquals(1, report.greatestDistance());
    }

    @Test
    void a_packet_that_overtakes_many_is_one_reordering_with_its_distance() {
        Shot late = b.remove(100);
        b.add(60, late.at(b.get(60).time()));
        var report = report();
        assertOnly(report, Map.of("reordered", 1L));
        assertEquals(40, report.greatestDistance());
    }

    @Test
    void a_lower_ttl_is_a_change_of_ttl_and_of_nothing_under_it() {
        long count = change(31, shot -> shot.ttl(shot.ttl() - 1));
        var report = report();
        assertOnly(report, Map.of("ttl", count));
        assertEquals(
                "64 -> 63", report.findings().getFirst().evidence().getFirst().what());
        assertEquals(31, report.changed());
    }

    @Test
    void each_field_of_tcp_is_named_when_it_changes() {
        assertChange("flags", 6, shot -> shot.flags(SampleTraffic.ACK));
        assertChange("window", 7, shot -> shot.window(99));
        assertChange("sequence", 8, shot -> shot.sequence(shot.sequence() + 1_000_000));
        assertChange("acknowledgment", 5, shot -> shot.acknowledgment(77));
        assertChange("ip_id", 4, shot -> shot.id(0x8001));
    }

    private void assertChange(String name, int count, UnaryOperator<Shot> edit) {
        resetB();
        changeData(count, edit);
        assertOnly(report(), Map.of(name, (long) count));
    }

    private void resetB() {
        b.clear();
        b.addAll(a);
    }

    @Test
    void a_bit_that_flips_in_the_payload_is_a_change_of_payload() {
        long count = changeData(9, shot -> {
            byte[] other = shot.payload().clone();
            other[other.length / 2] ^= 4;
            return shot.payload(other);
        });
        var report = report();
        assertOnly(report, Map.of("payload", count));
        assertEquals(Severity.CRITICAL, report.findings().getFirst().severity());
    }

    @Test
    void datagrams_are_known_by_their_identification_when_their_payload_changes() {
        int index = IntStream.range(0, b.size())
                .filter(i -> !b.get(i).tcp())
                .findFirst()
                .orElseThrow();
        byte[] other = b.get(index).payload().clone();
        other[0] ^= 1;
        b.set(index, b.get(index).payload(other));
        assertOnly(report(), Map.of("payload", 1L));
        b.set(index, b.get(index).payload(Arrays.copyOf(other, 30)));
        assertOnly(report(), Map.of("length", 1L));
    }

    private static Shot translated(Shot shot) {
        if (shot.source().startsWith("192.168.1."))
            return shot.from("203.0.113.5", shot.sourcePort() - 20_000).ttl(63);
        if (shot.destination().startsWith("192.168.1.")) return shot.to("203.0.113.5", shot.destinationPort() - 20_000);
        return shot;
    }

    @Test
    void translated_addresses_are_seen_through_and_are_no_news_in_the_profile_for_it() {
        b.replaceAll(CaptureComparerTest::translated);
        long tcp = a.stream().filter(Shot::tcp).count();
        long outward = a.stream()
                .filter(shot -> shot.source().startsWith("192.168.1."))
                .count();
        var expected = Map.of("addresses", tcp, "ports", tcp, "ttl", outward);
        assertOnly(report(), expected);
        var nat = SampleTraffic.compare(a, b, settings().profile(Profile.NAT));
        assertOnly(nat, expected);
        assertEquals(1, nat.similarity().score());
        assertEquals(List.of(), nat.findings());
    }

    private static CompareSettings settings() {
        return CompareSettings.defaults(Path.of(System.getProperty("java.io.tmpdir")));
    }

    @Test
    void a_stream_in_other_segments_is_compared_by_its_bytes() {
        var whole = stream(new int[] {300, 700, 500, 500});
        var cut = stream(new int[] {1000, 100, 900});
        b.addAll(cut);
        a.addAll(whole);
        var report = report();
        assertOnly(report, Map.of("resegmented_a", 4L, "resegmented_b", 3L));
        assertEquals(2, report.stretches());
        b.set(b.size() - 1, b.getLast().payload(SampleTraffic.bytes(random, 900)));
        report = report();
        assertEquals(1, report.stretches());
        assertEquals(1, report.fieldChanges().get(FieldChange.LENGTH)); // those that begin at the same place
        assertEquals(1, report.missingInB());
        assertEquals(1, report.missingInA());
    }

    private static List<Shot> stream(int[] lengths) {
        byte[] all = SampleTraffic.bytes(new Random(3), 2000);
        var shots = new ArrayList<Shot>();
        int at = 0;
        for (int length : lengths) {
            byte[] part = Arrays.copyOfRange(all, at, at + length);
            shots.add(Shot.tcp(
                    SampleTraffic.START + 900_000_000 + at * 1_000L,
                    "10.9.9.9",
                    9,
                    "10.9.9.8",
                    8,
                    5 + at,
                    0xffff_ff00L + at,
                    1,
                    SampleTraffic.ACK,
                    part));
            at += length;
        }
        return shots;
    }

    @Test
    void a_datagram_in_fragments_is_compared_by_its_bytes() {
        Shot whole = Shot.udp(
                a.getLast().time(), "10.7.7.7", 1000, "10.7.7.8", 2000, 4242, SampleTraffic.bytes(random, 2000));
        a.add(whole);
        b.add(whole.piece(0, 1200));
        b.add(whole.piece(1200, 808));
        assertOnly(report(), Map.of("refragmented_a", 1L, "refragmented_b", 2L));
    }

    @Test
    void an_offset_of_the_clocks_is_found_and_costs_nothing() {
        b.replaceAll(shot -> shot.at(shot.time() + 123_456_789_012L));
        var report = report();
        assertOnly(report, Map.of());
        assertEquals(123_456_789_012L, report.delays().offsetNanos());
        assertEquals(1, report.similarity().score());
        assertEquals(0, report.delays().latestNanos());
    }

    @Test
    void the_time_on_the_way_is_taken_out_of_the_offset_where_both_directions_are_seen() {
        b.replaceAll(shot -> shot.at(shot.time() + 5_000_000 + (shot.source().equals("10.0.0.1") ? -50_000 : 50_000)));
        var report = report();
        assertEquals(5_000_000, report.delays().offsetNanos());
        assertEquals(-50_000, report.delays().earliestNanos());
        assertEquals(50_000, report.delays().latestNanos());
        assertTrue(report.similarity().score() < 1);
    }

    @Test
    void a_drift_of_the_clocks_is_found_to_a_tenth_of_a_millionth_in_spite_of_delays() {
        b.replaceAll(shot -> {
            long since = shot.time() - SampleTraffic.START;
            return shot.at(shot.time() + 1_000_000 + since / 50_000 + random.nextInt(200));
        });
        var report = report();
        assertOnly(report, Map.of());
        assertEquals(20, report.delays().driftPpm(), 0.5);
        assertEquals(1_000_000, report.delays().offsetNanos(), 1_000);
        assertTrue(report.similarity().score() < 1);
        assertTrue(report.delays().latestNanos() < 1_000, report.delays().toString());
    }

    @Test
    void a_drift_is_found_between_two_bursts_of_traffic() {
        var bursts = new ArrayList<Shot>();
        for (int i = 0; i < a.size(); i++) {
            bursts.add(a.get(i).at(SampleTraffic.START + i * 1_000L + (i < a.size() / 3 ? 0 : 500_000_000_000L)));
        }
        b.clear();
        bursts.forEach(shot -> b.add(shot.at(shot.time() + (shot.time() - SampleTraffic.START) / 100_000)));
        var delays = SampleTraffic.compare(bursts, b).delays();
        assertEquals(10, delays.driftPpm(), 0.01);
        assertEquals(0, delays.offsetNanos(), 10);
        assertTrue(delays.latestNanos() <= 10, delays.toString());
    }

    @Test
    void delays_show_beside_the_offset() {
        b.set(50, b.get(50).at(b.get(50).time() + 400_000));
        b.replaceAll(shot -> shot.at(shot.time() - 1_000_000_000));
        var report = report();
        assertEquals(-1_000_000_000, report.delays().offsetNanos());
        assertEquals(400_000, report.delays().latestNanos());
        assertTrue(report.similarity().score() < 1);
    }

    @Test
    void an_injected_reset_shows_as_an_extra_packet_and_in_its_session() {
        Shot victim = a.get(5);
        b.add(
                6,
                Shot.tcp(
                        victim.time() + 1,
                        victim.source(),
                        victim.sourcePort(),
                        victim.destination(),
                        victim.destinationPort(),
                        9,
                        victim.sequence(),
                        0,
                        SampleTraffic.RST,
                        NONE));
        var report = report();
        assertOnly(report, Map.of("missing_in_a", 1L));
        assertEquals(1, report.b().resets());
        assertEquals(1, report.sessions().differing());
        assertEquals(List.of("resets"), report.sessions().worst().getFirst().what());
    }

    @Test
    void captures_that_have_nothing_in_common_have_similarity_0() {
        var other = SampleTraffic.of(99, 20).stream()
                .map(shot -> shot.from("172.30.0.1", 1))
                .toList();
        var report = SampleTraffic.compare(a, other);
        assertEquals(0, report.matched());
        assertEquals(0, report.similarity().score());
        assertEquals(a.size(), report.missingInB());
        assertEquals(0, SampleTraffic.compare(a, List.of()).similarity().score());
        assertEquals(1, SampleTraffic.compare(List.of(), List.of()).similarity().score());
    }

    @Test
    void with_no_memory_a_temporary_file_gives_the_same_answer(@TempDir Path folder) {
        change(20, shot -> shot.ttl(9));
        b.subList(40, 60).clear();
        var spilled = new CompareSettings(Profile.TRANSPARENT, 0, settings().duplicateWindow(), 0, folder);
        assertEquals(report(), SampleTraffic.compare(a, b, spilled));
        assertEquals(0, folder.toFile().list().length);
    }
}
