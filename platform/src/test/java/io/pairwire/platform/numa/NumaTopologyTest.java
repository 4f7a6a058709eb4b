package io.pairwire.platform.numa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.platform.Affinity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumaTopologyTest {
    @TempDir
    private Path sys;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8})
    void every_processor_belongs_to_its_node(int nodes) throws IOException {
        new SystemTree(sys).nodes(nodes, 8);
        var topology = NumaTopology.read(sys);
        assertEquals(IntStream.range(0, nodes).boxed().toList(), topology.withMemory());
        for (int cpu = 0; cpu < nodes * 8; cpu++) {
            assertEquals(OptionalInt.of(cpu % nodes), topology.nodeOf(cpu), "processor " + cpu);
        }
        assertEquals(OptionalInt.empty(), topology.nodeOf(nodes * 8));
        assertTrue(topology.has(nodes - 1));
        assertFalse(topology.has(nodes));
        assertEquals(1L << 30, topology.nodes().getLast().bytes());
        assertEquals(1L << 29, topology.nodes().getLast().freeBytes());
    }

    @Test
    void a_node_without_memory_takes_that_of_the_nearest() throws IOException {
        new SystemTree(sys)
                .write("devices/system/node/online", "0-1,4")
                .node(0, "0-1", 1 << 20, "10 40 20")
                .node(1, "", 1 << 20, "40 10 12")
                .node(4, "2-3", 0, "20 12 10");
        var topology = NumaTopology.read(sys);
        assertEquals(OptionalInt.of(1), topology.nodeOf(3));
        assertEquals(List.of(0, 1), topology.withMemory());
        assertEquals("0,1,4", topology.toString());
    }

    @Test
    void a_kernel_without_nodes_is_one_node() throws IOException {
        new SystemTree(sys).write("devices/system/cpu/online", "0-5");
        var topology = NumaTopology.read(sys);
        assertEquals(OptionalInt.of(0), topology.nodeOf(5));
        assertEquals(List.of(0), topology.withMemory());
        assertEquals(List.of(0), NumaTopology.read(sys.resolve("nothing")).withMemory());
    }

    @Test
    void reserves_are_told_for_each_node_and_for_all() throws IOException {
        new SystemTree(sys)
                .nodes(2, 2)
                .reserve("devices/system/node/node1/hugepages", 2048, 8, 3)
                .reserve("devices/system/node/node1/hugepages", 1_048_576, 1, 1)
                .reserve("kernel/mm/hugepages", 2048, 8, 3)
                .write("kernel/mm/transparent_hugepage/enabled", "always [madvise] never");
        NumaNode node = NumaTopology.read(sys).nodes().get(1);
        assertEquals(3, node.freeHugePages(2 << 20));
        assertEquals(1, node.freeHugePages(1 << 30));
        assertEquals(0, NumaTopology.read(sys).nodes().get(0).freeHugePages(2 << 20));
        PageSupport support = PageSupport.read(sys);
        assertEquals(new HugePages(2 << 20, 8, 3), support.reserve(2 << 20));
        assertEquals(0, support.reserve(1 << 30).total());
        assertTrue(support.hasTransparent());
        new SystemTree(sys).write("kernel/mm/transparent_hugepage/enabled", "always madvise [never]");
        assertFalse(PageSupport.read(sys).hasTransparent());
        assertFalse(PageSupport.read(sys.resolve("nothing")).hasTransparent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0-", "x", "3-1", "0-70000", "-1", "0,1-99999999999"})
    void a_list_that_makes_no_sense_is_told_with_its_path(String online) throws IOException {
        new SystemTree(sys).write("devices/system/node/online", online);
        var thrown = assertThrows(IOException.class, () -> NumaTopology.read(sys));
        assertTrue(String.valueOf(thrown.getMessage()).contains("online"), thrown.toString());
    }

    @Test
    void an_interface_tells_the_node_of_its_card() throws IOException {
        new SystemTree(sys)
                .write("class/net/eth0/device/numa_node", "1")
                .write("class/net/eth1/device/numa_node", "-1")
                .write("class/net/lo/mtu", "65536");
        assertEquals(OptionalInt.of(1), NumaTopology.nodeOfInterface(sys, "eth0"));
        assertEquals(OptionalInt.empty(), NumaTopology.nodeOfInterface(sys, "eth1"));
        assertEquals(OptionalInt.empty(), NumaTopology.nodeOfInterface(sys, "lo"));
        assertEquals(OptionalInt.empty(), NumaTopology.nodeOfInterface(sys, "../net/eth0"));
        assertEquals(OptionalInt.empty(), NumaTopology.nodeOfInterface(sys, ""));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void this_machine_knows_where_its_processors_are() throws IOException {
        var topology = NumaTopology.here();
        int cpu = Affinity.get().nextSetBit(0);
        assertTrue(topology.withMemory().contains(topology.nodeOf(cpu).orElseThrow()), topology.toString());
    }
}
