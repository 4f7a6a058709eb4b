package io.pairwire.platform.xdp;

import static io.pairwire.platform.CLibrary.INT;
import static io.pairwire.platform.CLibrary.LONG;
import static io.pairwire.platform.CLibrary.POINTER;
import static io.pairwire.platform.CLibrary.SHORT;

import io.pairwire.platform.CLibrary;
import io.pairwire.platform.Errno;
import io.pairwire.platform.FileDescriptor;
import io.pairwire.platform.SystemCallException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;

/** Calls on sockets of the family AF_XDP, {@code linux/if_xdp.h}. */
final class XdpCalls {
    static final int AF_XDP = 44;

    // Options of SOL_XDP.
    static final int MMAP_OFFSETS = 1;
    static final int RX_RING = 2;
    static final int TX_RING = 3;
    static final int UMEM_REG = 4;
    static final int UMEM_FILL_RING = 5;
    static final int UMEM_COMPLETION_RING = 6;
    static final int STATISTICS = 7;
    static final int OPTIONS = 8;

    // Where mmap finds the rings.
    static final long RX_AT = 0;
    static final long TX_AT = 0x8000_0000L;
    static final long FILL_AT = 0x1_0000_0000L;
    static final long COMPLETION_AT = 0x1_8000_0000L;

    /** {@code struct xdp_umem_reg}; older kernels know the first 24 or 28 bytes, newer ones take the rest as 0. */
    static final StructLayout UMEM = MemoryLayout.structLayout(
            LONG.withName("addr"),
            LONG.withName("len"),
            INT.withName("chunk_size"),
            INT.withName("headroom"),
            INT.withName("flags"),
            MemoryLayout.paddingLayout(4));

    private static final StructLayout RING_OFFSET = MemoryLayout.structLayout(
            LONG.withName("producer"), LONG.withName("consumer"), LONG.withName("desc"), LONG.withName("flags"));

    static final StructLayout RING_OFFSETS = MemoryLayout.structLayout(
            RING_OFFSET.withName("rx"),
            RING_OFFSET.withName("tx"),
            RING_OFFSET.withName("fr"),
            RING_OFFSET.withName("cr"));

    static final StructLayout ADDRESS = MemoryLayout.structLayout(
            SHORT.withName("sxdp_family"),
            SHORT.withName("sxdp_flags"),
            INT.withName("sxdp_ifindex"),
            INT.withName("sxdp_queue_id"),
            INT.withName("sxdp_shared_umem_fd"));

    static final StructLayout COUNTERS = MemoryLayout.structLayout(
            LONG.withName("rx_dropped"),
            LONG.withName("rx_invalid_descs"),
            LONG.withName("tx_invalid_descs"),
            LONG.withName("rx_ring_full"),
            LONG.withName("rx_fill_ring_empty_descs"),
            LONG.withName("tx_ring_empty_descs"));

    /** {@code struct xdp_desc}. */
    static final StructLayout DESCRIPTOR =
            MemoryLayout.structLayout(LONG.withName("addr"), INT.withName("len"), INT.withName("options"));

    private static final int SOL_XDP = 283;
    private static final int SOCK_RAW = 3;
    private static final int SOCK_CLOEXEC = 0x8_0000;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int PROT_READ_WRITE = 3;
    private static final int MAP_SHARED = 1;
    private static final int MAP_PRIVATE = 2;
    private static final int MAP_ANONYMOUS = 0x20;
    private static final int MAP_POPULATE = 0x8000;
    private static final int MAP_HUGETLB = 0x4_0000;

    private static final MethodHandle SOCKET = CLibrary.function("socket", FunctionDescriptor.of(INT, INT, INT, INT));
    private static final MethodHandle SETSOCKOPT =
            CLibrary.function("setsockopt", FunctionDescriptor.of(INT, INT, INT, INT, POINTER, INT));
    private static final MethodHandle GETSOCKOPT =
            CLibrary.function("getsockopt", FunctionDescriptor.of(INT, INT, INT, INT, POINTER, POINTER));
    private static final MethodHandle BIND = CLibrary.function("bind", FunctionDescriptor.of(INT, INT, POINTER, INT));
    private static final MethodHandle MMAP =
            CLibrary.function("mmap", FunctionDescriptor.of(LONG, LONG, LONG, INT, INT, INT, LONG));
    private static final MethodHandle MUNMAP = CLibrary.function("munmap", FunctionDescriptor.of(INT, LONG, LONG));
    private static final MethodHandle SENDTO =
            CLibrary.function("sendto", FunctionDescriptor.of(LONG, INT, POINTER, LONG, INT, POINTER, INT));
    private static final MethodHandle RECVFROM =
            CLibrary.function("recvfrom", FunctionDescriptor.of(LONG, INT, POINTER, LONG, INT, POINTER, POINTER));
    private static final MethodHandle POLL = CLibrary.function("poll", FunctionDescriptor.of(INT, POINTER, LONG, INT));

    private XdpCalls() {}

