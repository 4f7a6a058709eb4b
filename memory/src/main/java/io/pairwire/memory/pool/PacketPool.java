package io.pairwire.memory.pool;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Buffers for packets, made once and used again.
 *
 * <pre>{@code
 * try (var pool = new PacketPool(PoolSettings.defaults())) {
 *     PacketBuffer buffer = pool.allocate(1500);
 *     buffer.putU16(12, 0x0800);
 *     buffer.release();
 * }
 * }</pre>
 *
 * <p>Three doors to the same buffers: {@link #allocate} and {@link PacketBuffer} for convenience; {@link #local} or
 * {@link #newLocal}, held on to, saves looking up the thread; and their handles in batches are for hot loops. Any thread
 * may use the pool, and a buffer may be released by another thread than the one that allocated it.
 *
 * <p>Allocating and releasing takes no lock and no memory of the heap, except when a class grows by a slab.
 */
public final class PacketPool implements AutoCloseable {
    // The idea: a thread keeps two magazines of handles for each size class and works on these alone. Full and empty
    // magazines are exchanged with the depot of the class, two lock-free stacks, so the threads meet once in a
    // magazine.
    // All that is hot is ints in arrays: storing references in old arrays costs more than the rest of an allocation
    // with G1.
    // A state is written by whoever holds the only reference, without an atomic operation; see Handle for its bits.

    /** No handle: what is answered when all buffers are in use. */
    public static final int NONE = Handle.NONE;

    static final long SHORT_WAIT_NANOS = 50_000;

    private static final int DESCRIPTOR_CEILING = 256_000;
    private static final int DESCRIPTOR_GROWTH = 1_000;
    private static final Logger LOG = System.getLogger(PacketPool.class.getName());

    private static final int MOST_FINDINGS = 100;

    static final PacketBuffer[] NO_VIEWS = {};
    static final Slab[] NO_SLABS = {};

    private static final class Shared {
        static final PacketPool POOL = new PacketPool(PoolSettings.defaults());
    }

    private final PoolSettings settings;
    private final @Nullable MemoryChecks checks;
    private volatile @Nullable Tracer tracer;
    private final BufferClass[] classes;
    private final Object showing = new Object();
    private final int longest;
    private final LocalPools locals = new LocalPools(this);
    private final List<String> findings = new ArrayList<>();
    private volatile boolean closed;
    private volatile int outstandingAtClose;

    /**
     * @throws MemoryUnavailableException if there is no memory for the initial buffers
     */
    public PacketPool(PoolSettings settings) {
        this.settings = settings;
        List<SizeClass> sizes = settings.classes();
        this.checks = settings.safety() == Safety.DEBUG
                ? new MemoryChecks(this, sizes.getLast().length())
                : null;
        this.classes = new BufferClass[sizes.size() + (settings.metadata() ? 1 : 0)];
        for (int i = 0; i < sizes.size(); i++) {
            SizeClass size = sizes.get(i);
            classes[i] = new BufferClass(this, i, size.length(), size.initial(), size.ceiling(), size.growth());
        }
        if (settings.metadata()) {
            classes[sizes.size()] = new BufferClass(this, sizes.size(), 0, 0, DESCRIPTOR_CEILING, DESCRIPTOR_GROWTH);
        }
        this.longest = sizes.getLast().length() - settings.headroom();
        open();
    }

    /** Makes the buffers of a slab known by their handles. */
    void place(BufferClass of, Slab slab) {
        synchronized (showing) {
            of.place(slab, isShort());
        }
    }

    /** Opens or shuts the short way of threads to all buffers. */
    private void show() {
        for (BufferClass each : classes) each.show(isShort());
    }

    /** Is there nothing to do at each allocation and release that takes the long way? */
    private boolean isShort() {
        Tracer now = tracer;
        return !closed && checks == null && (now == null || now.isSimple());
    }

    private void open() {
        try {
            for (BufferClass buffers : classes) buffers.open();
        } catch (MemoryUnavailableException e) {
            for (BufferClass buffers : classes) buffers.close();
            throw e;
        }
    }

    /** One pool of {@link PoolSettings#defaults} for simple programs; made when first asked for, never closed. */
    public static PacketPool shared() {
        return Shared.POOL;
    }

    public PoolSettings settings() {
        return settings;
    }

    /** A buffer as {@link LocalPool#allocateBuffer}, from the calling thread's cache. {@link PacketBuffer#NONE} is empty. */
    public PacketBuffer allocate(int length) {
        return local().allocateBuffer(length);
    }

    /** The calling thread's caches. */
    public LocalPool local() {
        return locals.mine();
    }

    /** Caches that belong to no thread until somebody uses them, and are closed by their owner. */
    public LocalPool newLocal() {
        return locals.newUnowned();
    }

    LocalPools locals() {
        return locals;
    }

    /**
     * The view of a buffer in use.
     *
     * @throws BufferMisuseException if {@code handle} is not of a buffer in use
     * @throws IllegalStateException if the pool keeps no metadata
     */
    public PacketBuffer buffer(int handle) {
        Slab slab = liveSlab(handle);
        if (!settings.metadata()) throw noMetadata();
        return slab.view(slab.at(handle));
    }

    static IllegalStateException noMetadata() {
        return new IllegalStateException("the pool keeps no metadata, only handles");
    }

    /** The memory a buffer lies in, among others; it starts at {@link #position}. Valid as long as the buffer is in use. */
    public MemorySegment memory(int handle) {
        return slab(handle).memory;
    }

    /** Where in {@link #memory} the buffer starts, headroom included. */
    public long position(int handle) {
        Slab slab = slab(handle);
        return (long) slab.at(handle) * slab.stride;
    }

    /** Bytes from {@link #position} that belong to the buffer. */
    public int capacity(int handle) {
        return slab(handle).length;
    }

    /** Is that a buffer in use, and still the one the handle was given for? */
    public boolean isLive(int handle) {
        return references(handle) > 0;
    }

    /** References somebody holds to the buffer, 0 if it is not in use. */
    public int references(int handle) {
        Slab slab = find(handle);
        if (slab.count == 0 || handle == NONE) return 0;
        int state = slab.state(slab.at(handle));
        return Handle.isLive(handle, state) ? Handle.references(state) : 0;
    }

    /**
     * Takes one more reference, for whoever holds one; each has to be released.
     *
     * @throws BufferMisuseException if {@code handle} is not of a buffer in use
     */
    public void retain(int handle) {
        Slab slab = slab(handle);
        int at = slab.at(handle);
        int state = slab.state(at);
        if (state == Handle.live(handle) && checks == null) {
            slab.state(at, state + 1 | Handle.SHARED); // the only reference is the caller's
            return;
        }
        while (true) {
            if (!Handle.isLive(handle, state)) throw misuse(handle, state);
            if (Handle.references(state) == Handle.MOST_REFERENCES) {
                throw new IllegalStateException("buffer " + Handle.text(handle) + " has 65535 references");
            }
            int seen = slab.exchange(at, state, state + 1 | Handle.SHARED);
            if (seen == state) return;
            state = seen;
        }
    }

    /** Sets flags of a buffer in use, so that its release is told from the usual one. */
    void flag(int handle, int flags) {
        Slab slab = slab(handle);
        int at = slab.at(handle);
        int state = slab.state(at);
        while (true) {
            if (!Handle.isLive(handle, state)) throw misuse(handle, state);
            int seen = slab.exchange(at, state, state | flags);
            if (seen == state) return;
            state = seen;
        }
    }

    /** What to tell of a view that was touched where it has no bytes. */
    RuntimeException outside(PacketBuffer view, String where) {
        if (closed) return new BufferMisuseException("the pool was closed: " + where + " of " + view);
        int handle = view.handle();
        Slab slab = slab(handle);
        int state = slab.state(slab.at(handle));
        return Handle.isLive(handle, state)
                ? new IndexOutOfBoundsException(where + " of " + view)
                : misuse(handle, state);
    }

    BufferMisuseException misuse(int handle, int state) {
        if (closed) return new BufferMisuseException("the pool was closed");
        String buffer = "buffer " + Handle.text(handle);
        // Asked by its view, it has the generation of the next use already.
        int ago = Handle.generation(state) - Handle.generation(handle);
        if (Handle.references(state) == 0 && (ago & 0xFF) <= 1)
            return new BufferMisuseException(buffer + " was released before" + sites(handle));
        int now = Handle.withGenerationOf(state, handle);
        return new BufferMisuseException(buffer
                + (Handle.references(state) > 0 ? ": stale handle, in use again as " : ": stale handle, idle as ")
                + Handle.text(now)
                + sites(handle));
    }

    /** Says what is written down from now on; what was before is forgotten. */
    public void trace(Tracing tracing) {
        Tracer now = tracing.equals(Tracing.OFF) ? null : new Tracer(tracing);
        synchronized (showing) {
            if (closed) return;
            tracer = now;
            show();
        }
    }

    /**
     * What became of one buffer under all its handles, oldest first, as far as {@link Tracing} kept it and it was not in use
     * more than 255 times since.
     */
    public List<BufferEvent> life(int handle) {
        Slab slab = slab(handle);
        var events = new ArrayList<BufferEvent>();
        locals.forEach(each -> each.collect(Handle.place(handle), events));
        int now = Handle.generation(slab.state(slab.at(handle)));
        events.sort(Comparator.comparingInt((BufferEvent each) -> -(now - Handle.generation(each.handle()) & 0xFF))
                .thenComparing(BufferEvent::kind));
        return events;
    }

    /** Up to {@code limit} buffers in use, each as of some moment during this call. */
    public List<ActiveBuffer> active(int limit) {
        var active = new ArrayList<ActiveBuffer>();
        for (BufferClass buffers : classes) buffers.collect(active, limit);
        return active;
    }

    /** The buffers in use by where they were allocated; at the end of a program, the leaks. */
    public LeakReport leaks() {
        return LeakReport.of(active(Integer.MAX_VALUE));
    }

    /**
     * What {@link Safety#DEBUG} found written where nothing may be written, and buffers that two threads released with one
     * reference between them; the first hundred.
     */
    public List<String> findings() {
        synchronized (findings) {
            return List.copyOf(findings);
        }
    }

    void tell(String finding) {
        synchronized (findings) {
            if (findings.size() == MOST_FINDINGS) return;
            findings.add(finding);
        }
        LOG.log(Level.WARNING, finding);
    }

    @Nullable
    MemoryChecks checks() {
        return checks;
    }

    @Nullable
    Tracer tracer() {
        return tracer;
    }

    /** For messages: where it was allocated and released, as far as known. */
    String sites(int handle) {
        Tracer now = tracer;
        return now == null ? "" : now.sites(handle);
    }

    Optional<String> allocationSite(int handle) {
        Tracer now = tracer;
        return now == null ? Optional.empty() : Optional.ofNullable(now.allocationSite(handle));
    }

    /** The slab a handle leads to, whether its buffer is in use or not. */
    Slab slab(int handle) {
        Slab slab = find(handle);
        if (slab.count == 0) throw unknown(handle);
        return slab;
    }

    private Slab find(int handle) {
        int sizeClass = Handle.sizeClass(handle);
        return sizeClass < classes.length ? classes[sizeClass].find(Handle.index(handle)) : Slab.NOWHERE;
    }

    /** The view of the buffer at a place there is. */
    PacketBuffer view(int place) {
        return classes[Handle.sizeClass(place)].view(Handle.index(place));
    }

    static BufferMisuseException unknown(int handle) {
        return new BufferMisuseException(
                handle == NONE ? "there is no buffer: the pool was exhausted" : "no handle of this pool: " + handle);
    }

    private Slab liveSlab(int handle) {
        Slab slab = slab(handle);
        int state = slab.state(slab.at(handle));
        if (!Handle.isLive(handle, state)) throw misuse(handle, state);
        return slab;
    }

    /** Bytes behind the headroom that the longest class holds. */
    int longest() {
        return longest;
    }

    /** Should the caller wait? */
    boolean whenExhausted(int missing, int length) {
        return switch (settings.exhausted()) {
            case Exhausted.Empty _ -> false;
            case Exhausted.Wait _ -> true;
            case Exhausted.Throw _ ->
                throw new PoolExhaustedException(
                        "no buffer of " + length + " bytes or more is free, missing: " + missing);
        };
    }

    BufferClass bufferClass(int number) {
        return classes[number];
    }

    int classes() {
        return classes.length;
    }

    /** Classes with bytes of their own. */
    int memoryClasses() {
        return settings.classes().size();
    }

    /** Gives back the memory of slabs no buffer of which is in use or in a thread's cache; bytes. Takes a while. */
    public long shrink() {
        locals.reclaim();
        long bytes = 0;
        for (BufferClass buffers : classes) bytes += buffers.shrink();
        return bytes;
    }

    /** Buffers and slices in use: exact if nobody works on the pool, and what was left over once it is closed. */
    public int outstanding() {
        if (closed) return outstandingAtClose;
        int held = 0;
        for (BufferClass buffers : classes) held += buffers.outstanding();
        return held;
    }

    /** The numbers so far. */
    public PoolStatistics statistics() {
        var each = new ArrayList<PoolStatistics.ForClass>();
        for (BufferClass buffers : classes) each.add(buffers.statistics());
        MemorySource source = settings.source();
        return new PoolStatistics(source.description(), source.node(), source.grants(), each);
    }

    boolean isClosed() {
        return closed;
    }

    /**
     * Frees all memory. Buffers in use are lost: they are counted by {@link #outstanding}, told in the log, and fail when
     * touched. Called again, it does nothing.
     */
    @Override
    public synchronized void close() {
        if (closed) return;
        outstandingAtClose = outstanding(); // not under the lock below: growing takes that one last
        synchronized (showing) {
            closed = true;
            show();
        }
        locals.refuseAll();
        for (BufferClass buffers : classes) buffers.close();
        if (outstandingAtClose > 0) LOG.log(Level.WARNING, "pool closed with {0} buffers in use", outstandingAtClose);
    }
}
