package io.pairwire.platform.numa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.platform.Errno;
import io.pairwire.platform.SystemCallException;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlacedMemoryTest {
    private static final PageSupport SUPPORT =
            new PageSupport(List.of(new HugePages(2 << 20, 0, 0)), Optional.of("always [madvise] never"), 2 << 20);
    private static final PageSupport OFF = new PageSupport(List.of(), Optional.of("always madvise [never]"), 2 << 20);
    private static final NodePolicy ANY = new NodePolicy.Any();

    private final RecordingCalls calls = new RecordingCalls();
    private final List<String> notices = new ArrayList<>();

    @AfterEach
    void everything_is_unmapped() {
        assertEquals(0, calls.mapped.size());
    }

    private static NumaTopology machine(int nodes) {
        return new NumaTopology(IntStream.range(0, nodes)
                .mapToObj(node -> NumaNode.of(node, List.of(2 * node, 2 * node + 1), 1L << 34))
                .toList());
    }

    private static BitSet bits(int... nodes) {
        var bits = new BitSet();
        for (int node : nodes) bits.set(node);
        return bits;
    }

    private PlacedMemory memory(Pages pages, NodePolicy nodes, boolean prefault, int machine) {
        return new PlacedMemory(new Placement(pages, nodes, prefault), machine(machine), SUPPORT, calls, notices::add);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8})
    void the_mask_names_the_node_and_nothing_else(int machine) throws SystemCallException {
        for (int node = 0; node < machine; node++) {
            var memory = memory(Pages.DEFAULT, new NodePolicy.Bind(node), false, machine);
            try (var piece = memory.allocate(10_000)) {
                RecordingCalls.Bound bound = calls.bound.getLast();
                assertEquals(MemoryCalls.MPOL_BIND, bound.mode());
                assertEquals(bits(node), bound.nodes());
                assertEquals(12_288, bound.bytes());
                assertEquals(piece.memory().address(), bound.address());
                assertEquals(node, memory.node());
                assertEquals(
                        List.of(new Grant("default pages, node " + node, "default pages, node " + node, "", 12_288)),
                        memory.grants());
            }
            assertEquals(List.of(), memory.grants());
        }
        assertEquals(List.of(), notices);
    }

    @Test
    void memory_is_bound_before_anybody_can_touch_it() throws SystemCallException {
        memory(Pages.TRANSPARENT, new NodePolicy.Preferred(1), true, 2)
                .allocate(100)
                .close();
        assertEquals(
                List.of("mmap 4194304", "mbind 2097152 to {1}", "huge 2097152", "populate 2097152", "munmap 4194304"),
                calls.calls);
        assertEquals(MemoryCalls.MPOL_PREFERRED, calls.bound.getFirst().mode());
    }

    @Test
    void interleaving_takes_all_nodes_with_memory_or_those_named() throws SystemCallException {
        memory(Pages.DEFAULT, new NodePolicy.Interleave(List.of()), false, 8)
                .allocate(1)
                .close();
        memory(Pages.DEFAULT, new NodePolicy.Interleave(List.of(3, 1)), false, 4)
                .allocate(1)
                .close();
        assertEquals(bits(0, 1, 2, 3, 4, 5, 6, 7), calls.bound.get(0).nodes());
        assertEquals(bits(1, 3), calls.bound.get(1).nodes());
        assertEquals(MemoryCalls.MPOL_INTERLEAVE, calls.bound.get(1).mode());
    }

    @Test
    void local_memory_follows_the_processor_of_the_thread() throws SystemCallException {
        var memory = memory(Pages.TRANSPARENT, new NodePolicy.Local(), false, 4);
        calls.cpu = 3;
        var near = memory.allocate(1);
        calls.cpu = 6;
        var far = memory.allocate(1);
        assertEquals(
                List.of(bits(1), bits(3)),
                calls.bound.stream().map(RecordingCalls.Bound::nodes).toList());
        calls.cpu = 99;
        memory.allocate(1).close();
        assertEquals(2, calls.bound.size());
        assertTrue(notices.getFirst().endsWith("processor 99 belongs to no node"), notices.toString());
        near.close();
        far.close();
    }

    @Test
    void small_pieces_share_a_page_and_it_goes_with_the_last() throws SystemCallException {
        var memory = memory(Pages.HUGE_2M, ANY, false, 1);
        var first = memory.allocate(1 << 20);
        var second = memory.allocate(100);
        assertEquals(1, calls.mapped.size());
        assertEquals(first.memory().address() + (1 << 20), second.memory().address());
        var third = memory.allocate(1 << 20);
        assertEquals(2, calls.mapped.size());
        first.close();
        assertThrows(IllegalStateException.class, () -> first.memory().get(ValueLayout.JAVA_BYTE, 0));
        assertEquals(2, calls.mapped.size());
        second.close();
        assertEquals(1, calls.mapped.size());
        third.close();
    }

    @Test
    void without_a_reserve_transparent_pages_are_taken_and_it_is_said_once() throws SystemCallException {
        calls.hugeErrno = Errno.ENOMEM;
        var memory = memory(Pages.HUGE_1G, new NodePolicy.Bind(0), false, 1);
        var pieces = List.of(memory.allocate(3 << 20), memory.allocate(5 << 20));
        assertEquals(
                List.of("memory: asked for pages of 1 GiB, node 0; got transparent huge pages, node 0: pages of 1 GiB:"
                        + " mmap: ENOMEM, out of memory (0 of 0 in the reserve were free; boot with hugepagesz=1G"
                        + " hugepages=N); pages of 2 MiB: mmap: ENOMEM, out of memory (0 of 0 in the reserve were free;"
                        + " sudo sysctl vm.nr_hugepages=N reserves N)"),
                notices);
        assertEquals(10 << 20, memory.grants().getFirst().bytes());
        assertFalse(memory.grants().getFirst().isWhole());
        pieces.forEach(PlacedMemory.Piece::close);
    }

    /** The mapping succeeds, as other processes' reservations do not count yet, and the pages are not there. */
    @Test
    void reserved_pages_that_do_not_come_are_given_up_before_anybody_touches_them() throws SystemCallException {
        calls.populateErrno = Errno.EFAULT;
        var memory = memory(Pages.HUGE_2M, new NodePolicy.Bind(1), false, 2);
        try (var piece = memory.allocate(5000)) {
            piece.memory().fill((byte) 1);
            assertEquals(
                    "transparent huge pages, node 1", memory.grants().getFirst().obtained());
        }
        assertTrue(
                calls.calls.containsAll(List.of("mmap 2097152 in 2097152", "munmap 2097152")), calls.calls.toString());
        assertEquals(1, notices.size());
    }

    @Test
    void a_kernel_that_switched_transparent_pages_off_is_quoted() throws SystemCallException {
        var memory =
                new PlacedMemory(Placement.DEFAULT.withPages(Pages.TRANSPARENT), machine(1), OFF, calls, notices::add);
        memory.allocate(1).close();
        assertTrue(notices.getFirst().contains("got default pages"), notices.toString());
        assertTrue(notices.getFirst().endsWith("enabled says always madvise [never]"), notices.toString());
        assertEquals(List.of("mmap 4096", "munmap 4096"), calls.calls);
    }

    @Test
    void where_binding_is_refused_memory_comes_from_any_node() throws SystemCallException {
        calls.bindErrno = Errno.EPERM;
        var memory = memory(Pages.HUGE_2M, new NodePolicy.Bind(1), false, 2);
        try (var piece = memory.allocate(1)) {
            assertEquals(1, piece.memory().byteSize());
            assertEquals(-1, memory.node());
            assertEquals("pages of 2 MiB, any node", memory.grants().getFirst().obtained());
            assertEquals(
                    "mbind({1}): EPERM, operation not permitted, as of a container without CAP_SYS_NICE",
                    memory.grants().getFirst().reason());
        }
    }

    @Test
    void a_node_that_is_not_there_is_said_to_be_missing() throws SystemCallException {
        var memory = memory(Pages.DEFAULT, new NodePolicy.Bind(5), false, 2);
        memory.allocate(1).close();
        assertEquals(
                List.of("memory: asked for default pages, node 5; got default pages, any node:"
                        + " nodes with memory are [0, 1]"),
                notices);
        assertEquals(-1, memory.node());
        assertEquals(List.of(), calls.bound);
        memory(Pages.DEFAULT, new NodePolicy.Interleave(List.of(0, 7)), false, 2)
                .allocate(1)
                .close();
        assertEquals(bits(0), calls.bound.getFirst().nodes());
    }

    @Test
    void a_machine_that_cannot_be_understood_has_one_node_and_usual_pages(@TempDir Path sys) throws IOException {
        new SystemTree(sys).write("devices/system/node/online", "all of them");
        var wanted = new Placement(Pages.TRANSPARENT, new NodePolicy.Bind(1), false);
        PlacedMemory.of(sys, wanted, calls, notices::add).allocate(1).close();
        assertEquals(2, notices.size());
        assertTrue(notices.getFirst().startsWith("memory: nodes and pages are not known: " + sys), notices.toString());
        assertEquals(List.of("mmap 4096", "munmap 4096"), calls.calls);
    }

    @Test
    void an_old_kernel_has_every_page_touched() throws SystemCallException {
        calls.populateErrno = Errno.EINVAL;
        try (var piece = memory(Pages.DEFAULT, ANY, true, 1).allocate(10_000)) {
            assertEquals(0, piece.memory().get(ValueLayout.JAVA_BYTE, 9_999));
        }
        assertEquals(List.of(), notices);
    }

    @Test
    void no_memory_at_all_is_an_error_and_leaves_nothing() {
        calls.anyErrno = Errno.ENOMEM;
        var memory = memory(Pages.HUGE_2M, ANY, true, 1);
        var thrown = assertThrows(SystemCallException.class, () -> memory.allocate(1));
        assertEquals(Errno.ENOMEM, thrown.errno());
        calls.anyErrno = 0;
        calls.populateErrno = Errno.ENOMEM;
        assertThrows(SystemCallException.class, () -> memory.allocate(1));
        assertEquals(List.of(), memory.grants());
        assertThrows(IllegalArgumentException.class, () -> memory.allocate(0));
        assertThrows(IllegalArgumentException.class, () -> memory.allocate(Long.MAX_VALUE));
    }
}
