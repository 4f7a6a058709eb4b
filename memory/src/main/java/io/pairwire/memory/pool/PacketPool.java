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

    private static final class Shared {
        static final PacketPool POOL = new PacketPool(PoolSettings.defaults());
    }

    private final PoolSettings settings;
    private final @Nullable MemoryChecks checks;
    private volatile @Nullable Tracer tracer;
    private final BufferClass[] classes;
    private final int longest;
    private final byte[] classOfLines;
    private final LocalPools locals = new LocalPools(this);
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
        this.classOfLines = new byte[sizes.getLast().length() / SizeClass.LINE + 1];
        for (int lines = 0, at = 0; lines < classOfLines.length; lines++) {
            if (lines * SizeClass.LINE > sizes.get(at).length()) at++;
            classOfLines[lines] = (byte) at;
        }
        open();
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

    /** A buffer as {@link LocalPool#allocate(int)}, from the calling thread's cache. {@link PacketBuffer#NONE} is empty. */
    public PacketBuffer allocate(int length) {
        int handle = local().allocate(length);
        return handle == NONE ? PacketBuffer.NONE : buffer(handle);
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
        if (slab.views.length == 0) throw new IllegalStateException("the pool keeps no metadata, only handles");
        return slab.views[handle & slab.mask];
    }

    /** The memory a buffer lies in, among others; it starts at {@link #position}. Valid as long as the buffer is in use. */
    public MemorySegment memory(int handle) {
        return slab(handle).memory;
    }

    /** Where in {@link #memory} the buffer starts, headroom included. */
    public long position(int handle) {
        Slab slab = slab(handle);
        return (long) (handle & slab.mask) * slab.stride;
    }

    /** Bytes from {@link #position} that belong to the buffer. */
    public int capacity(int handle) {
        return slab(handle).length;
    }

    /** Is that a buffer in use, and still the one the handle was given for? */
    public boolean isLive(int handle) {
        if (handle == NONE || Handle.sizeClass(handle) >= classes.length) return false;
        BufferClass buffers = classes[Handle.sizeClass(handle)];
        int number = Handle.index(handle) >>> buffers.shift;
        if (number >= buffers.slabs.length || buffers.slabs[number] == null) return false;
        int[] states = buffers.slabs[number].states;
        int at = handle & buffers.mask;
        return at < states.length && isLive(handle, (int) States.ARRAY.getAcquire(states, at));
    }

    private static boolean isLive(int handle, int state) {
        return Handle.references(state) > 0 && state - Handle.references(state) == Handle.idle(handle);
    }

    /** References somebody holds to the buffer, 0 if it is not in use. */
    public int references(int handle) {
        if (!isLive(handle)) return 0;
        Slab slab = slab(handle);
        return Handle.references((int) States.ARRAY.getAcquire(slab.states, handle & slab.mask));
    }

    /**
     * Takes one more reference, for whoever holds one; each has to be released.
     *
     * @throws BufferMisuseException if {@code handle} is not of a buffer in use
     */
    public void retain(int handle) {
        Slab slab = slab(handle);
        int at = handle & slab.mask;
        int state = (int) States.ARRAY.getAcquire(slab.states, at);
        if (state == Handle.live(handle) && checks == null) {
            slab.states[at] = state + 1; // the only reference is the caller's
            return;
        }
        while (true) {
            if (!isLive(handle, state)) throw misuse(handle, state);
            if (Handle.references(state) == Handle.MOST_REFERENCES) {
                throw new IllegalStateException("buffer " + Handle.text(handle) + " has 65535 references");
            }
            int seen = (int) States.ARRAY.compareAndExchange(slab.states, at, state, state + 1);
            if (seen == state) return;
            state = seen;
        }
    }

    /** Gives up one of several references; true if the others went meanwhile and the caller holds the last one. */
    boolean dropShared(Slab slab, int handle, int first) {
        int at = handle & slab.mask;
        int state = first;
        while (state != Handle.live(handle)) {
            if (!isLive(handle, state)) throw misuse(handle, state);
            int seen = (int) States.ARRAY.compareAndExchange(slab.states, at, state, state - 1);
            if (seen == state) return false;
            state = seen;
        }
        return true;
    }

    /** What to tell of a view that was touched where it has no bytes. */
    RuntimeException outside(PacketBuffer view, String where) {
        if (closed) return new BufferMisuseException("the pool was closed: " + where + " of " + view);
        int handle = view.handle();
        int state = (int) States.ARRAY.getAcquire(slab(handle).states, handle & slab(handle).mask);
        return isLive(handle, state) ? new IndexOutOfBoundsException(where + " of " + view) : misuse(handle, state);
    }

    BufferMisuseException misuse(int handle, int state) {
        if (closed) return new BufferMisuseException("the pool was closed");
        String buffer = "buffer " + Handle.text(handle);
        if (state == Handle.idle(Handle.successor(handle)))
            return new BufferMisuseException(buffer + " was released before" + sites(handle));
        int now = Handle.withGenerationOf(state, handle);
        return new BufferMisuseException(buffer
                + (Handle.references(state) > 0 ? ": stale handle, in use again as " : ": stale handle, idle as ")
                + Handle.text(now)
                + sites(handle));
    }

    /** Says what is written down from now on; what was before is forgotten. */
    public void trace(Tracing tracing) {
        tracer = tracing.equals(Tracing.OFF) ? null : new Tracer(tracing);
    }

    /**
     * What became of one buffer under all its handles, oldest first, as far as {@link Tracing} kept it and it was not in use
     * more than 255 times since.
     */
    public List<BufferEvent> life(int handle) {
        Slab slab = slab(handle);
        var events = new ArrayList<BufferEvent>();
        locals.forEach(each -> each.collect(Handle.identity(handle), events));
        int state = (int) States.ARRAY.getAcquire(slab.states, handle & slab.mask);
        int now = Handle.generation(Handle.withGenerationOf(state, handle));
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

    /** What {@link Safety#DEBUG} found written where nothing may be written, the first hundred. */
    public List<String> findings() {
        return checks == null ? List.of() : checks.findings();
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

    Slab slab(int handle) {
        int sizeClass = Handle.sizeClass(handle);
        if (sizeClass < classes.length) {
            BufferClass buffers = classes[sizeClass];
            int number = Handle.index(handle) >>> buffers.shift;
            if (number < buffers.slabs.length) {
                Slab slab = buffers.slabs[number];
                if (slab != null && (handle & buffers.mask) < slab.states.length) return slab;
            }
        }
        throw unknown(handle);
    }

    private static BufferMisuseException unknown(int handle) {
        return new BufferMisuseException(
                handle == NONE ? "there is no buffer: the pool was exhausted" : "no handle of this pool: " + handle);
    }

    private Slab liveSlab(int handle) {
        Slab slab = slab(handle);
        int state = (int) States.ARRAY.getAcquire(slab.states, handle & slab.mask);
        if (!isLive(handle, state)) throw misuse(handle, state);
        return slab;
    }

    int classFor(int length) {
        if (length < 0 || length > longest) {
            throw new IllegalArgumentException("length is not in 0.." + longest + ": " + length);
        }
        return classOfLines[length + settings.headroom() + SizeClass.LINE - 1 >> 6];
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
        closed = true;
        locals.refuseAll();
        for (BufferClass buffers : classes) buffers.close();
        if (outstandingAtClose > 0) LOG.log(Level.WARNING, "pool closed with {0} buffers in use", outstandingAtClose);
    }
}
