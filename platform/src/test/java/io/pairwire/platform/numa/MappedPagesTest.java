package io.pairwire.platform.numa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.platform.Errno;
import io.pairwire.platform.SystemCallException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What the kernel says of memory; on Linux, of memory it really gave. */
class MappedPagesTest {
    private static final Path RESERVE = Path.of("/proc/sys/vm/nr_hugepages");
    private static final long LENGTH = 4 << 20;

    private final List<String> notices = new ArrayList<>();

    private static final List<String> LINES = List.of(
            "7f0000000000-7f0000400000 rw-p 00000000 00:00 0",
            "Size:               4096 kB",
            "KernelPageSize:        4 kB",
            "Rss:                2052 kB",
            "AnonHugePages:      2048 kB",
            "VmFlags: rd wr mr mw me ac hg",
            "7f0000400000-7f0000800000 rw-p 00000000 00:0f 1234    /anon_hugepage (deleted)",
            "KernelPageSize:     2048 kB",
            "Rss:                   0 kB",
            "Private_Hugetlb:    4096 kB",
            "ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0                  [vsyscall]",
            "Rss:                   4 kB");

    @Test
    void each_mapping_has_its_own_numbers() throws IOException {
        var nodes = new TreeMap<>(java.util.Map.of(0, 3));
        assertEquals(new MappedPages(4096, 2052 << 10, 2 << 20, 0, nodes), of(0x7f00_0000_1000L, 100, nodes));
        assertEquals(new MappedPages(2 << 20, 0, 0, 4 << 20, nodes), of(0x7f00_0040_0000L, 100, nodes));
        assertEquals(2052 << 10, of(0x7f00_003f_f000L, 0x2000, nodes).residentBytes());
        assertEquals(0, of(0x1000, 100, nodes).residentBytes());
        assertThrows(
                IOException.class,
                () -> MappedPages.of(
                        List.of("1-1000 r", "Rss: many kB"), List.of(new MappedPages.Range(1, 1)), new TreeMap<>()));
    }

    private static MappedPages of(long address, long bytes, SortedMap<Integer, Integer> nodes) throws IOException {
        return MappedPages.of(LINES, List.of(new MappedPages.Range(address, bytes)), nodes);
    }

    private PlacedMemory here(Placement wanted) throws IOException {
        return PlacedMemory.here(wanted, notices::add);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void bound_memory_lies_where_it_was_bound() throws IOException {
        int node = NumaTopology.here().withMemory().getFirst();
        for (NodePolicy policy : List.of(
                new NodePolicy.Bind(node),
                new NodePolicy.Preferred(node),
                new NodePolicy.Interleave(List.of(node)),
                new NodePolicy.Local())) {
            notices.clear();
            var memory = here(Placement.DEFAULT.withNodes(policy).withPrefault(true));
            try (var piece = memory.allocate(1 << 20)) {
                Assumptions.assumeTrue(notices.isEmpty(), "needs mbind: " + notices);
                MappedPages found = memory.survey();
                Assumptions.assumeFalse(found.nodes().isEmpty(), "needs move_pages");
                assertEquals(
                        256,
                        found.nodes().values().stream()
                                .mapToInt(Integer::intValue)
                                .sum(),
                        policy.text());
                if (!(policy instanceof NodePolicy.Local))
                    assertEquals(256, found.nodes().get(node));
                assertTrue(found.residentBytes() >= 1 << 20, found.toString());
            }
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void transparent_pages_come_where_the_kernel_has_them() throws IOException {
        Assumptions.assumeTrue(PageSupport.here().hasTransparent(), "needs transparent huge pages");
        var memory = here(new Placement(Pages.TRANSPARENT, new NodePolicy.Any(), true));
        try (var piece = memory.allocate(LENGTH)) {
            MappedPages found = memory.survey();
            assertTrue(found.residentBytes() >= LENGTH, found.toString());
            Assumptions.assumeTrue(found.transparentBytes() > 0, "needs 2 MiB of free memory in one piece");
            assertEquals(0, piece.memory().address() % (2 << 20));
        }
        assertEquals(List.of(), notices);
    }

    /** Two pages are put into the reserve, used, and taken out again. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void reserved_pages_are_taken_when_there_are_some() throws IOException {
        Assumptions.assumeTrue(Files.isWritable(RESERVE), "needs root, to reserve huge pages");
        String before = Files.readString(RESERVE).strip();
        try {
            try {
                Files.writeString(RESERVE, Long.toString(Long.parseLong(before) + 2));
            } catch (IOException e) {
                Assumptions.abort("needs a writable " + RESERVE + ": " + e.getMessage());
            }
            Assumptions.assumeTrue(PageSupport.here().reserve(2 << 20).free() >= 2, "needs 4 MiB of free memory");
            var memory = here(Placement.DEFAULT
                    .withPages(Pages.HUGE_2M)
                    .withNodes(new NodePolicy.Preferred(
                            NumaTopology.here().withMemory().getFirst())));
            try (var piece = memory.allocate(LENGTH)) {
                MappedPages found = memory.survey();
                assertEquals(2 << 20, found.pageBytes(), notices.toString());
                assertEquals(LENGTH, found.reservedBytes());
                piece.memory().fill((byte) 7);
            }
        } finally {
            if (!Files.readString(RESERVE).strip().equals(before)) Files.writeString(RESERVE, before);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void more_than_the_reserve_falls_back_to_what_there_is() throws IOException {
        long free = PageSupport.here().reserve(2 << 20).free();
        Assumptions.assumeTrue(free < 512, "needs a machine with fewer huge pages");
        try (var piece = here(Placement.DEFAULT.withPages(Pages.HUGE_2M)).allocate((free + 64) << 21)) {
            assertTrue(
                    notices.getFirst().startsWith("memory: asked for pages of 2 MiB, any node; got "),
                    notices.toString());
            piece.memory().set(java.lang.foreign.ValueLayout.JAVA_BYTE, 0, (byte) 1);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_thread_goes_back_to_the_policy_it_had() throws Exception {
        var calls = MemoryCalls.linux();
        MemoryCalls.ThreadPolicy before;
        try {
            before = calls.threadPolicy();
            var node = new BitSet();
            node.set(NumaTopology.here().withMemory().getFirst());
            calls.bindThread(MemoryCalls.MPOL_PREFERRED, node);
            assertEquals(new MemoryCalls.ThreadPolicy(MemoryCalls.MPOL_PREFERRED, node), calls.threadPolicy());
        } catch (SystemCallException e) {
            Assumptions.abort("needs set_mempolicy: " + e.getMessage());
            return;
        }
        calls.bindThread(before.mode(), before.nodes());
        assertEquals(before, calls.threadPolicy());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_node_that_the_kernel_does_not_have_is_refused_with_its_number() {
        var absent = new BitSet();
        absent.set(NumaTopology.MOST_NODES - 1);
        var thrown = assertThrows(
                SystemCallException.class, () -> MemoryCalls.linux().bindThread(MemoryCalls.MPOL_BIND, absent));
        Assumptions.assumeTrue(thrown.errno() != Errno.ENOSYS && thrown.errno() != Errno.EPERM, thrown.toString());
        assertEquals(Errno.EINVAL, thrown.errno());
    }
}
