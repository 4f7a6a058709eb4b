package io.pairwire.live;

import io.pairwire.memory.pool.PacketPool;
import io.pairwire.memory.pool.PoolSettings;
import io.pairwire.platform.SystemCallException;
import io.pairwire.platform.numa.MemoryCalls;
import io.pairwire.platform.numa.NodePolicy;
import io.pairwire.platform.numa.NumaTopology;
import io.pairwire.platform.numa.PageSupport;
import io.pairwire.platform.numa.PlacedMemory;
import io.pairwire.platform.numa.Placement;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A pool on each NUMA node that has memory, so that a thread finds buffers next to it. Any thread may use any of them, and a buffer goes
 * back to the pool it is from whoever releases it.
 */
public final class NodePools implements AutoCloseable {
    private static final int NOWHERE = -1;

    private final SortedMap<Integer, PacketPool> pools = new TreeMap<>();
    private final PacketPool first;
    private final int[] nodeOfCpu;
    private final MemoryCalls calls;

    /**
     * @param settings of each pool; their source is not used
     * @param placement pages and prefaulting; the node is that of the pool, and other nodes are taken when it is full, unless the
     *     placement's own policy is {@link NodePolicy.Bind}
     * @throws io.pairwire.memory.pool.MemoryUnavailableException if there is no memory for the initial buffers
     */
    public NodePools(
            PoolSettings settings,
            Placement placement,
            NumaTopology topology,
            PageSupport support,
            MemoryCalls calls,
            Consumer<String> notices) {
        this.calls = calls;
        boolean strict = placement.nodes() instanceof NodePolicy.Bind;
        try {
            for (int node : topology.withMemory()) {
                NodePolicy there = strict ? new NodePolicy.Bind(node) : new NodePolicy.Preferred(node);
                var memory = new PlacedMemory(placement.withNodes(there), topology, support, calls, notices);
                pools.put(node, new PacketPool(settings.withSource(new PlacedSource(memory))));
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
        if (pools.isEmpty()) throw new IllegalArgumentException("no node has memory: " + topology);
        first = pools.firstEntry().getValue();
        var cpus = new ArrayList<Integer>();
        topology.nodes().forEach(node -> cpus.addAll(node.cpus()));
        nodeOfCpu = new int[cpus.stream().mapToInt(Integer::intValue).max().orElse(0) + 1];
        Arrays.fill(nodeOfCpu, NOWHERE);
        for (int cpu : cpus) nodeOfCpu[cpu] = topology.nodeOf(cpu).orElse(NOWHERE);
    }

    /** On this machine, which is Linux. */
    public static NodePools here(PoolSettings settings, Placement placement, Consumer<String> notices)
            throws IOException {
        return new NodePools(
                settings, placement, NumaTopology.here(), PageSupport.here(), MemoryCalls.linux(), notices);
    }

    /** Nodes with a pool, ascending. */
    public List<Integer> nodes() {
        return List.copyOf(pools.keySet());
    }

    /**
     * The pool of a node.
     *
     * @throws IllegalArgumentException if that node has none
     */
    public PacketPool on(int node) {
        PacketPool pool = pools.get(node);
        if (pool == null) throw new IllegalArgumentException("no pool on node " + node + ", but on " + pools.keySet());
        return pool;
    }

    /**
     * The pool next to the processor the calling thread runs on; the first one if the kernel does not tell. A system call: a thread
     * that is kept on a processor asks once and holds on to {@link PacketPool#local} of what it gets.
     */
    public PacketPool here() {
        int cpu;
        try {
            cpu = calls.currentCpu();
        } catch (SystemCallException unknown) {
            return first;
        }
        int node = cpu >= 0 && cpu < nodeOfCpu.length ? nodeOfCpu[cpu] : NOWHERE;
        return node == NOWHERE ? first : on(node);
    }

    /** Buffers in use, of all pools. */
    public int outstanding() {
        return pools.values().stream().mapToInt(PacketPool::outstanding).sum();
    }

    /** Closes all pools. */
    @Override
    public void close() {
        pools.values().forEach(PacketPool::close);
    }
}
