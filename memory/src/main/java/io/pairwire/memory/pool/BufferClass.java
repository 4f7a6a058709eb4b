package io.pairwire.memory.pool;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One size class at work: its slabs and its depot. */
final class BufferClass {
    final int number;
    final int length;

    /** Of a pool without metadata: takes an index to its slab. */
    final int shift;

    private final @Nullable Slab[] slabs; // filled from the front

    final Depot depot;

    private final PacketPool pool;
    private final int initial;
    private final int ceiling;
    private final int growth;
    private int taken; // indexes, of a pool with metadata
    private volatile PacketBuffer[] views = PacketPool.NO_VIEWS;
    private volatile PacketBuffer[] shortViews = PacketPool.NO_VIEWS;
    private volatile Slab[] shortSlabs = PacketPool.NO_SLABS;
    private volatile int count;
    private volatile int growths;
    private volatile int failedGrowths;

    BufferClass(PacketPool pool, int number, int length, int initial, int ceiling, int growth) {
        this.pool = pool;
        this.number = number;
        this.length = length;
        this.initial = initial;
        this.ceiling = ceiling;
        this.growth = growth;
        this.shift = SizeClass.slabShift(initial, ceiling, growth);
        this.slabs = new Slab[(int) SizeClass.slabs(initial, ceiling, growth)];
        this.depot = new Depot(pool.settings().cache());
    }

    /** The slab of the buffer at {@code index}, {@link Slab#NOWHERE} if there is none. */
    Slab find(int index) {
        if (pool.settings().metadata()) {
            PacketBuffer[] all = views;
            return index < all.length ? all[index].home() : Slab.NOWHERE;
        }
        int number = index >>> shift;
        Slab slab = number < slabs.length ? slabs[number] : null;
        return slab != null && slab.at(Handle.place(this.number, index)) < slab.count ? slab : Slab.NOWHERE;
    }

    /** The view of the buffer at an index there is. */
    PacketBuffer view(int index) {
        return views[index];
    }

    /**
     * The short way to the views of buffers, by index. Empty if the pool keeps no metadata, and while there is something to
     * check at each allocation and release, or sites are to be written down.
     */
    PacketBuffer[] shortViews() {
        return shortViews;
    }

    /** The same for a pool without metadata, by index shifted. */
    Slab[] shortSlabs() {
        return shortSlabs;
    }

    /** Opens or shuts the short way; under the lock of {@link PacketPool#show}. */
    void show(boolean open) {
        show(views.clone(), open);
    }

    // Threads keep the table they know; what is out of date is filled with nobody, so with their next buffer they come
    // to
    // look for the new one.
    private void show(PacketBuffer[] all, boolean open) {
        PacketBuffer[] viewsBefore = shortViews;
        Slab[] slabsBefore = shortSlabs;
        views = all;
        shortSlabs = open && !pool.settings().metadata() ? known() : PacketPool.NO_SLABS;
        shortViews = open ? all : PacketPool.NO_VIEWS;
        if (viewsBefore != all) Arrays.fill(viewsBefore, PacketBuffer.NOBODY);
        Arrays.fill(slabsBefore, Slab.NOWHERE);
    }

    private Slab[] known() {
        int end = slabs.length;
        while (end > 0 && slabs[end - 1] == null) end--;
        return Arrays.copyOf(slabs, end);
    }

    /** Makes the buffers of a slab known by their handles; under the lock of {@link PacketPool#show}. */
    void place(Slab slab, boolean open) {
        slabs[slab.number] = slab;
        if (pool.settings().metadata()) {
            int first = Handle.index(slab.first);
            PacketBuffer[] all = Arrays.copyOf(views, first + slab.count);
            System.arraycopy(slab.makeViews(), 0, all, first, slab.count);
            show(all, open);
        } else {
            show(views, open);
        }
    }

    /**
     * Makes the buffers of the start.
     *
     * @throws MemoryUnavailableException if there is no memory for them
     */
    synchronized void open() {
        if (initial > 0) make(0, initial);
    }

    /** A magazine with handles: from the depot, from threads that ended, or new. Null if nothing is left to try. */
    synchronized @Nullable Magazine refill() {
        Magazine filled = depot.popFilled();
        if (filled == null && pool.locals().reclaim()) filled = depot.popFilled();
        while (filled == null && grow()) filled = depot.popFilled(); // others may be faster
        return filled;
    }

