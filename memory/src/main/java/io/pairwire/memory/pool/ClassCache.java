package io.pairwire.memory.pool;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What one thread keeps of one size class: two magazines, so that allocating and releasing in turn at the end of one does
 * not go to the depot each time. The spare one is full or empty.
 */
final class ClassCache {
    private static final VarHandle ALLOCATIONS = counter("allocations");
    private static final VarHandle RELEASES = counter("releases");
    private static final VarHandle REFILLS = counter("refills");
    private static final VarHandle LARGER = counter("larger");
    private static final VarHandle EXHAUSTED = counter("exhausted");

    /** Places in the totals of {@link #addTo}. */
    static final int ALLOCATED = 0;

    static final int RELEASED = 1;
    static final int REFILLED = 2;
    static final int SERVED_LARGER = 3;
    static final int FOUND_NONE = 4;
    static final int TOTALS = 5;

    // The JVM lays out long fields first, so these lines keep what a neighbour on the heap writes away from ours.
    @SuppressWarnings("unused")
    private long pad1, pad2, pad3, pad4, pad5, pad6, pad7, pad8;

    private long allocations;
    private long releases;
    private long refills;
    private long larger;
    private long exhausted;

    final BufferClass buffers;
    final BareTable bare;

    /** The short way to views, by index, as last seen; see {@link BufferClass#shortViews}. */
    PacketBuffer[] views = PacketPool.NO_VIEWS;

    private final int capacity;
    private Magazine loaded;
    private Magazine spare;
    private int[] handles;
    private int top = Magazine.FIRST;

    ClassCache(BufferClass buffers, int capacity) {
        this.buffers = buffers;
        this.bare = new BareTable(buffers.shift);
        this.capacity = capacity;
        this.loaded = buffers.depot.popEmpty();
        this.spare = buffers.depot.popEmpty();
        this.handles = loaded.handles;
    }

    private static VarHandle counter(String field) {
        try {
            return MethodHandles.lookup().findVarHandle(ClassCache.class, field, long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Looks for the tables there are now; were they others? */
    boolean refresh() {
        PacketBuffer[] newViews = buffers.shortViews();
        Slab[] newSlabs = buffers.shortSlabs();
        if (views == newViews && bare.has(newSlabs)) return false;
        views = newViews;
        bare.slabs(newSlabs);
        return true;
    }

    /** The handle released last, which stays where it is; {@link Handle#NONE} if it is in another magazine or nowhere. */
    int top() {
        return handles[top - 1];
    }

    /** Takes away what {@link #top} told. */
    void drop() {
        top--;
    }

    /** The handle released last, or {@link Handle#NONE} if none is to be had. */
    int pop() {
        int last = top - 1;
        if (last < Magazine.FIRST) return refill() ? pop() : Handle.NONE;
        top = last;
        return handles[last];
    }

    /** Handles for which {@link #pop} need not change the magazine; 0 only if none is to be had. */
    int loaded() {
        return top == Magazine.FIRST && !refill() ? 0 : top - Magazine.FIRST;
    }

    /** Handles for which {@link #push} need not change the magazine. */
    int room() {
        return handles.length - top;
    }

    /** The magazine itself, for loops over batches: handles end before {@link #end}. */
    int[] handles() {
        return handles;
    }

    int end() {
        return top;
    }

    /** After such a loop. */
    void end(int now) {
        top = now;
    }

    void push(int handle) {
        int next = top;
        if (next < handles.length) {
            handles[next] = handle;
            top = next + 1;
        } else {
            makeRoom();
            push(handle);
        }
    }

    private boolean refill() {
        loaded.count = 0;
        if (spare.count > 0) {
            swap();
            return true;
        }
        REFILLS.setOpaque(this, refills + 1);
        Magazine filled = buffers.depot.popFilled();
        if (filled == null) filled = buffers.refill();
        if (filled == null) return false;
        buffers.depot.push(loaded);
        load(filled);
        return true;
    }

    private void makeRoom() {
        loaded.count = top - Magazine.FIRST;
        if (spare.count < capacity) {
            swap();
        } else {
            buffers.depot.push(spare);
            spare = loaded;
            load(buffers.depot.popEmpty());
        }
    }

    private void swap() {
        Magazine full = spare;
        spare = loaded;
        load(full);
    }

    private void load(Magazine magazine) {
        loaded = magazine;
        handles = magazine.handles;
        top = Magazine.FIRST + magazine.count;
    }

    /** Knows no buffer any more, so that all are sought by the long way. */
    void forgetTables() {
        views = PacketPool.NO_VIEWS;
        bare.slabs(PacketPool.NO_SLABS);
    }

    /** Gives everything to the depot; nothing may be popped or pushed any more. */
    void close() {
        loaded.count = top - Magazine.FIRST;
        buffers.depot.push(loaded);
        buffers.depot.push(spare);
        top = Magazine.FIRST;
        loaded = new Magazine(-1, 0);
        spare = loaded;
        handles = loaded.handles;
    }

    // Plainly, since an opaque store of each costs more than the rest of an allocation; whoever adds up reads whole
    // longs.

    void countAllocations(int more) {
        allocations += more;
    }

    void countReleases(int more) {
        releases += more;
    }

    /** One request that a shorter class should have served. */
    void countLarger() {
        LARGER.setOpaque(this, larger + 1);
    }

    /** One request that found no buffer. */
    void countExhausted() {
        EXHAUSTED.setOpaque(this, exhausted + 1);
    }

    /** Adds allocations, releases, refills, larger, exhausted; releases are read before allocations. */
    void addTo(long[] totals) {
        totals[RELEASED] += (long) RELEASES.getOpaque(this);
        totals[ALLOCATED] += (long) ALLOCATIONS.getOpaque(this);
        totals[REFILLED] += (long) REFILLS.getOpaque(this);
        totals[SERVED_LARGER] += (long) LARGER.getOpaque(this);
        totals[FOUND_NONE] += (long) EXHAUSTED.getOpaque(this);
    }
}