    static FileDescriptor socket() throws SystemCallException {
        try {
            int number = (int) SOCKET.invokeExact(CLibrary.errnoMemory(), AF_XDP, SOCK_RAW | SOCK_CLOEXEC, 0);
            if (number < 0) throw new SystemCallException("socket(AF_XDP)", CLibrary.errno());
            return new FileDescriptor(number, "AF_XDP socket");
        } catch (SystemCallException e) {
            throw e;
        } catch (Throwable thrown) {
            throw CLibrary.unexpected(thrown);
        }
    }

    static void set(FileDescriptor socket, int option, MemorySegment value, String what) throws SystemCallException {
        int answer;
        try {
            answer = (int) SETSOCKOPT.invokeExact(
                    CLibrary.errnoMemory(), socket.number(), SOL_XDP, option, value, (int) value.byteSize());
        } catch (Throwable thrown) {
            throw CLibrary.unexpected(thrown);
        }
        if (answer != 0) throw new SystemCallException("setsockopt(" + what + ")", CLibrary.errno());
    }

    static void get(Arena arena, FileDescriptor socket, int option, MemorySegment value, String what)
            throws SystemCallException {
        int answer;
        MemorySegment length = arena.allocateFrom(INT, (int) value.byteSize());
        try {
            answer = (int)
                    GETSOCKOPT.invokeExact(CLibrary.errnoMemory(), socket.number(), SOL_XDP, option, value, length);
        } catch (Throwable thrown) {
            throw CLibrary.unexpected(thrown);
        }
        if (answer != 0) throw new SystemCallException("getsockopt(" + what + ")", CLibrary.errno());
    }

    static void bind(FileDescriptor socket, MemorySegment address) throws SystemCallException {
        int answer;
        try {
            answer = (int) BIND.invokeExact(CLibrary.errnoMemory(), socket.number(), address, (int) address.byteSize());
        } catch (Throwable thrown) {
            throw CLibrary.unexpected(thrown);
        }
        if (answer != 0) throw new SystemCallException("bind(AF_XDP)", CLibrary.errno());
    }

    /** Maps a ring of a socket until the arena is closed. */
    static MemorySegment mapRing(Arena arena, FileDescriptor socket, long length, long offset)
            throws SystemCallException {
        return map(arena, length, MAP_SHARED | MAP_POPULATE, socket.number(), offset, "mmap(AF_XDP ring)");
    }

    /** Memory of zeros until the arena is closed. */
    static MemorySegment memory(Arena arena, long length, boolean hugePages) throws SystemCallException {
        int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE | (hugePages ? MAP_HUGETLB : 0);
        return map(arena, length, flags, -1, 0, hugePages ? "mmap(huge pages)" : "mmap(UMEM)");
    }

    @SuppressWarnings("restricted") // native access is what this module is for
    private static MemorySegment map(Arena arena, long length, int flags, int descriptor, long offset, String what)
            throws SystemCallException {
        long address;
        try {
            address = (long)
                    MMAP.invokeExact(CLibrary.errnoMemory(), 0L, length, PROT_READ_WRITE, flags, descriptor, offset);
        } catch (Throwable thrown) {
            throw CLibrary.unexpected(thrown);
        }
        if (address == -1) throw new SystemCallException(what, CLibrary.errno());
        return MemorySegment.ofAddress(address).reinterpret(length, arena, memory -> unmap(memory.address(), length));
    }

    private static void unmap(long address, long length) {
        try {
            int answer = (int) MUNMAP.invokeExact(CLibrary.errnoMemory(), address, length);
            if (answer != 0) throw new IllegalStateException("munmap: " + Errno.describe(CLibrary.errno()));
        } catch (IllegalStateException e) {
            throw e;
        } catch (Throwable thrown) {
            throw CLibrary.unexpected(thrown);
        }
    }

    /** Tells the kernel to send what is in the TX ring. Answers with an {@link Errno}, 0 if none. */
    static int wakeTransmit(int descriptor) {
        try {
            long answer = (long) SENDTO.invokeExact(
                    CLibrary.errnoMemory(), descriptor, MemorySegment.NULL, 0L, MSG_DONTWAIT, MemorySegment.NULL, 0);
            return answer < 0 ? CLibrary.errno() : 0;
        } catch (Throwable thrown) {
            throw CLibrary.unexpected(thrown);
        }
    }

    /** Tells the driver that there are frames in the fill ring. Answers with an {@link Errno}, 0 if none. */
    static int wakeReceive(int descriptor) {
        try {
            long answer = (long) RECVFROM.invokeExact(
                    CLibrary.errnoMemory(),
                    descriptor,
                    MemorySegment.NULL,
                    0L,
                    MSG_DONTWAIT,
                    MemorySegment.NULL,
                    MemorySegment.NULL);
            return answer < 0 ? CLibrary.errno() : 0;
        } catch (Throwable thrown) {
            throw CLibrary.unexpected(thrown);
        }
    }

    /** How many of these {@code struct pollfd} are ready; a negative {@link Errno} if none could be waited for. */
    static int poll(MemorySegment descriptors, int count, int timeoutMillis) {
        try {
            int answer = (int) POLL.invokeExact(CLibrary.errnoMemory(), descriptors, (long) count, timeoutMillis);
            return answer < 0 ? -CLibrary.errno() : answer;
        } catch (Throwable thrown) {
            throw CLibrary.unexpected(thrown);
        }
    }
}
