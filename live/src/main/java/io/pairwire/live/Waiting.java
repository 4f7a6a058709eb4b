package io.pairwire.live;

import io.pairwire.platform.FileDescriptor;
import io.pairwire.platform.Poll;
import io.pairwire.platform.SystemCallException;
import io.pairwire.platform.Wakeup;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

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
    private final int rings;
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
        this(List.of(ring), ready, longestNanos, sleeps);
    }

    /** For several rings at once. */
    Waiting(List<FileDescriptor> rings, BooleanSupplier ready, long longestNanos, boolean sleeps)
            throws SystemCallException {
        this.ready = ready;
        this.rings = rings.size();
        this.longestNanos = longestNanos;
        this.sleeps = sleeps;
        wakeup = new Wakeup();
        poll = new Poll(
                Stream.concat(rings.stream(), Stream.of(wakeup.descriptor())).toArray(FileDescriptor[]::new));
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
        for (int i = 0; i < rings; i++) {
            if ((poll.found(i) & Poll.ERROR) != 0) return true;
        }
        return false;
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
