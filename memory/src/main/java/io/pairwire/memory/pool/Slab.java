package io.pairwire.memory.pool;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Some buffers of one class, side by side in one piece of memory. Made and closed under the lock of its class. */
final class Slab {
    private static final MemorySegment NOTHING = MemorySegment.ofArray(new byte[0]);

    /** Where {@link PacketBuffer#NONE} lies, and what handles of nobody lead to. */
    static final Slab NOWHERE = new Slab(null, 0, 0, 0, 0, 0, null, false);

    /** Null only of {@link #NOWHERE}. */
    final @Nullable PacketPool pool;

    /** The number of its class. */
    final int sizeClass;

    final int length;

    /** Bytes from one buffer to the next. */
    final int stride;

    /** Takes a handle to its place in the slab. */
    final int mask;

    /** The place of its first buffer in the pool. */
    final int first;

    /** How many there are. */
    final int count;

    /** See {@link Handle}; empty if the buffers have views, which then have their states. Whoever holds the last reference
     * writes plainly. */
    final int[] states;

    /** In the parts of {@link PacketPool#views}; empty if the pool keeps no metadata. */
    final PacketBuffer[][] views;

    /** Empty once the slab is closed. */
    MemorySegment memory;

    private final int shift;
    private @Nullable MemoryBlock block;

    /**
     * @param length bytes a buffer
     * @param block null if buffers have no bytes of their own
     */
    Slab(
            @Nullable PacketPool pool,
            int sizeClass,
            int count,
            int length,
            int mask,
            int first,
            @Nullable MemoryBlock block,
            boolean metadata) {
        this.pool = pool;
        this.sizeClass = sizeClass;
        this.length = length;
        this.stride = stride(pool, length);
        this.mask = mask;
        this.first = first;
        this.count = count;
        this.states = new int[metadata ? 0 : count];
        this.block = block;
        this.memory = block == null ? NOTHING : block.memory();
        this.shift = pool == null ? 0 : pool.shift();
        this.views = new PacketBuffer[metadata ? (count - 1 >> shift) + 1 : 0][];
        for (int part = 0; part < views.length; part++) {
            views[part] = new PacketBuffer[Math.min(count - (part << shift), 1 << shift)];
            for (int i = 0; i < views[part].length; i++) {
                views[part][i] = new PacketBuffer(this, first + (part << shift) + i);
            }
        }
    }

    /** Guards lie behind buffers if they are checked; a slice has no bytes to guard. */
    static int stride(@Nullable PacketPool pool, int length) {
        return length == 0 || pool == null || pool.checks() == null ? length : length + MemoryChecks.GUARD;
    }

    /** The view of the buffer at {@code at}, of a pool with metadata. */
    PacketBuffer view(int at) {
        return views[at >>> shift][at & (1 << shift) - 1];
    }

    /** Sees what others did before they released. */
    int state(int at) {
        return views.length == 0 ? (int) States.ARRAY.getAcquire(states, at) : view(at).state();
    }

    /** For whoever holds the only reference. */
    void state(int at, int state) {
        if (views.length == 0) States.ARRAY.setOpaque(states, at, state);
        else view(at).state(state);
    }

    /** What the state was; it is {@code state} now if that was {@code expected}. */
    int exchange(int at, int expected, int state) {
        return views.length == 0
                ? (int) States.ARRAY.compareAndExchange(states, at, expected, state)
                : view(at).exchange(expected, state);
    }

    /** Buffers somebody holds a reference to, as of some moment for each. */
    int outstanding() {
        int held = 0;
        for (int i = 0; i < count; i++) {
            if (Handle.references(state(i)) > 0) held++;
        }
        return held;
    }

    /** Gives the memory back; from here on every access to a buffer in it fails. */
    void close() {
        for (PacketBuffer[] part : views) {
            for (PacketBuffer view : part) view.clear();
        }
        memory = NOTHING;
        if (block != null) block.release().run();
        block = null;
    }

    boolean isClosed() {
        return block == null;
    }

    /** Takes new memory; states go on where they were, so handles from before {@link #close} stay stale. */
    void reopen(MemoryBlock fresh) {
        block = fresh;
        memory = fresh.memory();
    }
}
