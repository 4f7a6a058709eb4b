package io.pairwire.memory.pool;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The magazines of one size class that no thread has: two stacks, of those with handles and of empty ones.
 *
 * <p>A Treiber stack [1] last in, first out, so that what was warm in a cache is used again first. The head is
 *
 * <pre>
 *   63                32 31                 0
 *  +--------------------+--------------------+
 *  |   count of moves   | id + 1, 0 for none |
 *  +--------------------+--------------------+
 * </pre>
 *
 * and every push and pop counts one move. A thread that read the head, slept while others popped that magazine and pushed
 * it again over another one, therefore finds a different head and tries anew. Magazines are never thrown away, so an id
 * that was read always leads to a magazine. Lock-free: a thread fails only because another one moved on.
 *
 * <p>[1] R. K. Treiber, Systems programming: coping with parallelism, IBM RJ 5118, 1986. The magazines follow J. Bonwick
 * and J. Adams, Magazines and vmem, USENIX 2001.
 */
final class Depot {
    private static final VarHandle HEAD = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle BELOW;

    // 128 bytes apart: they are written by different threads at the same time.
    private static final int FILLED = 16;
    private static final int EMPTY = 32;
    private static final int HEADS = 48;

    static {
        try {
            BELOW = MethodHandles.lookup().findVarHandle(Magazine.class, "below", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final int capacity;
    private final long[] heads = new long[HEADS];
    private volatile Magazine[] magazines = new Magazine[16];
    private int made;

    /**
     * @param capacity handles in a magazine
     */
    Depot(int capacity) {
        this.capacity = capacity;
    }

    /** A magazine with at least one handle, or null if there is none. */
    @Nullable
    Magazine popFilled() {
        return pop(FILLED);
    }

    /** Takes a magazine back; with handles or without. */
    void push(Magazine magazine) {
        push(magazine.count == 0 ? EMPTY : FILLED, magazine);
    }

    /** An empty magazine, a new one if need be. */
    Magazine popEmpty() {
        Magazine magazine = pop(EMPTY);
        return magazine == null ? make() : magazine;
    }

    private @Nullable Magazine pop(int stack) {
        while (true) {
            long head = (long) HEAD.getAcquire(heads, stack);
            int top = (int) head;
            if (top == 0) return null;
            Magazine magazine = magazines[top - 1];
            int below = (int) BELOW.getOpaque(magazine); // of a magazine already taken: then the head has moved
            if (HEAD.compareAndSet(heads, stack, head, moved(head, below))) return magazine;
            Thread.onSpinWait();
        }
    }

    private void push(int stack, Magazine magazine) {
        while (true) {
            long head = (long) HEAD.getAcquire(heads, stack);
            BELOW.setOpaque(magazine, (int) head);
            if (HEAD.compareAndSet(heads, stack, head, moved(head, magazine.id + 1))) return; // publishes the handles
            Thread.onSpinWait();
        }
    }

    private static long moved(long head, int top) {
        return (head >>> Integer.SIZE) + 1 << Integer.SIZE | top;
    }

    private synchronized Magazine make() {
        Magazine[] known = magazines;
        if (made == known.length) known = Arrays.copyOf(known, made * 2);
        var magazine = new Magazine(made, capacity);
        known[made++] = magazine;
        magazines = known; // publishes the magazine before its id is in any head
        return magazine;
    }

    /** Magazines that exist, in the depot or with a thread. */
    synchronized int made() {
        return made;
    }
}
