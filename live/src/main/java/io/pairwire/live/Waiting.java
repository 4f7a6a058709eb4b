package io.pairwire.live;

import io.pairwire.platform.FileDescriptor;
import io.pairwire.platform.Poll;
import io.pairwire.platform.SystemCallException;
import io.pairwire.platform.Wakeup;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * How the polling thread waits for a ring: it looks a few times, sleeps for moments while traffic goes on, and has the kernel
 * wake it when nothing has come for a while. A short sleep costs less than being woken for every block, and a ring holds what
 * comes meanwhile. One thread waits; {@link #wake} may come from any.
 */
final class Waiting implements AutoCloseable {
    private static final int LOOKS = 50;
    private static final long SLEEP_NANOS = 100_000;
    private static final long BUSY_NANOS = 2_000_000;

    private final Poll poll;
    private final Wakeup wakeup;
    private final BooleanSupplier ready;
    private final long longestNanos;
    private final boolean sleeps;
    private long lastReady;

    /**
     * @param ring what is readable when the kernel has filled a block
     * @param ready looks at the ring
     * @param longestNanos of one wait
     * @param sleeps whether there is time for a short sleep while traffic goes on
     */
    Waiting(FileDescriptor ring, BooleanSupplier ready, long longestNanos, boolean sleeps) throws SystemCallException {
        this.ready = ready;
        this.longestNanos = longestNanos;
        this.sleeps = sleeps;
        wakeup = new Wakeup();
        poll = new Poll(ring, wakeup.descriptor());
    }

    /** Says that packets were handed over just now. */
    void worked() {
        lastReady = System.nanoTime();
    }

    /**
     * Waits until the ring is ready, somebody wakes it, or its time is over.
     *
     * @return whether an error is pending at the socket
     */
    boolean await() throws SystemCallException {
        for (int i = 0; i < LOOKS; i++) {
            if (ready.getAsBoolean()) return false;
            Thread.onSpinWait();
        }
        if (sleeps && System.nanoTime() - lastReady < BUSY_NANOS) {
            LockSupport.parkNanos(SLEEP_NANOS);
            return false;
        }
        poll.await(longestNanos);
        return (poll.found(0) & Poll.ERROR) != 0;
    }

    /** Ends the wait, and all later ones at once. */
    void wake() throws SystemCallException {
        wakeup.signal();
    }

    @Override
    public void close() throws SystemCallException {
        poll.close();
        wakeup.close();
    }
}
