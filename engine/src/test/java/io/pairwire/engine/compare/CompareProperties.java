package io.pairwire.engine.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Laws of comparison, whatever the edits. */
class CompareProperties {

    /** One edit of any kind at a random place. */
    private static void edit(List<Shot> shots, Random random) {
        int at = random.nextInt(shots.size());
        Shot shot = shots.get(at);
        switch (random.nextInt(7)) {
            case 0 -> shots.remove(at);
            case 1 ->
                shots.add(
                        at, Shot.udp(shot.time(), "172.16.0.9", 7, "172.16.0.8", 9, 1, SampleTraffic.bytes(random, 9)));
            case 2 -> shots.set(at, shot.ttl(shot.ttl() - 1));
            case 3 -> shots.set(at, shot.at(shot.time() + random.nextInt(1, 900_000)));
            case 4 -> shots.add(at, shot);
            case 5 -> {
                byte[] other = shot.payload().clone();
                if (other.length > 0) other[random.nextInt(other.length)] ^= 1;
                shots.set(at, shot.payload(other));
            }
            default -> shots.add(random.nextInt(shots.size()), shots.remove(at));
        }
    }

    @Property(tries = 25)
    void exchanging_the_captures_mirrors_the_report(@ForAll long seed) {
        var random = new Random(seed);
        var a = new ArrayList<>(SampleTraffic.of(seed, 4));
        var b = new ArrayList<>(a);
        for (int i = 0; i < 12; i++) edit(random.nextBoolean() ? a : b, random);
        if (random.nextBoolean()) b.replaceAll(shot -> shot.at(shot.time() + 7_777_777));
        var there = SampleTraffic.compare(a, b);
        var back = SampleTraffic.compare(b, a);
        assertEquals(there.a(), back.b());
        assertEquals(there.b(), back.a());
        assertEquals(there.matched(), back.matched());
        assertEquals(there.changed(), back.changed());
        assertEquals(there.fieldChanges(), back.fieldChanges());
        assertEquals(there.reordered(), back.reordered());
        assertEquals(there.greatestDistance(), back.greatestDistance());
        assertEquals(there.similarity(), back.similarity());
        assertEquals(there.delays().offsetNanos(), -back.delays().offsetNanos());
        assertEquals(there.delays().latestNanos(), -back.delays().earliestNanos());
        assertEquals(there.delays().medianNanos(), back.delays().medianNanos());
        assertEquals(there.findings().size(), back.findings().size());
    }

    @Property(tries = 25)
    void every_packet_is_counted_once_and_the_similarity_is_1_only_for_the_same(@ForAll long seed) {
        var random = new Random(seed);
        var a = SampleTraffic.of(seed, 4);
        var b = new ArrayList<>(a);
        int edits = random.nextInt(1, 40);
        for (int i = 0; i < edits; i++) edit(b, random);
        var report = SampleTraffic.compare(a, b);
        for (var side : List.of(report.a(), report.b())) {
            assertEquals(
                    side.packets(),
                    report.matched() + side.unpaired() + side.duplicates() + side.resegmented() + side.refragmented());
        }
        double score = report.similarity().score();
        assertTrue(score > 0 && score <= 1, () -> report.toString());
        assertEquals(report.isSame() && report.delays().p99Nanos() == 0, score == 1, () -> report.toString());
    }

    /** One edit a packet, so that none takes back another. */
    @Property(tries = 10)
    void the_similarity_falls_with_every_further_edit(@ForAll long seed) {
        var random = new Random(seed);
        var a = SampleTraffic.of(seed, 4);
        var b = new ArrayList<>(a);
        double before = 1;
        for (int at = a.size() - 1; at > 0; at -= 3) {
            Shot shot = b.get(at);
            switch (random.nextInt(5)) {
                case 0 -> b.remove(at);
                case 1 ->
                    b.add(
                            at,
                            Shot.udp(
                                    shot.time(), "172.16.0.9", 7, "172.16.0.8", 9, at, SampleTraffic.bytes(random, 9)));
                case 2 -> b.set(at, shot.ttl(shot.ttl() - 1));
                case 3 -> b.set(at, shot.at(shot.time() + 700_000));
                default -> b.set(at, b.set(at - 1, shot));
            }
            double now = SampleTraffic.compare(a, b).similarity().score();
            assertTrue(now < before, "edit " + (a.size() - at) / 3 + ": " + now + " is not below " + before);
            before = now;
        }
    }
}
