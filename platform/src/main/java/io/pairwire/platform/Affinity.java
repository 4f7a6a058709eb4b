package io.pairwire.platform;

import static io.pairwire.platform.CLibrary.INT;
import static io.pairwire.platform.CLibrary.LONG;
import static io.pairwire.platform.CLibrary.POINTER;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.BitSet;

/** On which processors the calling platform thread may run, as {@code sched_setaffinity} has it. */
public final class Affinity {
    /** Processors that a mask can name. */
    public static final int MOST_CPUS = 1024;

    private static final int MASK_BYTES = MOST_CPUS / 8;
    private static final int THIS_THREAD = 0;

    // Found when first used: macOS has neither.
    private static final MethodHandle SET =
            CLibrary.function("sched_setaffinity", FunctionDescriptor.of(INT, INT, LONG, POINTER));
    private static final MethodHandle GET =
            CLibrary.function("sched_getaffinity", FunctionDescriptor.of(INT, INT, LONG, POINTER));

    private Affinity() {}

    /**
     * Keeps the calling thread on one processor.
     *
     * @param cpu from 0
     * @throws SystemCallException with {@link Errno#EINVAL} if this machine or this container has no such processor
     */
    public static void pin(int cpu) throws SystemCallException {
        if (cpu < 0 || cpu >= MOST_CPUS) throw new IllegalArgumentException("no such cpu: " + cpu);
        var cpus = new BitSet();
        cpus.set(cpu);
        set(cpus);
    }

    /** Lets the calling thread run on these processors only. */
    public static void set(BitSet cpus) throws SystemCallException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mask = arena.allocate(MASK_BYTES, 8);
            byte[] bytes = cpus.toByteArray();
            MemorySegment.copy(bytes, 0, mask, ValueLayout.JAVA_BYTE, 0, Math.min(bytes.length, MASK_BYTES));
            int answer;
            try {
                answer = (int) SET.invokeExact(CLibrary.errnoMemory(), THIS_THREAD, (long) MASK_BYTES, mask);
            } catch (Throwable thrown) {
                throw CLibrary.unexpected(thrown);
            }
            if (answer != 0) throw new SystemCallException("sched_setaffinity(" + cpus + ")", CLibrary.errno());
        }
    }

    /** Where the calling thread may run. */
    public static BitSet get() throws SystemCallException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mask = arena.allocate(MASK_BYTES, 8);
            int answer;
            try {
                answer = (int) GET.invokeExact(CLibrary.errnoMemory(), THIS_THREAD, (long) MASK_BYTES, mask);
            } catch (Throwable thrown) {
                throw CLibrary.unexpected(thrown);
            }
            if (answer < 0) throw new SystemCallException("sched_getaffinity", CLibrary.errno());
            return BitSet.valueOf(mask.toArray(ValueLayout.JAVA_BYTE));
        }
    }
}
