package io.pairwire.engine.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class IntervalLatenciesTest {
    private static final long SECOND = 1_000_000_000;
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration EXPIRY = Duration.ofSeconds(2);

    private final List<IntervalLatencies.Interval> seen = new ArrayList<>();

    @Test
    void intervals_come_once_each_in_the_order_of_time_whatever_the_order_of_pairs() throws IOException {
        var latencies = new IntervalLatencies(INTERVAL, EXPIRY, List.of(), seen::add);
        var expected = new TreeMap<Long, Long>();
        var random = new Random(3);
        for (int i = 0; i < 5_000; i++) {
            long time = i * SECOND / 50 - (long) (random.nextDouble() * 5 * SECOND); // late by less than three expiries
            latencies.onPair(Timed.pair(time, 7, 1, 2));
            expected.merge(Math.floorDiv(time, SECOND) * SECOND, 1L, Long::sum);
        }
        latencies.finish();
        assertEquals(0, latencies.late());
        assertEquals(
                new ArrayList<>(expected.keySet()),
                seen.stream().map(each -> each.startNanos()).toList());
        assertEquals(
                new ArrayList<>(expected.values()),
                seen.stream().map(each -> each.latencies().latencies().count()).toList());
    }

    @Test
    void a_jump_over_centuries_costs_nothing_and_hands_on_what_is_open() throws IOException {
        var latencies = new IntervalLatencies(INTERVAL, EXPIRY, List.of(), seen::add);
        latencies.onPair(Timed.pair(-2_000_000_000L * SECOND, 1, 1, 2));
        latencies.onPair(Timed.pair(5_000_000_000L * SECOND, 2, 1, 2));
        assertEquals(1, seen.size());
        latencies.onPair(Timed.pair(0, 3, 1, 2));
        latencies.finish();
        assertEquals(2, seen.size());
        assertEquals(1, latencies.late());
    }

    @Test
    void groups_stand_in_their_interval_and_are_bounded_in_all() throws IOException {
        var index = new GroupIndex(GroupBy.parse("server"), 1 << 15);
        var latencies = new IntervalLatencies(INTERVAL, EXPIRY, List.of(index), seen::add);
        int servers = IntervalLatencies.MOST_GROUPS + 100;
        for (int i = 0; i < servers; i++) latencies.onPair(Timed.pair(0, 1, 1, i));
        latencies.onPair(Timed.pair(100 * SECOND, 1, 1, 5));
        latencies.finish();
        assertEquals(IntervalLatencies.MOST_GROUPS + 1, seen.getFirst().groups().size());
        var rest = seen.getFirst().groups().getLast();
        assertEquals(GroupIndex.OTHER, rest.name());
        assertEquals(100, rest.latencies().count());
        assertEquals("0.0.0.5/32", seen.getLast().groups().getFirst().name());
    }

    @Test
    void an_interval_too_short_for_the_expiry_is_refused() {
        Duration shortest = IntervalLatencies.shortest(Duration.ofSeconds(30));
        assertTrue(shortest.toMillis() < 25, shortest.toString());
        new IntervalLatencies(shortest, Duration.ofSeconds(30), List.of(), seen::add);
        assertThrows(
                IllegalArgumentException.class,
                () -> new IntervalLatencies(shortest.minusNanos(1), Duration.ofSeconds(30), List.of(), seen::add));
        assertEquals(Duration.ofNanos(1), IntervalLatencies.shortest(Duration.ZERO));
        assertTrue(IntervalLatencies.shortest(Duration.ofDays(36_499)).toDays() > 20, "no overflow");
        new IntervalLatencies(Duration.ofDays(36_499), Duration.ofDays(36_499), List.of(), seen::add);
    }
}
