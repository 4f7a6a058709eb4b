package io.pairwire.cli;

import io.pairwire.platform.Errno;
import io.pairwire.platform.Linux;
import io.pairwire.platform.SystemCallException;
import io.pairwire.platform.numa.MemoryCalls;
import java.util.BitSet;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** Calls of which some fail, as the seed says: huge pages, binding, and more memory. What was mapped is real. */
final class FaultyCalls implements MemoryCalls {
    private final MemoryCalls calls;
    private final Random random;
    private final AtomicLong sound;
    private final AtomicLong faults = new AtomicLong();

    /** @param sound how many mappings of usual pages succeed for certain, so that a pool can be opened */
    FaultyCalls(MemoryCalls calls, long seed, long sound) {
        this.calls = calls;
        this.random = new Random(seed);
        this.sound = new AtomicLong(sound);
    }

    /** Calls that failed because of this. */
    long faults() {
        return faults.get();
    }

    private void fail(boolean may, String call, int errno) throws SystemCallException {
        if (!may || random.nextBoolean()) return;
        faults.incrementAndGet();
        throw new SystemCallException(call, errno);
    }

    @Override
    public long map(long bytes, int flags) throws SystemCallException {
        boolean huge = (flags & Linux.MAP_HUGETLB) != 0;
        fail(huge || sound.getAndDecrement() <= 0, "mmap", Errno.ENOMEM);
        return calls.map(bytes, flags);
    }

    @Override
    public void unmap(long address, long bytes) throws SystemCallException {
        calls.unmap(address, bytes);
    }

    @Override
    public void advise(long address, long bytes, int advice) throws SystemCallException {
        fail(sound.get() <= 0 && advice == MADV_POPULATE_WRITE, "madvise(MADV_POPULATE_WRITE)", Errno.ENOMEM);
        calls.advise(address, bytes, advice);
    }

    @Override
    public void bind(long address, long bytes, int mode, BitSet nodes) throws SystemCallException {
        fail(true, "mbind(" + nodes + ")", Errno.EPERM);
        calls.bind(address, bytes, mode, nodes);
    }

    @Override
    public void bindThread(int mode, BitSet nodes) throws SystemCallException {
        calls.bindThread(mode, nodes);
    }

    @Override
    public ThreadPolicy threadPolicy() throws SystemCallException {
        return calls.threadPolicy();
    }

    @Override
    public int[] nodesOf(long[] pages) throws SystemCallException {
        return calls.nodesOf(pages);
    }

    @Override
    public int currentCpu() throws SystemCallException {
        return calls.currentCpu();
    }

    @Override
    public int pageBytes() {
        return calls.pageBytes();
    }
}
