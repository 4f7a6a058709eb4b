package io.pairwire.platform;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.BitSet;

/** On which processors the calling platform thread may run, as {@code sched_setaffinity} has it. */
public final class Affinity {
    /** Processors that a mask can name. */
    public static final int MOST_CPUS = 1024;

    private static final int MASK_BYTES = MOST_CPUS / 8;
    private static final int THIS_THREAD = 0;

    // Found when first used: macOS has neither.
    private static final CFunction SET = CFunction.named("sched_setaffinity");
    private static final CFunction GET = CFunction.named("sched_getaffinity");

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
            int answer = (int) SET.call(THIS_THREAD, MASK_BYTES, CFunction.pointer(mask));
            if (answer != 0) throw new SystemCallException("sched_setaffinity(" + cpus + ")", CLibrary.errno());
        }
    }

    /** Where the calling thread may run. */
    public static BitSet get() throws SystemCallException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mask = arena.allocate(MASK_BYTES, 8);
            int answer = (int) GET.call(THIS_THREAD, MASK_BYTES, CFunction.pointer(mask));
            if (answer < 0) throw new SystemCallException("sched_getaffinity", CLibrary.errno());
            return BitSet.valueOf(mask.toArray(ValueLayout.JAVA_BYTE));
        }
    }
}
