package io.pairwire.memory.pool;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One thread's door to a {@link PacketPool}: its caches. Buffers allocated here may be released through any other one.
 *
 * <p>For one thread at a time; it may pass to another one if the passing itself is ordered. {@link PacketPool#local} gives
 * each thread its own, which is reclaimed after the thread ended; {@link PacketPool#newLocal} makes one to be closed. The
 * loops that count every cycle hold on to one and work on handles, in batches.
 *
 * <p>A handle is an {@code int} other than {@link PacketPool#NONE}, valid until the last reference to the buffer is
 * released. Releasing is for whoever holds a reference: two threads that release with one reference between them do
 * what no pool can tell apart.
 */
public final class LocalPool implements AutoCloseable {
    private final PacketPool pool;
    private final ClassCache[] caches;
    private final boolean counting;
    private final int headroom;
    private final @Nullable MemoryChecks checks;
    private final String name;
    private @Nullable EventRing ring;
    private boolean closed;

    LocalPool(PacketPool pool, String name) {
        this.pool = pool;
        this.name = name;
        this.checks = pool.checks();
        this.counting = pool.settings().statistics();
        this.headroom = pool.settings().headroom();
        this.caches = new ClassCache[pool.classes()];
        for (int i = 0; i < caches.length; i++) {
            caches[i] = new ClassCache(pool.bufferClass(i), pool.settings().cache());
        }
    }

    /** The pool it belongs to. */
    public PacketPool pool() {
        return pool;
    }

    /**
     * A buffer of at least {@code length} bytes behind the headroom, its metadata reset, with one reference.
     *
     * @return its handle; {@link PacketPool#NONE} if all are in use and {@link Exhausted} says so
     * @throws IllegalArgumentException if {@code length} is negative or longer than the longest class holds
     * @throws PoolExhaustedException if all are in use and {@link Exhausted.Throw} is set
     */
    public int allocate(int length) {
        int sizeClass = pool.classFor(length);
        int handle = tryAllocate(sizeClass, length);
        if (handle != Handle.NONE || !pool.whenExhausted(1, length)) return handle;
        return await(sizeClass, length);
    }

    /**
     * {@code count} buffers as {@link #allocate(int)}, their handles into {@code handles} from {@code from} on.
     *
     * @return how many were to be had; fewer than {@code count} only if all are in use. With {@link Exhausted.Throw} it is
     *     all or nothing.
     */
    public int allocate(int length, int[] handles, int from, int count) {
        Objects.checkFromIndexSize(from, count, handles.length);
        int sizeClass = pool.classFor(length);
        checkOpen();
        ClassCache cache = caches[sizeClass];
        int done = 0;
        while (done < count) {
            int taken = cache.pop(handles, from + done, count - done);
            if (taken == 0) break;
            done += taken;
        }
        for (int i = from; i < from + done; i++) take(cache.buffers, handles[i], length);
        if (counting) cache.countAllocations(done);
        return done == count ? done : allocateRest(sizeClass, length, handles, from, done, count);
    }

    private int allocateRest(int sizeClass, int length, int[] handles, int from, int had, int count) {
        int done = had;
        while (done < count) {
            int handle = tryAllocate(sizeClass, length);
            if (handle == Handle.NONE) break;
            handles[from + done++] = handle;
        }
        if (done == count) return done;
        try {
            if (!pool.whenExhausted(count - done, length)) return done;
        } catch (PoolExhaustedException e) {
            release(handles, from, done);
            throw e;
        }
        while (done < count) {
            int handle = await(sizeClass, length);
            if (handle == Handle.NONE) break;
            handles[from + done++] = handle;
        }
        return done;
    }

    /** From the best class, or the next larger one that has any. */
    private int tryAllocate(int sizeClass, int length) {
        checkOpen();
        ClassCache cache = caches[sizeClass];
        int handle = cache.pop();
        if (handle == Handle.NONE) {
            for (int next = sizeClass + 1; handle == Handle.NONE && next < pool.memoryClasses(); next++) {
                cache = caches[next];
                handle = cache.pop();
            }
            if (handle == Handle.NONE) {
                caches[sizeClass].countExhausted();
                return Handle.NONE;
            }
            cache.countLarger();
        }
        take(cache.buffers, handle, length);
        if (counting) cache.countAllocations(1);
        return handle;
    }

    private int await(int sizeClass, int length) {
        if (!(pool.settings().exhausted() instanceof Exhausted.Wait wait)) return Handle.NONE;
        long left = wait.longest().toNanos();
        while (left > 0) {
            long nanos = Math.min(left, PacketPool.SHORT_WAIT_NANOS);
            wait.pause().nanos(nanos);
            left -= nanos;
            int handle = tryAllocate(sizeClass, length);
            if (handle != Handle.NONE) return handle;
        }
        return Handle.NONE;
    }

    private void take(BufferClass buffers, int handle, int length) {
        Slab slab = buffers.slabs[Handle.index(handle) >>> buffers.shift];
        int at = handle & buffers.mask;
        slab.states[at] = Handle.live(handle); // nobody else may touch it before the handle is handed on
        if (checks != null) checks.taken(slab, at, handle);
        if (slab.views.length != 0) slab.views[at].reset(handle, headroom, length);
        Tracer tracer = pool.tracer();
        if (tracer != null) ring(tracer).allocated(handle);
    }

    /**
     * Gives up one reference; with the last one, the buffer is free again, and with it what is chained behind it, and the
     * reference a slice has to its buffer.
     *
     * @throws BufferMisuseException if it is not the handle of a buffer in use
     */
    public void release(int handle) {
        checkOpen();
        int next = releaseOne(handle);
        while (next != Handle.NONE) next = releaseOne(next);
    }

    /** Gives up one reference to each of {@code count} buffers, as {@link #release(int)}. */
    public void release(int[] handles, int from, int count) {
        Objects.checkFromIndexSize(from, count, handles.length);
        for (int i = from; i < from + count; i++) release(handles[i]);
    }

    private int releaseOne(int handle) {
        Slab slab = pool.slab(handle);
        int at = handle & slab.mask;
        int state = (int) States.ARRAY.getAcquire(slab.states, at); // sees what others did before they released
        if (state != Handle.live(handle) && !pool.dropShared(slab, handle, state)) return Handle.NONE;
        int successor = Handle.successor(handle);
        if (checks == null) slab.states[at] = Handle.idle(successor);
        else claim(slab, at, handle);
        Tracer tracer = pool.tracer();
        if (tracer != null) ring(tracer).freed(handle);
        int next = Handle.NONE;
        if (slab.views.length != 0) {
            PacketBuffer view = slab.views[at];
            if (view.isLinked()) next = unlink(view, handle);
            view.clear();
        }
        ClassCache cache = caches[Handle.sizeClass(handle)];
        cache.push(successor);
        if (counting) cache.countReleases(1);
        return next;
    }

    // What is rare is in methods of its own, so that the compiler sees how short the rest is.

    private void claim(Slab slab, int at, int handle) {
        int idle = Handle.idle(Handle.successor(handle));
        if (!States.ARRAY.compareAndSet(slab.states, at, Handle.live(handle), idle)) {
            throw pool.misuse(handle, (int) States.ARRAY.getAcquire(slab.states, at)); // another thread was faster
        }
        if (checks != null) checks.released(slab, at, handle);
    }

    /** Gives up the reference a slice has; what is chained behind remains to be released. */
    private int unlink(PacketBuffer view, int handle) {
        int next = view.nextHandle();
        int root = view.rootHandle();
        view.unlink();
        if (root != handle) release(root);
        return next;
    }

    private EventRing ring(Tracer tracer) {
        EventRing now = ring;
        if (now == null || now.tracer != tracer) ring = now = new EventRing(tracer, name);
        return now;
    }

    /** Adds what is kept of the events of one buffer. */
    void collect(int identity, List<BufferEvent> into) {
        EventRing now = ring;
        if (now != null) now.collect(identity, into);
    }

    /** A buffer without bytes of its own, for a slice, or {@link Handle#NONE}. */
    int allocateDescriptor() {
        return tryAllocate(pool.memoryClasses(), 0);
    }

    private void checkOpen() {
        if (closed) throw new BufferMisuseException("the pool, or this part of it, was closed");
    }

    /** Gives what is cached back to all; buffers in use stay in use. Called again, it does nothing. */
    @Override
    public void close() {
        if (closed) return;
        closed = true;
        pool.locals().forget(this);
        flush();
    }

    /** Refuses everything from now on; said by the pool that closes. */
    void refuse() {
        closed = true;
    }

    /** For the pool, of a thread that ended. */
    void flush() {
        for (ClassCache cache : caches) cache.close();
    }

    ClassCache cache(int sizeClass) {
        return caches[sizeClass];
    }
}
