package io.pairwire.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pairwire.platform.Errno;
import io.pairwire.platform.SystemCallException;
import io.pairwire.platform.numa.MemoryCalls;
import io.pairwire.platform.numa.NodePolicy;
import io.pairwire.platform.numa.NumaNode;
import io.pairwire.platform.numa.NumaTopology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NearbyTest {
    private static final NodePolicy ANY = new NodePolicy.Any();

    @TempDir
    private Path sys;

    private void card(String device, int node) throws IOException {
        Path file = sys.resolve("class/net/" + device + "/device/numa_node");
        Files.createDirectories(file.getParent());
        Files.writeString(file, node + "\n");
    }

    private NodePolicy near(PlayedMachine machine, LiveSettings settings) throws IOException {
        return Nearby.policy(settings, machine.topology(), sys);
    }

    @Test
    void memory_lies_next_to_the_thread_or_else_to_the_card() throws IOException {
        card("eth0", 3);
        card("eth1", -1);
        card("eth2", 9);
        var machine = new PlayedMachine(4);
        LiveSettings settings = LiveSettings.of("eth0");
        assertEquals(new NodePolicy.Preferred(3), near(machine, settings));
        assertEquals(new NodePolicy.Preferred(1), near(machine, settings.withCpu(2)));
        assertEquals(ANY, near(machine, settings.withCpu(77)));
        assertEquals(ANY, near(machine, LiveSettings.of("eth1")));
        assertEquals(ANY, near(machine, LiveSettings.of("eth2")));
        assertEquals(ANY, near(machine, LiveSettings.of(LiveSettings.ANY)));
        assertEquals(ANY, near(new PlayedMachine(1), settings), "no question on one node");
        var bare = new NumaTopology(List.of(NumaNode.of(0, List.of(0), 1 << 30), NumaNode.of(3, List.of(1), 0)));
        assertEquals(ANY, Nearby.policy(settings, bare, sys), "a node without memory");
    }

    @Test
    void the_kernel_takes_memory_there_for_as_long_as_the_request_lasts() throws SystemCallException {
        var machine = new PlayedMachine(2);
        var before = new MemoryCalls.ThreadPolicy(MemoryCalls.MPOL_INTERLEAVE, BitSet.valueOf(new long[] {3}));
        machine.policy = before;
        var during = new MemoryCalls.ThreadPolicy(MemoryCalls.MPOL_PREFERRED, BitSet.valueOf(new long[] {2}));
        var near = new Nearby(new NodePolicy.Preferred(1), machine);
        assertEquals("", near.text());
        assertEquals(during, near.request(() -> machine.policy));
        assertEquals(", node 1 preferred", near.text());
        assertEquals(List.of(during, before), machine.policies, "what numactl said holds again");
        Nearby.Request<Integer> refused = () -> {
            throw new SystemCallException("PACKET_RX_RING", Errno.ENOMEM);
        };
        assertThrows(SystemCallException.class, () -> near.request(refused));
        assertEquals(before, machine.policy);
    }

    @Test
    void where_that_is_forbidden_the_request_is_made_all_the_same() throws SystemCallException {
        var machine = new PlayedMachine(2);
        machine.failsBind = true;
        var near = new Nearby(new NodePolicy.Preferred(1), machine);
        assertEquals(1, near.request(() -> 1));
        assertEquals("", near.text());
        assertEquals(2, new Nearby(ANY, machine).request(() -> 2));
        assertEquals(List.of(), machine.policies);
    }
}
