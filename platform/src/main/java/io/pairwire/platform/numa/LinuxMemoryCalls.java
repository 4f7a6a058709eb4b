package io.pairwire.platform.numa;

import io.pairwire.platform.CFunction;
import io.pairwire.platform.CLibrary;
import io.pairwire.platform.Errno;
import io.pairwire.platform.Linux;
import io.pairwire.platform.SystemCallException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.BitSet;

/** Calls by number, since the C library has no functions for half of them. */
final class LinuxMemoryCalls implements MemoryCalls {
    static final LinuxMemoryCalls CALLS = new LinuxMemoryCalls();

    /** Numbers of x86-64, and of the architectures that share {@code asm-generic/unistd.h}. */
    private enum Call {
        MMAP(9, 222),
        MUNMAP(11, 215),
        MADVISE(28, 233),
        MBIND(237, 235),
        SET_MEMPOLICY(238, 237),
        GET_MEMPOLICY(239, 236),
        MOVE_PAGES(279, 239),
        GETCPU(309, 168);

        private final int x86;
        private final int generic;

        Call(int x86, int generic) {
            this.x86 = x86;
            this.generic = generic;
        }

        /** -1 if this machine has other numbers. */
        int number(String architecture) {
            return switch (architecture) {
                case "amd64", "x86_64" -> x86;
                case "aarch64", "riscv64", "loongarch64" -> generic;
                default -> -1;
            };
        }

        String text() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private static final CFunction SYSCALL = CFunction.named("syscall");
    private static final CFunction PAGE = CFunction.named("getpagesize");
    private static final String ARCHITECTURE = System.getProperty("os.arch");
    private static final boolean IS_LINUX = System.getProperty("os.name").startsWith("Linux");

    /** Bits of a mask; the kernel takes one less than it is told. */
    private static final int MASK_BITS = NumaTopology.MOST_NODES;

    private LinuxMemoryCalls() {}

    private static long call(Call call, String what, long a, long b, long c, long d, long e, long f)
            throws SystemCallException {
        int number = IS_LINUX ? call.number(ARCHITECTURE) : -1;
        if (number < 0) throw new SystemCallException(call.text(), Errno.ENOSYS);
        long answer = SYSCALL.call(number, a, b, c, d, e, f);
        if (answer == -1) throw new SystemCallException(call.text() + what, CLibrary.errno());
        return answer;
    }

    @Override
    public long map(long bytes, int flags) throws SystemCallException {
        int all = flags | Linux.MAP_PRIVATE | Linux.MAP_ANONYMOUS;
        return call(Call.MMAP, "", 0, bytes, Linux.PROT_READ | Linux.PROT_WRITE, all, -1, 0);
    }

    @Override
    public void unmap(long address, long bytes) throws SystemCallException {
        call(Call.MUNMAP, "", address, bytes, 0, 0, 0, 0);
    }

    @Override
    public void advise(long address, long bytes, int advice) throws SystemCallException {
        String name = switch (advice) {
            case MADV_HUGEPAGE -> "MADV_HUGEPAGE";
            case MADV_POPULATE_WRITE -> "MADV_POPULATE_WRITE";
            default -> Integer.toString(advice);
        };
        call(Call.MADVISE, "(" + name + ")", address, bytes, advice, 0, 0, 0);
    }

    @Override
    public void bind(long address, long bytes, int mode, BitSet nodes) throws SystemCallException {
        try (Arena arena = Arena.ofConfined()) {
            long mask = mask(arena, nodes).address();
            call(Call.MBIND, "(" + nodes + ")", address, bytes, mode, mask, MASK_BITS + 1L, 0);
        }
    }

    @Override
    public void bindThread(int mode, BitSet nodes) throws SystemCallException {
        try (Arena arena = Arena.ofConfined()) {
            long mask = mask(arena, nodes).address();
            call(Call.SET_MEMPOLICY, "(" + nodes + ")", mode, mask, MASK_BITS + 1L, 0, 0, 0);
        }
    }

    @Override
    public ThreadPolicy threadPolicy() throws SystemCallException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mode = arena.allocate(ValueLayout.JAVA_INT);
            MemorySegment mask = mask(arena, new BitSet());
            call(Call.GET_MEMPOLICY, "", mode.address(), mask.address(), MASK_BITS + 1L, 0, 0, 0);
            return new ThreadPolicy(
                    mode.get(ValueLayout.JAVA_INT, 0), BitSet.valueOf(mask.toArray(ValueLayout.JAVA_LONG)));
        }
    }

    private static MemorySegment mask(Arena arena, BitSet nodes) {
        if (nodes.length() > MASK_BITS) throw new IllegalArgumentException("no such nodes: " + nodes);
        MemorySegment mask = arena.allocate(MASK_BITS / Byte.SIZE, Long.BYTES);
        long[] bits = nodes.toLongArray();
        MemorySegment.copy(bits, 0, mask, ValueLayout.JAVA_LONG, 0, bits.length);
        return mask;
    }

    @Override
    public int[] nodesOf(long[] pages) throws SystemCallException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment asked = arena.allocateFrom(ValueLayout.JAVA_LONG, pages);
            MemorySegment answers = arena.allocate(ValueLayout.JAVA_INT, pages.length);
            call(Call.MOVE_PAGES, "", 0, pages.length, asked.address(), 0, answers.address(), 0);
            return answers.toArray(ValueLayout.JAVA_INT);
        }
    }

    @Override
    public int currentCpu() throws SystemCallException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment cpu = arena.allocate(ValueLayout.JAVA_INT);
            call(Call.GETCPU, "", cpu.address(), 0, 0, 0, 0, 0);
            return cpu.get(ValueLayout.JAVA_INT, 0);
        }
    }

    @Override
    public int pageBytes() {
        return (int) PAGE.call();
    }
}
