package io.pairwire.platform;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Memory from {@code mmap}: a ring that the kernel shares, or pages of no file. Any thread may use it until {@link #close};
 * a use after that throws, and a close while another thread is in a system call with this memory fails.
 */
public final class MappedMemory implements AutoCloseable {
    private static final CFunction MMAP = CFunction.named("mmap");
    private static final CFunction MUNMAP = CFunction.named("munmap");
    private static final int NO_DESCRIPTOR = -1;
    private static final long FAILED = -1;

    private final Arena arena;
    private final MemorySegment memory;
    private final AtomicBoolean closed = new AtomicBoolean();

    private MappedMemory(Arena arena, MemorySegment memory) {
        this.arena = arena;
        this.memory = memory;
    }

    /**
     * Maps what a descriptor stands for.
     *
     * @param offset into it, bytes; a multiple of the page length
     * @param bytes from 1
     * @param protection {@link Linux#PROT_READ} and {@link Linux#PROT_WRITE}
     * @param flags {@link Linux#MAP_SHARED} and others
     */
    public static MappedMemory of(FileDescriptor descriptor, long offset, long bytes, int protection, int flags)
            throws SystemCallException {
        return map(descriptor.number(), offset, bytes, protection, flags, "mmap(" + descriptor.name() + ")");
    }

    /**
     * Maps zeroed pages of no file.
     *
     * @param flags what goes beside {@link Linux#MAP_PRIVATE} and {@link Linux#MAP_ANONYMOUS}
     */
    public static MappedMemory anonymous(long bytes, int flags) throws SystemCallException {
        int all = flags | Linux.MAP_PRIVATE | Linux.MAP_ANONYMOUS;
        return map(NO_DESCRIPTOR, 0, bytes, Linux.PROT_READ | Linux.PROT_WRITE, all, "mmap(" + bytes + " bytes)");
    }

    @SuppressWarnings("restricted") // the length is what the kernel was asked for
    private static MappedMemory map(int descriptor, long offset, long bytes, int protection, int flags, String what)
            throws SystemCallException {
        if (bytes < 1) throw new IllegalArgumentException("bytes is below 1: " + bytes);
        long address = MMAP.call(0, bytes, protection, flags, descriptor, offset);
        if (address == FAILED) throw new SystemCallException(what, CLibrary.errno());
        Arena arena = Arena.ofShared();
        return new MappedMemory(arena, MemorySegment.ofAddress(address).reinterpret(bytes, arena, MappedMemory::unmap));
    }

    /** Unmapping a whole mapping of our own has no way to fail. */
    private static void unmap(MemorySegment whole) {
        if ((int) MUNMAP.call(whole.address(), whole.byteSize()) != 0)
            throw new IllegalStateException("munmap: " + Errno.describe(CLibrary.errno()));
    }

    /** The whole of it, valid until {@link #close}. */
    public MemorySegment memory() {
        return memory;
    }

    /** Gives the memory back; does nothing a second time. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) arena.close();
    }
}
