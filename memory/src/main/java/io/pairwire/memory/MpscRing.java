package io.pairwire.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Consumer;

/**
 * A bounded ring from any number of producers to one consumer, which can be closed: what was taken before the close is
 * still drained, and nothing is taken after it.
 *
 * <p>A place is claimed by a compare-and-set, then filled; so a producer that is suspended in between holds up the items
 * behind its own until it goes on. Per item; for batches from one thread see {@link SpscRing}.
 *
 * @param <T> what is handed over
 */
public final class MpscRing<T> {
    private static final VarHandle CURSOR = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle ITEM = MethodHandles.arrayElementVarHandle(Object[].class);

    // 128 bytes apart, so that producers and consumer never write into one pair of cache lines.
    private static final int TAKEN = 16;
    private static final int CLAIMED = 32;
    private static final int REFUSALS = 48;
    private static final int CURSORS = 64;

    /** In the claimed cursor itself, so that closing and claiming are in one order. */
    private static final long CLOSED = Long.MIN_VALUE;

    // What became of an item.
    private static final int PUT = 0;
    private static final int FULL = 1;
    private static final int SHUT = 2;

    private final Object[] items;
    private final int mask;
    private final int capacity;
    private final long[] cursors = new long[CURSORS];

    /**
     * @param capacity items it holds at most, 1 to 2^30
     */
    public MpscRing(int capacity) {
        if (capacity < 1 || capacity > 1 << 30) {
            throw new IllegalArgumentException("capacity is not in 1..2^30: " + capacity);
        }
        this.capacity = capacity;
        this.items = new Object[Math.max(1, Integer.highestOneBit(capacity - 1) << 1)];
        this.mask = items.length - 1;
    }

    /** Puts {@code item} into the ring; false if it is full, or closed, which is counted. Any thread. */
    public boolean offer(T item) {
        return put(item) == PUT;
    }

    /** Puts {@code item} into the ring as soon as there is room; false only if it is closed. Any thread. */
    public boolean offer(T item, WaitStrategy wait) {
        int done = put(item);
        for (long round = 0; done == FULL; round++) {
            wait.idle(round);
            done = put(item);
        }
        return done == PUT;
    }

    private int put(T item) {
        while (true) {
            long claimed = (long) CURSOR.getAcquire(cursors, CLAIMED);
            if (claimed < 0) {
                CURSOR.getAndAdd(cursors, REFUSALS, 1L);
                return SHUT;
            }
            // Read later than claimed, so taken may be ahead of it; then the compare-and-set fails.
            if (claimed - (long) CURSOR.getAcquire(cursors, TAKEN) >= capacity) return FULL;
            if (CURSOR.compareAndSet(cursors, CLAIMED, claimed, claimed + 1)) {
                ITEM.setRelease(items, (int) claimed & mask, item);
                return PUT;
            }
            Thread.onSpinWait();
        }
    }

    /**
     * Hands the oldest items to {@code taker}, {@code limit} at most. An item leaves the ring when {@code taker} returns; one
     * whose taker throws stays. Consumer only.
     *
     * @return how many were taken; 0 if none is ready
     */
    @SuppressWarnings("unchecked") // only offer() writes items
    public int drain(Consumer<? super T> taker, int limit) {
        long taken = (long) CURSOR.get(cursors, TAKEN);
        for (int i = 0; i < limit; i++) {
            int at = (int) (taken + i) & mask;
            Object item = ITEM.getAcquire(items, at);
            if (item == null) return i; // empty, or claimed and not yet filled
            taker.accept((T) item);
            items[at] = null;
            CURSOR.setRelease(cursors, TAKEN, taken + i + 1); // gives the place back, empty
        }
        return Math.max(0, limit);
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

    /** Refuses every item from now on. Any thread, any number of times. */
    public void close() {
        CURSOR.getAndBitwiseOr(cursors, CLAIMED, CLOSED);
    }

    /** Was it closed? */
    public boolean isClosed() {
        return (long) CURSOR.getAcquire(cursors, CLAIMED) < 0;
    }

    /** Is it closed, and has every item been taken? Then it stays so. */
    public boolean isDrained() {
        long claimed = (long) CURSOR.getAcquire(cursors, CLAIMED);
        return claimed < 0 && (claimed & ~CLOSED) == (long) CURSOR.getAcquire(cursors, TAKEN);
    }

    /** Offers refused because the ring was closed. */
    public long refusals() {
        return (long) CURSOR.getOpaque(cursors, REFUSALS);
    }

    /** Items in the ring, as of some moment during this call. */
    public int length() {
        long taken = (long) CURSOR.getAcquire(cursors, TAKEN);
        return (int) Math.clamp(((long) CURSOR.getAcquire(cursors, CLAIMED) & ~CLOSED) - taken, 0L, capacity);
    }

    /** Items it holds at most. */
    public int capacity() {
        return capacity;
    }
}
