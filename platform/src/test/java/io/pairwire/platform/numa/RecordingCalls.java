package io.pairwire.platform.numa;

import io.pairwire.platform.Errno;
import io.pairwire.platform.Linux;
import io.pairwire.platform.SystemCallException;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes down how memory was placed, gives memory of the heap's neighbourhood, and fails as told. */
final class RecordingCalls implements MemoryCalls {
    /** One call of {@code mbind}. */
    record Bound(long address, long bytes, int mode, BitSet nodes) {}

    final List<Bound> bound = new ArrayList<>();
    final List<String> calls = new ArrayList<>();
    final Map<Long, Long> mapped = new HashMap<>();
    int cpu;
    int bindErrno;
    int hugeErrno;
    int populateErrno;
    int anyErrno;

    private final Map<Long, Arena> arenas = new HashMap<>();

    @Override
    public long map(long bytes, int flags) throws SystemCallException {
        boolean huge = (flags & Linux.MAP_HUGETLB) != 0;
        long page = huge ? 1L << (flags >>> Linux.MAP_HUGE_SHIFT) : pageBytes();
        calls.add("mmap " + bytes + (huge ? " in " + page : ""));
        if (anyErrno != 0) throw new SystemCallException("mmap", anyErrno);
        if (huge && hugeErrno != 0) throw new SystemCallException("mmap", hugeErrno);
        Arena arena = Arena.ofShared();
        long address = arena.allocate(bytes, Math.min(page, 2 << 20)).address();
        arenas.put(address, arena);
        mapped.put(address, bytes);
        return address;
    }

    @Override
    public void unmap(long address, long bytes) {
        Long known = mapped.remove(address);
        if (known == null || known != bytes) throw new AssertionError("unmapped what was not mapped: " + bytes);
        calls.add("munmap " + bytes);
        arenas.remove(address).close();
    }

    @Override
    public void advise(long address, long bytes, int advice) throws SystemCallException {
        calls.add((advice == MADV_HUGEPAGE ? "huge " : "populate ") + bytes);
        if (advice == MADV_POPULATE_WRITE && populateErrno != 0)
            throw new SystemCallException("madvise", populateErrno);
    }

    @Override
    public void bind(long address, long bytes, int mode, BitSet nodes) throws SystemCallException {
        calls.add("mbind " + bytes + " to " + nodes);
        if (bindErrno != 0) throw new SystemCallException("mbind(" + nodes + ")", bindErrno);
        bound.add(new Bound(address, bytes, mode, (BitSet) nodes.clone()));
    }

    @Override
    public void bindThread(int mode, BitSet nodes) {
        calls.add("set_mempolicy " + mode + " " + nodes);
    }

    @Override
    public ThreadPolicy threadPolicy() {
        return new ThreadPolicy(MPOL_DEFAULT, new BitSet());
    }

    @Override
    public int[] nodesOf(long[] pages) throws SystemCallException {
        throw new SystemCallException("move_pages", Errno.EPERM);
    }

    @Override
    public int currentCpu() {
        return cpu;
    }

    @Override
    public int pageBytes() {
        return 4096;
    }
}
