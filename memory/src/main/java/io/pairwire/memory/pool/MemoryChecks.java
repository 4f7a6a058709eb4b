package io.pairwire.memory.pool;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Poison in idle buffers and guards between all of them. A finding is told when its buffer is allocated or released the
 * next time; who comes upon it is not to blame, so it does not throw.
 */
final class MemoryChecks {
    /** Bytes behind every buffer that belong to nobody. */
    static final int GUARD = SizeClass.LINE;

    private static final byte POISON = (byte) 0xDB;
    private static final byte GUARDED = (byte) 0xFD;

    private final PacketPool pool;
    private final MemorySegment poison;
    private final MemorySegment guard;

    MemoryChecks(PacketPool pool, int longest) {
        this.pool = pool;
        this.poison = filled(longest, POISON);
        this.guard = filled(GUARD, GUARDED);
    }

    private static MemorySegment filled(int length, byte value) {
        var bytes = new byte[length];
        Arrays.fill(bytes, value);
        return MemorySegment.ofArray(bytes);
    }

    PacketPool pool() {
        return pool;
    }

    /** All buffers of the slab are idle. */
    void opened(Slab slab) {
        if (slab.length == 0) return;
        for (int i = 0; i < slab.count; i++) fill(slab, i);
    }

    void taken(Slab slab, int at, int handle) {
        check(slab, at, 0, slab.length, poison, handle, "was written after its release, at byte ");
    }

    void released(Slab slab, int at, int handle) {
        if (slab.length == 0) return;
        check(slab, at, slab.length, GUARD, guard, handle, "was written behind its end, at byte ");
        fill(slab, at);
    }

    private static void fill(Slab slab, int at) {
        long start = (long) at * slab.stride;
        slab.memory.asSlice(start, slab.length).fill(POISON);
        slab.memory.asSlice(start + slab.length, GUARD).fill(GUARDED);
    }

    private void check(Slab slab, int at, int from, int length, MemorySegment expected, int handle, String what) {
        long start = (long) at * slab.stride + from;
        long differs = MemorySegment.mismatch(slab.memory, start, start + length, expected, 0, length);
        if (differs >= 0)
            pool.tell("buffer " + Handle.text(handle) + " " + what + (from + differs) + pool.sites(handle));
    }
}
