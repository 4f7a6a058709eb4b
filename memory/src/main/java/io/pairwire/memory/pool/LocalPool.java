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
    // What happens nearly always is in short methods without a call that is not inlined; everything else goes to
    // methods
    // named Slowly, which do the whole work again. Nothing asks whether the pool was closed, checks buffers or writes
    // events down: then the tables by which buffers are found here are empty, and a place outside of them is the long
    // way.

    private static final int LINE_SHIFT = 6;

    private final PacketPool pool;
    private final boolean metadata;
    private final ClassCache[] caches;
    private final ClassCache[] cachesOfLines;
    private final int longest;
    private final int headroom;
    private final long headroomSpan;
    private final boolean counting;
    private final @Nullable MemoryChecks checks;
    private final String name;
    private final @Nullable Thread owner; // null if it is closed by people
    private @Nullable EventRing ring;
    private @Nullable EventRing events; // the same, while that is all there is to tell
    private volatile boolean closed;

    LocalPool(PacketPool pool, String name, @Nullable Thread owner) {
        this.pool = pool;
        this.owner = owner;
        this.name = name;
        this.metadata = pool.settings().metadata();
        this.checks = pool.checks();
        this.counting = pool.settings().statistics();
        this.headroom = pool.settings().headroom();
        this.headroomSpan = (long) headroom << Integer.SIZE;
        this.longest = pool.longest();
        this.caches = new ClassCache[pool.classes()];
        for (int i = 0; i < caches.length; i++) {
            caches[i] = new ClassCache(pool.bufferClass(i), pool.settings().cache());
        }
        this.cachesOfLines = new ClassCache[(longest + headroom >> LINE_SHIFT) + 1];
        for (int lines = 0, at = 0; lines < cachesOfLines.length; lines++) {
            if (lines << LINE_SHIFT > caches[at].buffers.length) at++;
            cachesOfLines[lines] = caches[at];
        }
        refresh();
    }

    boolean isOf(Thread thread) {
        return owner == thread;
    }

    boolean isOfNobodyAlive() {
        return owner == null || !owner.isAlive();
    }

    /** The pool it belongs to. */
    public PacketPool pool() {
        return pool;
    }

    private boolean isHeld(int length) {
        return Integer.compareUnsigned(length, longest) <= 0;
    }

    /** The cache of the shortest class that holds {@code length} bytes behind the headroom. */
    private ClassCache cacheFor(int length) {
        return cachesOfLines[length + headroom + SizeClass.LINE - 1 >> LINE_SHIFT];
    }

    /**
     * A buffer of at least {@code length} bytes behind the headroom, its metadata reset, with one reference.
     *
     * @return its handle; {@link PacketPool#NONE} if all are in use and {@link Exhausted} says so
     * @throws IllegalArgumentException if {@code length} is negative or longer than the longest class holds
     * @throws PoolExhaustedException if all are in use and {@link Exhausted.Throw} is set
     */
    public int allocate(int length) {
        if (isHeld(length)) {
            ClassCache cache = cacheFor(length);
            int handle = cache.top();
            int index = Handle.index(handle);
            PacketBuffer[] views = cache.views;
            if (index < views.length && views[index].isIdle(handle)) {
                handOut(cache, views[index], handle, length);
                return handle;
            }
        }
        return metadata ? allocateSlowly(length) : allocateBare(length);
    }

    /**
     * A buffer as {@link #allocate(int)}; {@link PacketBuffer#NONE} instead of no handle.
     *
     * @throws IllegalStateException if the pool keeps no metadata
     */
    public PacketBuffer allocateBuffer(int length) {
        if (isHeld(length)) {
            ClassCache cache = cacheFor(length);
            int handle = cache.top();
            int index = Handle.index(handle);
            PacketBuffer[] views = cache.views;
            if (index < views.length && views[index].isIdle(handle)) {
                PacketBuffer view = views[index];
                handOut(cache, view, handle, length);
                return view;
            }
        }
        if (!metadata) throw PacketPool.noMetadata();
        int handle = allocateSlowly(length);
        return handle == Handle.NONE ? PacketBuffer.NONE : pool.buffer(handle);
    }

    private void handOut(ClassCache cache, PacketBuffer view, int handle, int length) {
        view.handOut(handle, headroomSpan | length);
        cache.drop();
        if (counting) cache.countAllocations(1);
        if (events != null) events.simplyAllocated(handle);
    }

    /** Of a pool without metadata. */
    private int allocateBare(int length) {
        if (isHeld(length)) {
            ClassCache cache = cacheFor(length);
            int handle = cache.top();
            if (cache.bare.handOut(handle)) {
                cache.drop();
                if (counting) cache.countAllocations(1);
                if (events != null) events.simplyAllocated(handle);
                return handle;
            }
        }
        return allocateSlowly(length);
    }

    /** Looks for the tables there are now, and whether events are to be written down on the short way. */
    private void refresh() {
        boolean others = false;
        for (ClassCache cache : caches) others |= cache.refresh();
        if (!others) return;
        Tracer tracer = pool.tracer(); // after the tables: when it changes, they change behind it
        events = tracer != null && tracer.isSimple() ? ring(tracer) : null;
    }

    /** False if somebody has that buffer already, and this handle of it is to be forgotten. */
    private boolean handOutSlowly(int handle, int length) {
        refresh();
        Slab slab = pool.slab(handle);
        int at = slab.at(handle);
        if (slab.state(at) != Handle.idle(handle)) {
            pool.tell("buffer " + Handle.text(handle) + " was released by two threads with one reference");
            return false;
        }
        slab.state(at, Handle.live(handle));
        if (slab.states.length == 0) slab.view(at).handOut(handle, headroomSpan | length);
        if (checks != null) checks.taken(slab, at, handle);
        Tracer tracer = pool.tracer();
        if (tracer != null) ring(tracer).allocated(handle);
        return true;
    }

    private int allocateSlowly(int length) {
        checkOpen();
        checkLength(length);
        int handle = tryAllocate(cacheFor(length), length);
        if (handle != Handle.NONE || !pool.whenExhausted(1, length)) return handle;
        return await(length);
    }

    private void checkLength(int length) {
        if (!isHeld(length)) throw new IllegalArgumentException("length is not in 0.." + longest + ": " + length);
    }

    /**
     * {@code count} buffers as {@link #allocate(int)}, their handles into {@code handles} from {@code from} on.
     *
     * @return how many were to be had; fewer than {@code count} only if all are in use. With {@link Exhausted.Throw} it is
     *     all or nothing.
     */
    public int allocate(int length, int[] handles, int from, int count) {
        Objects.checkFromIndexSize(from, count, handles.length);
        checkOpen();
        checkLength(length);
        ClassCache cache = cacheFor(length);
        int done = 0;
        while (done < count) {
            int most = Math.min(count - done, cache.loaded());
            int handed = metadata
                    ? handOut(cache, handles, from + done, most, length)
                    : cache.bare.handOut(cache, handles, from + done, most);
            if (events != null) events.simplyAllocated(handles, from + done, handed);
            done += handed;
            if (handed == 0) { // by the long way, or there are none
                int handle = cache.pop();
                if (handle == Handle.NONE) break;
                if (handOutSlowly(handle, length)) handles[from + done++] = handle;
            }
        }
        if (counting) cache.countAllocations(done);
        return done == count ? done : allocateRest(length, handles, from, done, count);
    }

    // The loops over batches contain no call, so that what does not change is loaded once.

    private int handOut(ClassCache cache, int[] handles, int from, int most, int length) {
        PacketBuffer[] views = cache.views;
        int[] magazine = cache.handles();
        int last = cache.end() - 1;
        long span = headroomSpan | length;
        int done = 0;
        for (; done < most; done++) {
            int handle = magazine[last - done];
            int index = Handle.index(handle);
            if (index >= views.length) break;
            PacketBuffer view = views[index];
            if (!view.isIdle(handle)) break;
            view.handOut(handle, span);
            handles[from + done] = handle;
        }
        cache.end(last + 1 - done);
        return done;
    }

    private int allocateRest(int length, int[] handles, int from, int had, int count) {
        int done = had;
        while (done < count) {
            int handle = tryAllocate(cacheFor(length), length);
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
            int handle = await(length);
            if (handle == Handle.NONE) break;
            handles[from + done++] = handle;
        }
        return done;
    }

    /** From the best class, or the next larger one that has any. */
    private int tryAllocate(ClassCache best, int length) {
        ClassCache cache = best;
        int handle = cache.pop();
        if (handle == Handle.NONE) {
            for (int next = best.buffers.number + 1; handle == Handle.NONE && next < pool.memoryClasses(); next++) {
                cache = caches[next];
                handle = cache.pop();
            }
            if (handle == Handle.NONE) {
                best.countExhausted();
                return Handle.NONE;
            }
            cache.countLarger();
        }
        if (!handOutSlowly(handle, length)) return tryAllocate(best, length);
        if (counting) cache.countAllocations(1);
        return handle;
    }

    private int await(int length) {
        if (!(pool.settings().exhausted() instanceof Exhausted.Wait wait)) return Handle.NONE;
        long left = wait.longest().toNanos();
        while (left > 0) {
            long nanos = Math.min(left, PacketPool.SHORT_WAIT_NANOS);
            wait.pause().nanos(nanos);
            left -= nanos;
            checkOpen();
            int handle = tryAllocate(cacheFor(length), length);
            if (handle != Handle.NONE) return handle;
        }
        return Handle.NONE;
    }

    /**
     * Gives up one reference; with the last one, the buffer is free again, and with it what is chained behind it, and the
     * reference a slice has to its buffer.
     *
     * @throws BufferMisuseException if it is not the handle of a buffer in use
     */
    public void release(int handle) {
        int sizeClass = Handle.sizeClass(handle);
        if (sizeClass < caches.length) {
            ClassCache cache = caches[sizeClass];
            int index = Handle.index(handle);
            PacketBuffer[] views = cache.views;
            if (index < views.length && views[index].free(handle) || !metadata && cache.bare.free(handle)) {
                putBack(cache, handle);
                return;
            }
        }
        releaseSlowly(handle);
    }

    /** Gives up one reference to a buffer of this pool, without looking for it; the table is asked as for any mode. */
    void release(PacketBuffer view) {
        int place = view.place();
        int sizeClass = Handle.sizeClass(place);
        int handle = view.handleAsOfNow();
        if (sizeClass < caches.length) {
            ClassCache cache = caches[sizeClass];
            int index = Handle.index(place);
            PacketBuffer[] views = cache.views;
            if (index < views.length && views[index] == view && view.free(handle)) {
                putBack(cache, handle);
                return;
            }
        }
        releaseSlowly(handle);
    }

    /** Gives up one reference to each of {@code count} buffers, as {@link #release(int)}. */
    public void release(int[] handles, int from, int count) {
        Objects.checkFromIndexSize(from, count, handles.length);
        int end = from + count;
        for (int i = from; i < end; ) {
            int sizeClass = Handle.sizeClass(handles[i]);
            int done = 0;
            if (sizeClass < caches.length) {
                ClassCache cache = caches[sizeClass];
                int most = Math.min(end - i, cache.room());
                done = metadata ? free(cache, handles, i, most) : cache.bare.free(cache, handles, i, most);
                if (counting) cache.countReleases(done);
                if (events != null) events.simplyFreed(handles, i, done);
            }
            if (done == 0) release(handles[i++]); // by the long way, or into the next magazine
            i += done;
        }
    }

    /** Those up to the first one that is not so simple, or of another class; how many. */
    private static int free(ClassCache cache, int[] handles, int from, int most) {
        PacketBuffer[] views = cache.views;
        int[] magazine = cache.handles();
        int end = cache.end();
        int done = 0;
        for (; done < most; done++) {
            int handle = handles[from + done];
            int index = Handle.index(handle);
            if (index >= views.length || !views[index].free(handle)) break;
            magazine[end + done] = Handle.successor(handle);
        }
        cache.end(end + done);
        return done;
    }

    private void putBack(ClassCache cache, int handle) {
        cache.push(Handle.successor(handle));
        if (counting) cache.countReleases(1);
        if (events != null) events.simplyFreed(handle);
    }

    private void releaseSlowly(int handle) {
        checkOpen();
        int next = releaseOne(handle);
        while (next != Handle.NONE) next = releaseOne(next);
    }

    private int releaseOne(int handle) {
        refresh();
        Slab slab = pool.slab(handle);
        int at = slab.at(handle);
        int state = slab.state(at);
        while (Handle.references(state) > 1 && Handle.isLive(handle, state)) {
            int seen = slab.exchange(at, state, state - 1);
            if (seen == state) return Handle.NONE;
            state = seen;
        }
        if (!Handle.isLive(handle, state)) throw pool.misuse(handle, state);
        int idle = Handle.idle(Handle.successor(handle));
        if (checks != null) claim(checks, slab, at, handle, state, idle);
        int next = Handle.isLinked(state) ? unlink(slab.view(at)) : Handle.NONE;
        if (slab.states.length == 0) slab.view(at).forget();
        slab.state(at, idle);
        if (slab.states.length == 0) slab.view(at).clear();
        Tracer tracer = pool.tracer();
        if (tracer != null) ring(tracer).freed(handle);
        ClassCache cache = caches[Handle.sizeClass(handle)];
        cache.push(Handle.successor(handle));
        if (counting) cache.countReleases(1);
        return next;
    }

    private static void claim(MemoryChecks checks, Slab slab, int at, int handle, int state, int idle) {
        int seen = slab.exchange(at, state, idle);
        if (seen != state) throw checks.pool().misuse(handle, seen); // another thread was faster
        checks.released(slab, at, handle);
    }

    /** Gives up the reference a slice has; what is chained behind remains to be released. */
    private int unlink(PacketBuffer view) {
        int next = view.nextHandle();
        PacketBuffer root = view.root();
        view.unlink();
        if (root != view) release(root.handle());
        return next;
    }

    private EventRing ring(Tracer tracer) {
        EventRing now = ring;
        if (now == null || now.tracer != tracer) ring = now = new EventRing(tracer, name);
        return now;
    }

    /** Adds what is kept of the events of one buffer. */
    void collect(int place, List<BufferEvent> into) {
        EventRing now = ring;
        if (now != null) now.collect(place, into);
    }

    /** A buffer without bytes of its own, for a slice, or {@link Handle#NONE}. */
    int allocateDescriptor() {
        checkOpen();
        return tryAllocate(caches[pool.memoryClasses()], 0);
    }

    private void checkOpen() {
        if (closed) throw new BufferMisuseException("the pool, or this part of it, was closed");
    }

    /** Gives what is cached back to all; buffers in use stay in use. Called again, it does nothing. */
    @Override
    public void close() {
        if (closed) return;
        closed = true;
        for (ClassCache cache : caches) cache.forgetTables();
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
