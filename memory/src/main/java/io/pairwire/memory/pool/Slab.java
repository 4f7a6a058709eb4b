package io.pairwire.memory.pool;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Some buffers of one class, side by side in one piece of memory. Made and closed under the lock of its class. */
final class Slab {
    private static final MemorySegment NOTHING = MemorySegment.ofArray(new byte[0]);

    /** Where {@link PacketBuffer#NONE} lies, and what handles of nobody lead to. */
    static final Slab NOWHERE = new Slab(null, 0, 0, 0, 0, 0, null);

    /** Null only of {@link #NOWHERE}. */
    final @Nullable PacketPool pool;

    /** Which of the slabs of its class it is. */
    final int number;

    final int length;

    /** Bytes from one buffer to the next. */
    final int stride;

    /** How many buffers there are. */
    final int count;

    /** The place of its first buffer, see {@link Handle}. */
    final int first;

    /** Takes a handle to where it is in {@link #states}; of a pool without metadata. */
    final int mask;

    /**
     * See {@link Handle}. Empty if the buffers have views, which then have their states. Whoever holds the last reference
     * writes plainly.
     */
    final int[] states;

    /** Empty once the slab is closed. */
    MemorySegment memory;

    private @Nullable MemoryBlock block;

    /**
     * @param length bytes a buffer
     * @param block null if buffers have no bytes of their own
     */
    Slab(
            @Nullable PacketPool pool,
            int number,
            int count,
            int length,
            int first,
            int mask,
            @Nullable MemoryBlock block) {
        this.pool = pool;
        this.number = number;
        this.length = length;
        this.stride = stride(pool, length);
        this.count = count;
        this.first = first;
        this.mask = mask;
        this.states = new int[pool == null || pool.settings().metadata() ? 0 : count];
        Arrays.fill(states, Handle.idle(first));
        this.block = block;
        this.memory = block == null ? NOTHING : block.memory();
    }

    /** Guards lie behind buffers if they are checked; a slice has no bytes to guard. */
    static int stride(@Nullable PacketPool pool, int length) {
        return length == 0 || pool == null || pool.checks() == null ? length : length + MemoryChecks.GUARD;
    }

    /** Views of all its buffers, new ones. */
    PacketBuffer[] makeViews() {
        var views = new PacketBuffer[count];
        for (int i = 0; i < count; i++) views[i] = new PacketBuffer(this, first + i, Handle.idle(first));
        return views;
    }

    /** Where a buffer of this slab is in it. */
    int at(int handle) {
        return Handle.place(handle) - first;
    }

    /** Sees what others did before they released. */
    int state(int at) {
        return states.length == 0 ? view(at).state() : (int) States.ARRAY.getAcquire(states, at);
    }

    /** For whoever holds the only reference. */
    void state(int at, int state) {
        if (states.length == 0) view(at).state(state);
        else States.ARRAY.setOpaque(states, at, state);
    }

    /** What the state was; it is {@code state} now if that was {@code expected}. */
    int exchange(int at, int expected, int state) {
        return states.length == 0
                ? view(at).exchange(expected, state)
                : (int) States.ARRAY.compareAndExchange(states, at, expected, state);
    }

    /** The view of the buffer at {@code at}, of a pool with metadata. */
    PacketBuffer view(int at) {
        return Objects.requireNonNull(pool).view(first + at);
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
        if (states.length == 0) {
            for (int i = 0; i < count; i++) view(i).clear();
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
