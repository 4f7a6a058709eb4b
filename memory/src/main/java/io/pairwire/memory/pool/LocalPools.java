package io.pairwire.memory.pool;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The caches of a pool: those of threads, which are looked after here, and those of people, who close them. */
final class LocalPools {
    private static final int TIDY = 64;
    private static final int NEAR = 64;
    private static final int EVENTS_OF_ENDED_THREADS = 16;

    /**
     * For each thread, by its number, the caches through which it released last, of any pool. So whoever releases a buffer
     * finds them while its loads are still on their way from the buffer to its pool; afterwards it is compared alone.
     */
    private static final @Nullable LocalPool[] RECENT = new LocalPool[NEAR];

    private record Owned(LocalPool local, Thread thread) {}

    private final PacketPool pool;
    private final ThreadLocal<LocalPool> local = ThreadLocal.withInitial(this::newOwned);

    /** Those of some threads by their numbers, since looking into a ThreadLocal takes as long as an allocation. */
    private final @Nullable LocalPool[] near = new LocalPool[NEAR];

    private final List<Owned> owned = new ArrayList<>();
    private final List<LocalPool> unowned = new ArrayList<>();
    private final ArrayDeque<LocalPool> ended = new ArrayDeque<>(); // for their events and counters
    private final long[][] past; // totals of those in no list any more
    private int tidyAt = TIDY;
    private boolean closed;

    LocalPools(PacketPool pool) {
        this.pool = pool;
        this.past = new long[Handle.CLASSES][ClassCache.TOTALS];
    }

    /** The calling thread's. */
    LocalPool mine() {
        Thread thread = Thread.currentThread();
        LocalPool mine = near[(int) thread.threadId() & NEAR - 1];
        return mine != null && mine.isOf(thread) ? mine : mineSlowly(thread);
    }

    /** The same, of the pool of a buffer. */
    static LocalPool mine(PacketPool pool) {
        Thread thread = Thread.currentThread();
        LocalPool recent = RECENT[(int) thread.threadId() & NEAR - 1];
        return recent != null && recent.isOf(thread) && recent.pool() == pool
                ? recent
                : pool.locals().remember(thread);
    }

    private LocalPool remember(Thread thread) {
        LocalPool mine = mine();
        if (!pool.isClosed()) RECENT[(int) thread.threadId() & NEAR - 1] = mine; // a race decides, as below
        return mine;
    }

    private LocalPool mineSlowly(Thread thread) {
        LocalPool mine = local.get();
        int at = (int) thread.threadId() & NEAR - 1;
        LocalPool there = near[at];
        if (there == null || there.isOfNobodyAlive()) near[at] = mine; // a race decides who is found faster
        return mine;
    }

    private LocalPool newOwned() {
        var made = new LocalPool(pool, Thread.currentThread().getName(), Thread.currentThread());
        synchronized (this) {
            if (owned.size() >= tidyAt) { // so that many short-lived threads cost no more than twice the living ones
                reclaim();
                tidyAt = Math.max(TIDY, 2 * owned.size());
            }
            if (closed) made.refuse();
            owned.add(new Owned(made, Thread.currentThread()));
        }
        return made;
    }

    LocalPool newUnowned() {
        var made =
                new LocalPool(pool, "caches made by " + Thread.currentThread().getName(), null);
        synchronized (this) {
            if (closed) made.refuse();
            unowned.add(made);
        }
        return made;
    }

    synchronized void forget(LocalPool gone) {
        unowned.remove(gone);
        owned.removeIf(each -> each.local() == gone);
        end(gone);
    }

    /** Gives the caches of threads that ended to the depot; were there any? */
    synchronized boolean reclaim() {
        return owned.removeIf(each -> {
            if (each.thread().isAlive()) return false; // false orders all the thread did before what we do
            each.local().flush();
            end(each.local());
            return true;
        });
    }

    private void end(LocalPool gone) {
        if (ended.size() == EVENTS_OF_ENDED_THREADS) {
            LocalPool forgotten = ended.removeFirst();
            for (int i = 0; i < pool.classes(); i++) forgotten.cache(i).addTo(past[i]);
        }
        ended.addLast(gone);
    }

    synchronized void forEach(Consumer<LocalPool> each) {
        ended.forEach(each);
        unowned.forEach(each);
        owned.forEach(entry -> each.accept(entry.local()));
    }

    /** What all threads counted for one class, see {@link ClassCache#addTo}. */
    synchronized long[] totals(int sizeClass) {
        long[] totals = past[sizeClass].clone();
        forEach(each -> each.cache(sizeClass).addTo(totals));
        return totals;
    }

    synchronized void refuseAll() {
        closed = true;
        forEach(LocalPool::refuse);
        for (int i = 0; i < NEAR; i++) { // nothing keeps a closed pool in memory
            LocalPool recent = RECENT[i];
            if (recent != null && recent.pool() == pool) RECENT[i] = null;
        }
    }
}
