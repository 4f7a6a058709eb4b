package io.pairwire.engine.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.testkit.Allocations;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LatencyGroupsTest {
    private static final long EXPIRY = 1_000_000_000;

    @Test
    void networks_come_in_numerical_order_and_every_pair_is_in_one() {
        var groups = new LatencyGroups(new GroupIndex(GroupBy.parse("server/24"), 100), EXPIRY);
        for (int server : new int[] {0xc0a80105, 0x0a000001, 0xc0a801ff, 0xc0a80001, 0x0a000002}) {
            groups.onPair(Timed.pair(0, server & 0xff, 1, server));
        }
        assertEquals(
                List.of("10.0.0.0/24", "192.168.0.0/24", "192.168.1.0/24"),
                groups.groups().stream().map(LatencyGroups.Group::name).toList());
        assertEquals(
                List.of(2L, 1L, 2L),
                groups.groups().stream().map(group -> group.latencies().count()).toList());
        assertEquals(255, groups.groups().get(2).latencies().largest());
    }

    @Test
    void groups_beyond_the_bound_share_one_that_is_counted() {
        var groups = new LatencyGroups(new GroupIndex(GroupBy.parse("client"), 3), EXPIRY);
        for (int client = 0; client < 10; client++) groups.onPair(Timed.pair(0, 5, client, 9));
        groups.onPair(Timed.pair(0, 5, 1, 9));
        assertEquals(4, groups.groups().size());
        assertEquals(GroupIndex.OTHER, groups.groups().getLast().name());
        assertEquals(7, groups.groups().getLast().latencies().count());
        assertEquals(2, groups.groups().get(1).latencies().count());
    }

    @Test
    void addresses_of_both_families_are_told_apart_and_masked_by_their_own_length() {
        var index = new GroupIndex(GroupBy.parse("server/8/32"), 10);
        int narrow = index.of(Timed.pair(0, 1, 1, 0x0a000001));
        assertEquals(narrow, index.of(Timed.pair(0, 1, 1, 0x0aff0001)));
        int wide = index.of(Timed.ipv6(0x20010db8_00010000L));
        assertEquals(wide, index.of(Timed.ipv6(0x20010db8_ffff0000L)));
        assertTrue(wide != index.of(Timed.ipv6(0x20010db9_00000000L)));
        assertEquals("2001:db8:0:0:0:0:0:0/32", index.name(wide));
        assertEquals("10.0.0.0/8", index.name(narrow));
        assertThrows(IllegalArgumentException.class, () -> new GroupIndex(GroupBy.parse("kind"), 0));
    }

    @Test
    void many_networks_are_found_again() {
        var index = new GroupIndex(GroupBy.parse("server"), 5_000);
        var random = new Random(7);
        int[] servers = random.ints(5_000).distinct().toArray();
        int[] groups = new int[servers.length];
        for (int i = 0; i < servers.length; i++) groups[i] = index.of(Timed.pair(0, 1, 1, servers[i]));
        for (int i = 0; i < servers.length; i++) assertEquals(groups[i], index.of(Timed.pair(0, 1, 1, servers[i])));
        assertEquals(servers.length, index.count());
    }

    @Test
    void a_known_group_takes_a_pair_without_allocating() {
        var groups = new LatencyGroups(new GroupIndex(GroupBy.parse("server/24"), 1_000), EXPIRY);
        var pairs = new io.pairwire.engine.MatchedPair[512];
        for (int i = 0; i < pairs.length; i++) pairs[i] = Timed.pair(0, 1_000, 1, i << 8);
        double bytes = Allocations.bytesPerCall(
                () -> {
                    for (var pair : pairs) groups.onPair(pair);
                },
                300,
                100);
        assertEquals(0, bytes);
    }
}
