package io.pairwire.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.memory.pool.MemoryGrant;
import io.pairwire.memory.pool.MemoryUnavailableException;
import io.pairwire.memory.pool.PacketBuffer;
import io.pairwire.memory.pool.PacketPool;
import io.pairwire.memory.pool.PoolSettings;
import io.pairwire.memory.pool.SizeClass;
import io.pairwire.platform.numa.NodePolicy;
import io.pairwire.platform.numa.Pages;
import io.pairwire.platform.numa.PlacedMemory;
import io.pairwire.platform.numa.Placement;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodePoolsTest {
    /** Each slab of 2048 is a mapping of its own: 10 at first, 10 more with each growth. */
    private static final PoolSettings SETTINGS = PoolSettings.of(10, 30, 2048);

    private static NodePools pools(PlayedMachine machine, Placement placement, PoolSettings settings) {
        return new NodePools(settings, placement, machine.topology(), machine.support(), machine, machine.notices::add);
    }

    private static BitSet bit(int node) {
        var bit = new BitSet();
        bit.set(node);
        return bit;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8})
    void every_slab_of_every_pool_is_bound_to_its_node(int nodes) {
        var machine = new PlayedMachine(nodes);
        var settings = new PoolSettings(
                List.of(new SizeClass(2048, 10, 30, 10), new SizeClass(9216, 10, 30, 10)),
                0,
                32,
                true,
                true,
                SETTINGS.source(),
                SETTINGS.exhausted(),
                SETTINGS.safety());
        try (var pools = pools(machine, Placement.DEFAULT.withNodes(new NodePolicy.Bind(0)), settings)) {
            assertEquals(IntStream.range(0, nodes).boxed().toList(), pools.nodes());
            for (int node : pools.nodes()) {
                PacketPool pool = pools.on(node);
                assertEquals(node, pool.statistics().node());
                var held = new ArrayList<PacketBuffer>();
                for (int i = 0; i < 60; i++) held.add(pool.allocate(i % 2 == 0 ? 2048 : 9216));
                held.forEach(PacketBuffer::release);
                assertEquals(
                        List.of(new MemoryGrant(
                                "default pages, node " + node,
                                "default pages, node " + node,
                                "",
                                3 * (20_480 + 94_208))),
                        pool.statistics().memory());
            }
            var masks = machine.mappings.values().stream()
                    .collect(Collectors.groupingBy(PlayedMachine.Mapping::nodes, Collectors.counting()));
            assertEquals(nodes, masks.size());
            for (int node = 0; node < nodes; node++) assertEquals(6, masks.get(bit(node)), "slabs on node " + node);
            assertEquals(0, pools.outstanding());
        }
        assertEquals(0, machine.mappings.size());
        assertEquals(List.of(), machine.notices);
    }

    @Test
    void a_thread_finds_the_pool_of_the_node_it_runs_on() {
        var machine = new PlayedMachine(4);
        try (var pools = pools(machine, Placement.DEFAULT, SETTINGS)) {
            for (int cpu = 0; cpu < 8; cpu++) {
                machine.cpu = cpu;
                assertSame(pools.on(cpu / 2), pools.here());
            }
            machine.cpu = 64; // plugged in later
            assertSame(pools.on(0), pools.here());
            machine.cpu = -1; // the kernel does not tell
            assertSame(pools.on(0), pools.here());
            assertThrows(IllegalArgumentException.class, () -> pools.on(4));
        }
    }

    @Test
    void a_buffer_goes_back_to_the_pool_it_is_from() {
        var machine = new PlayedMachine(2);
        try (var pools = pools(machine, Placement.DEFAULT, SETTINGS)) {
            assertNotSame(pools.on(0), pools.on(1));
            PacketBuffer buffer = pools.on(1).allocate(100);
            assertEquals(1, pools.on(1).outstanding());
            assertEquals(1, pools.outstanding());
            buffer.release();
            assertEquals(0, pools.outstanding());
        }
    }

    @Test
    void without_huge_pages_and_binding_a_pool_works_and_says_what_it_got() {
        var machine = new PlayedMachine(2);
        machine.failsHuge = true;
        machine.failsBind = true;
        var wanted = Placement.DEFAULT.withPages(Pages.HUGE_2M).withPrefault(true);
        try (var pools = pools(machine, wanted, SETTINGS)) {
            PacketBuffer buffer = pools.on(1).allocate(2048);
            buffer.putU32(0, 7);
            buffer.release();
            assertEquals(-1, pools.on(1).statistics().node());
            MemoryGrant grant = pools.on(1).statistics().memory().getFirst();
            assertEquals("pages of 2 MiB, node 1 preferred", grant.asked());
            assertEquals("transparent huge pages, any node", grant.obtained());
            assertTrue(
                    grant.reason().contains("mmap: ENOMEM") && grant.reason().contains("mbind: ENOSYS"),
                    grant.reason());
            assertEquals(2, machine.notices.size(), "one line for each node");
            assertEquals(
                    "transparent huge pages, any node", pools.on(0).statistics().source());
        }
    }

    /** Growth that finds no memory is a number in the statistics, and no exception on the way of packets. */
    @Test
    void memory_that_runs_out_later_is_counted() {
        var machine = new PlayedMachine(1);
        var memory = new PlacedMemory(
                Placement.DEFAULT, machine.topology(), machine.support(), machine, machine.notices::add);
        try (var pool = new PacketPool(SETTINGS.withSource(new PlacedSource(memory)))) {
            machine.failsAll = true;
            var held = new ArrayList<PacketBuffer>();
            for (int i = 0; i < 11; i++) held.add(pool.allocate(2048));
            assertTrue(held.getLast().isNone());
            assertEquals(1, pool.statistics().classes().getFirst().failedGrowths());
            machine.failsAll = false;
            PacketBuffer later = pool.allocate(2048);
            assertEquals(11, pool.outstanding());
            later.release();
            held.subList(0, 10).forEach(PacketBuffer::release);
        }
        machine.failsAll = true;
        assertThrows(
                MemoryUnavailableException.class, () -> new PacketPool(SETTINGS.withSource(new PlacedSource(memory))));
        assertThrows(MemoryUnavailableException.class, () -> pools(machine, Placement.DEFAULT, SETTINGS));
        assertEquals(0, machine.mappings.size());
    }

    @Test
    void a_shrunk_slab_gives_its_pages_back() {
        var machine = new PlayedMachine(1);
        try (var pools = pools(machine, Placement.DEFAULT, SETTINGS.withCache(1))) {
            PacketPool pool = pools.on(0);
            var held = new ArrayList<PacketBuffer>();
            for (int i = 0; i < 30; i++) held.add(pool.allocate(2048));
            assertEquals(2, machine.mappings.size());
            held.reversed().forEach(PacketBuffer::release);
            assertTrue(pool.shrink() > 0);
            assertTrue(machine.mappings.size() < 2, machine.mappings.toString());
        }
    }
}
