package io.pairwire.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Consumer;

/**
 * A bounded ring between one producer and one consumer, made for batches: one hand-over costs a cache line or two, so
 * what is handed over should be worth it.
 *
 * <p>At most one thread offers and at most one thread drains at a time; a role may pass to another thread if the passing
 * itself is ordered (a lock, a join, an atomic count). {@link #length()} may be asked by anyone.
 *
 * <p>It ends from the producer's side: {@link #close} says that nothing more comes, and the consumer drains what is left until
 * {@link #isDrained}. Anyone may {@link #refuse}: then the producer's next offer, or the one it waits with, is refused, and that
 * closes the ring. So no item is lost between the two, and an offer costs no atomic operation for it.
 *
 * @param <T> what is handed over
 */
public final class SpscRing<T> {
    private static final VarHandle CURSOR = MethodHandles.arrayElementVarHandle(long[].class);

    // Far enough apart that producer and consumer never write into one pair of cache lines.
    private static final int TAKEN = 16;
    private static final int PUT = 32;
    private static final int CURSORS = 48;

    // Beside its own cursor, each side keeps what it last saw of the other's, and looks again only when that is not
    // enough:
    // so the lines in which the cursors lie seldom change hands.
    private static final int TAKEN_AS_SEEN = PUT + 1;
    private static final int PUT_AS_SEEN = TAKEN + 1;

    // Beside the producer's cursor, which alone writes them.
    private static final int CLOSED = PUT + 2;
    private static final int REFUSALS = PUT + 3;

    private final Object[] items;
    private final int mask;
    private final int capacity;
    private final long[] cursors = new long[CURSORS];
    private volatile boolean refusing; // written once, so reading it costs a load from the cache

    /**
     * @param capacity items it holds at most, at least 1
     */
    public SpscRing(int capacity) {
        if (capacity < 1 || capacity > 1 << 30) {
            throw new IllegalArgumentException("capacity is not in 1..2^30: " + capacity);
        }
        this.capacity = capacity;
        this.items = new Object[Math.max(1, Integer.highestOneBit(capacity - 1) << 1)];
        this.mask = items.length - 1;
    }

    /** Puts {@code item} behind all others; false if the ring is full, or closed, which is counted. Producer only. */
    public boolean offer(T item) {
        if (refusing) return refused();
        long put = (long) CURSOR.get(cursors, PUT);
        if (put - cursors[TAKEN_AS_SEEN] >= capacity && !hasRoom()) return false;
        items[(int) put & mask] = item;
        CURSOR.setRelease(cursors, PUT, put + 1); // publishes the item
        return true;
    }

    /** Puts {@code item} behind all others as soon as there is room; false only if the ring is closed. Producer only. */
    public boolean offer(T item, WaitStrategy wait) {
        for (long round = 0; !offer(item); round++) {
            if (isClosed()) return false;
            wait.idle(round);
        }
        return true;
    }

    private boolean refused() {
        CURSOR.setOpaque(cursors, REFUSALS, cursors[REFUSALS] + 1);
        close();
        return false;
    }

    /** Says that nothing more comes; whatever is offered from here on is refused. Producer only, any number of times. */
    public void close() {
        refusing = true;
        CURSOR.setRelease(cursors, CLOSED, 1L); // behind the last item
    }

    /** Wants no more: the producer's next offer, or the one that waits for room, is refused, and closes. Any thread. */
    public void refuse() {
        refusing = true;
    }

    /** Did the producer close it, by itself or because it was refused? What was put before is there to be drained. */
    public boolean isClosed() {
        return (long) CURSOR.getAcquire(cursors, CLOSED) != 0;
    }

    /** Is it closed, and has every item been taken? Then it stays so. */
    public boolean isDrained() {
        return isClosed() && (long) CURSOR.getAcquire(cursors, PUT) == (long) CURSOR.getAcquire(cursors, TAKEN);
    }

    /** Offers refused because the ring was closed or wanted no more. */
    public long refusals() {
        return (long) CURSOR.getOpaque(cursors, REFUSALS);
    }

    /** Is there room for one more? Room never goes away by itself. Producer only. */
    public boolean hasRoom() {
        long taken = (long) CURSOR.getAcquire(cursors, TAKEN); // sees that the place is free
        cursors[TAKEN_AS_SEEN] = taken;
        return (long) CURSOR.get(cursors, PUT) - taken < capacity;
    }

    /**
     * Hands the oldest items to {@code taker}, {@code limit} at most. An item leaves the ring only when {@code taker}
     * returns, so {@link #length()} counts the one being worked on. Consumer only.
     *
     * @return how many items were taken
     */
    @SuppressWarnings("unchecked") // only offer() writes items
    public int drain(Consumer<? super T> taker, int limit) {
        long taken = (long) CURSOR.get(cursors, TAKEN);
        if (cursors[PUT_AS_SEEN] - taken < limit) cursors[PUT_AS_SEEN] = (long) CURSOR.getAcquire(cursors, PUT);
        int ready = (int) Math.min(limit, cursors[PUT_AS_SEEN] - taken);
        for (int i = 0; i < ready; i++) {
            int at = (int) (taken + i) & mask;
            taker.accept((T) items[at]);
            CURSOR.setRelease(cursors, TAKEN, taken + i + 1); // gives the place back to the producer
        }
        return ready;
    }

    /** As {@link #drain(Consumer, int)}, after waiting for an item; 0 only if the ring is drained. Consumer only. */
    public int drain(Consumer<? super T> taker, int limit, WaitStrategy wait) {
        if (limit < 1) throw new IllegalArgumentException("limit is below 1: " + limit);
        for (long round = 0; ; round++) {
            int taken = drain(taker, limit);
            if (taken > 0 || isDrained()) return taken;
            wait.idle(round);
        }
    }

    /** Items in the ring, as of some moment during this call. */
    public int length() {
        long taken = (long) CURSOR.getAcquire(cursors, TAKEN);
        return (int) Math.clamp((long) CURSOR.getAcquire(cursors, PUT) - taken, 0L, capacity);
    }

    /** Items it holds at most. */
    public int capacity() {
        return capacity;
    }
}
