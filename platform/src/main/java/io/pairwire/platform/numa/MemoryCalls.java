package io.pairwire.platform.numa;

import io.pairwire.platform.SystemCallException;
import java.util.BitSet;

/**
 * The system calls that place memory. {@link #linux} makes them; tests play machines with several nodes by others. Any thread
 * may call.
 */
public interface MemoryCalls {
    /** Policies of {@code mbind} and {@code set_mempolicy}, {@code linux/mempolicy.h}. */
    int MPOL_DEFAULT = 0;

    int MPOL_PREFERRED = 1;
    int MPOL_BIND = 2;
    int MPOL_INTERLEAVE = 3;

    /** Advice of {@code madvise}, {@code asm-generic/mman-common.h}. */
    int MADV_HUGEPAGE = 14;

    int MADV_POPULATE_WRITE = 23;

    /**
     * Private zeroed memory of no file, to read and write.
     *
     * @param flags what goes beside {@code MAP_PRIVATE} and {@code MAP_ANONYMOUS}
     * @return the address
     */
    long map(long bytes, int flags) throws SystemCallException;

    /** Gives a whole mapping back. */
    void unmap(long address, long bytes) throws SystemCallException;

    /** Says how the memory will be used. */
    void advise(long address, long bytes, int advice) throws SystemCallException;

    /**
     * Says where pages of the memory are to be taken that are not there yet.
     *
     * @param mode one of {@code MPOL_}
     */
    void bind(long address, long bytes, int mode, BitSet nodes) throws SystemCallException;

    /** The same for what the calling thread takes from now on, which the kernel's own memory follows too. */
    void bindThread(int mode, BitSet nodes) throws SystemCallException;

    /** What {@link #bindThread} said last, or whoever started the thread. */
    ThreadPolicy threadPolicy() throws SystemCallException;

    /**
     * Where a thread takes memory.
     *
     * @param mode one of {@code MPOL_}, or another that the kernel knows
     * @param nodes that it names
     */
    record ThreadPolicy(int mode, BitSet nodes) {}

    /** The node of each page, or a negative error number, as of {@code -ENOENT} if it is not there. */
    int[] nodesOf(long[] pages) throws SystemCallException;

    /** The processor the calling thread runs on just now. */
    int currentCpu() throws SystemCallException;

    /** Bytes of a default page. */
    int pageBytes();

    /** Those of the kernel below. */
    static MemoryCalls linux() {
        return LinuxMemoryCalls.CALLS;
    }
}
