package io.pairwire.memory.pool;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Some buffers of one class, side by side in one piece of memory. Made and closed under the lock of its class. */
final class Slab {
    private static final MemorySegment NOTHING = MemorySegment.ofArray(new byte[0]);

    /** Where {@link PacketBuffer#NONE} lies. */
    static final Slab NOWHERE = new Slab(null, 0, 0, 0, null, false);

    /** Null only of {@link #NOWHERE}. */
    final @Nullable PacketPool pool;

    final int length;

    /** Bytes from one buffer to the next. */
    final int stride;

    final int mask;

    /** See {@link Handle}. Shared by all threads; whoever holds the last reference writes plainly. */
    final int[] states;

    /** Empty if the pool keeps no metadata. */
    final PacketBuffer[] views;

    /** Empty once the slab is closed. */
    MemorySegment memory;

    private @Nullable MemoryBlock block;

    /**
     * @param length bytes a buffer
     * @param mask gives the place in this slab from a handle
     * @param block null if buffers have no bytes of their own
     */
    Slab(@Nullable PacketPool pool, int count, int length, int mask, @Nullable MemoryBlock block, boolean metadata) {
        this.pool = pool;
        this.length = length;
        this.stride = stride(pool, length);
        this.mask = mask;
        this.states = new int[count];
        this.block = block;
        this.memory = block == null ? NOTHING : block.memory();
        this.views = new PacketBuffer[metadata ? count : 0];
        for (int i = 0; i < views.length; i++) views[i] = new PacketBuffer(this);
    }

    /** Guards lie behind buffers if they are checked; a slice has no bytes to guard. */
    static int stride(@Nullable PacketPool pool, int length) {
        return length == 0 || pool == null || pool.checks() == null ? length : length + MemoryChecks.GUARD;
    }

    /** Buffers somebody holds a reference to, as of some moment for each. */
    int outstanding() {
        int held = 0;
        for (int i = 0; i < states.length; i++) {
            if (Handle.references((int) States.ARRAY.getOpaque(states, i)) > 0) held++;
        }
        return held;
    }

    /** Gives the memory back; from here on every access to a buffer in it fails. */
    void close() {
        for (PacketBuffer view : views) view.clear();
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
