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

    private final Object[] items;
    private final int mask;
    private final int capacity;
    private final long[] cursors = new long[CURSORS];

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

    /** Puts {@code item} behind all others; false if the ring is full. Producer only. */
    public boolean offer(T item) {
        long put = (long) CURSOR.get(cursors, PUT);
        if (put - cursors[TAKEN_AS_SEEN] >= capacity && !hasRoom()) return false;
        items[(int) put & mask] = item;
        CURSOR.setRelease(cursors, PUT, put + 1); // publishes the item
        return true;
    }

    /** Would {@link #offer} succeed? Room never goes away by itself. Producer only. */
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