    private boolean grow() {
        int wanted = Math.min(growth, ceiling - count);
        if (wanted <= 0 || pool.isClosed()) return false;
        int slab = initial > 0 ? 1 : 0;
        while (slab < slabs.length && slabs[slab] != null && !slabs[slab].isClosed()) slab++;
        if (slab == slabs.length) return false;
        try {
            make(slab, slabs[slab] == null ? wanted : slabs[slab].count);
        } catch (MemoryUnavailableException e) {
            failedGrowths++; // told as a number; the allocation goes on to the next class or the policy
            return false;
        }
        growths++;
        return true;
    }

    private void make(int number, int buffers) {
        MemoryBlock block = length == 0
                ? new MemoryBlock(Slab.NOWHERE.memory, () -> {})
                : pool.settings().source().allocate((long) buffers * Slab.stride(pool, length));
        if (slabs[number] == null) {
            int mask = (1 << shift) - 1;
            int index = pool.settings().metadata() ? taken : number << shift;
            taken += buffers;
            int place = Handle.place(this.number, index);
            // before any of its handles is in the depot
            pool.place(this, new Slab(pool, number, buffers, length, place, mask, block));
        } else {
            slabs[number].reopen(block);
        }
        count += buffers;
        Slab slab = slabs[number];
        MemoryChecks checks = pool.checks();
        if (checks != null) checks.opened(slab);
        Magazine magazine = depot.popEmpty();
        for (int i = buffers - 1; i >= 0; i--) { // so that the lowest is on top
            if (magazine.count == pool.settings().cache()) {
                depot.push(magazine);
                magazine = depot.popEmpty();
            }
            magazine.add(Handle.withGenerationOf(slab.state(i), slab.first + i));
        }
        depot.push(magazine);
    }

    /**
     * Gives back the memory of slabs, other than the first, of which every buffer is in the depot.
     *
     * @return bytes given back
     */
    synchronized long shrink() {
        var idle = new int[slabs.length];
        var kept = new ArrayList<Magazine>();
        for (Magazine next = depot.popFilled(); next != null; next = depot.popFilled()) {
            kept.add(next);
            for (int i = 0; i < next.count; i++) idle[slabOf(next.handles[Magazine.FIRST + i])]++;
        }
        var closing = new boolean[slabs.length];
        long bytes = 0;
        for (int slab = initial > 0 ? 1 : 0; slab < slabs.length; slab++) {
            if (slabs[slab] == null || slabs[slab].isClosed() || idle[slab] < slabs[slab].count) continue;
            closing[slab] = true;
            slabs[slab].close();
            count -= slabs[slab].count;
            bytes += (long) slabs[slab].count * slabs[slab].stride;
        }
        for (Magazine magazine : kept.reversed()) { // the order in which they lay
            int handles = magazine.count;
            magazine.count = 0;
            for (int i = 0; i < handles; i++) {
                int handle = magazine.handles[Magazine.FIRST + i];
                if (!closing[slabOf(handle)]) magazine.add(handle);
            }
            depot.push(magazine);
        }
        return bytes;
    }

    private int slabOf(int handle) {
        return pool.slab(handle).number;
    }

    synchronized void close() {
        for (Slab slab : slabs) {
            if (slab != null && !slab.isClosed()) slab.close();
        }
    }

    /** Without a lock on all threads at once, so the sums are of slightly different moments. */
    PoolStatistics.ForClass statistics() {
        long[] totals = pool.locals().totals(number);
        long allocated = totals[ClassCache.ALLOCATED];
        long released = totals[ClassCache.RELEASED];
        long inUse = pool.settings().statistics() ? Math.max(0, allocated - released) : outstanding();
        return new PoolStatistics.ForClass(
                length,
                count,
                ceiling,
                inUse,
                allocated,
                released,
                totals[ClassCache.REFILLED],
                totals[ClassCache.SERVED_LARGER],
                totals[ClassCache.FOUND_NONE],
                growths,
                failedGrowths);
    }

    /** Adds buffers in use, until there are {@code limit}. */
    synchronized void collect(List<ActiveBuffer> into, int limit) {
        for (int number = 0; number < slabs.length; number++) {
            Slab slab = slabs[number];
            if (slab == null) continue;
            for (int i = 0; i < slab.count && into.size() < limit; i++) {
                int state = slab.state(i);
                if (Handle.references(state) == 0) continue;
                int handle = Handle.withGenerationOf(state, slab.first + i);
                into.add(new ActiveBuffer(handle, length, Handle.references(state), pool.allocationSite(handle)));
            }
        }
    }

    synchronized int outstanding() {
        int held = 0;
        for (Slab slab : slabs) {
            if (slab != null) held += slab.outstanding();
        }
        return held;
    }
}
