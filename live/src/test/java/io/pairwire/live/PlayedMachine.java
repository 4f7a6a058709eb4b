package io.pairwire.live;

import io.pairwire.platform.Errno;
import io.pairwire.platform.Linux;
import io.pairwire.platform.SystemCallException;
import io.pairwire.platform.numa.MemoryCalls;
import io.pairwire.platform.numa.NumaNode;
import io.pairwire.platform.numa.NumaTopology;
import io.pairwire.platform.numa.PageSupport;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** A machine with some nodes of two processors each, that writes down where each mapping was bound to. */
final class PlayedMachine implements MemoryCalls {
    /** A mapping. */
    record Mapping(long bytes, boolean huge, BitSet nodes) {}

    final Map<Long, Mapping> mappings = new HashMap<>();
    final List<String> notices = new ArrayList<>();
    final List<ThreadPolicy> policies = new ArrayList<>();
    ThreadPolicy policy = new ThreadPolicy(MPOL_DEFAULT, new BitSet());
    boolean failsHuge;
    boolean failsBind;
    boolean failsAll;
    int cpu;

    private final int nodes;
    private final Map<Long, Arena> arenas = new HashMap<>();

    PlayedMachine(int nodes) {
        this.nodes = nodes;
    }

    NumaTopology topology() {
        return new NumaTopology(IntStream.range(0, nodes)
                .mapToObj(node -> NumaNode.of(node, List.of(2 * node, 2 * node + 1), 1L << 34))
                .toList());
    }

    PageSupport support() {
        return new PageSupport(List.of(), Optional.of("[always] madvise never"), 2 << 20);
    }

    @Override
    public long map(long bytes, int flags) throws SystemCallException {
        boolean huge = (flags & Linux.MAP_HUGETLB) != 0;
        if (failsAll || huge && failsHuge) throw new SystemCallException("mmap", Errno.ENOMEM);
        Arena arena = Arena.ofShared();
        long address = arena.allocate(bytes, huge ? 2 << 20 : 4096).address();
        arenas.put(address, arena);
        mappings.put(address, new Mapping(bytes, huge, new BitSet()));
        return address;
    }

    @Override
    public void unmap(long address, long bytes) {
        if (mappings.remove(address).bytes() != bytes) throw new AssertionError("not the whole of it: " + bytes);
        arenas.remove(address).close();
    }

    @Override
    public void advise(long address, long bytes, int advice) {}

    @Override
    public void bind(long address, long bytes, int mode, BitSet nodes) throws SystemCallException {
        if (failsBind) throw new SystemCallException("mbind", Errno.ENOSYS);
        mappings.entrySet().stream()
                .filter(each -> address - each.getKey() >= 0
                        && address - each.getKey() < each.getValue().bytes())
                .forEach(each -> each.getValue().nodes().or(nodes));
    }

    @Override
    public void bindThread(int mode, BitSet nodes) throws SystemCallException {
        if (failsBind) throw new SystemCallException("set_mempolicy", Errno.EPERM);
        policy = new ThreadPolicy(mode, (BitSet) nodes.clone());
        policies.add(policy);
    }

    @Override
    public ThreadPolicy threadPolicy() {
        return policy;
    }

    @Override
    public int[] nodesOf(long[] pages) throws SystemCallException {
        throw new SystemCallException("move_pages", Errno.ENOSYS);
    }

    @Override
    public int currentCpu() throws SystemCallException {
        if (cpu < 0) throw new SystemCallException("getcpu", Errno.ENOSYS);
        return cpu;
    }

    @Override
    public int pageBytes() {
        return 4096;
    }
}
