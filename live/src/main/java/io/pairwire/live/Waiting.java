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
    private static final long SHORTEST_SLEEP_NANOS = 50_000;
    private static final long LONGEST_SLEEP_NANOS = 2_500_000;

    private final Poll poll;
    private final Wakeup wakeup;
    private final BooleanSupplier ready;
    private final int rings;
    private final long longestNanos;
    private final long sleepNanos;
    private final int busy;
    private int handed;

    /**
     * @param ring what is readable when the kernel has filled a block
     * @param ready looks at the ring
     * @param longestNanos of one wait
     * @param sleepNanos of a sleep while traffic goes on, see {@link #sleepNanos}; 0 for none
     * @param busy packets between two waits from which on it is worth a sleep: more than the kernel wakes for at once
     */
    Waiting(FileDescriptor ring, BooleanSupplier ready, long longestNanos, long sleepNanos, int busy)
            throws SystemCallException {
        this(List.of(ring), ready, longestNanos, sleepNanos, busy);
    }

    /** For several rings at once. */
    Waiting(List<FileDescriptor> rings, BooleanSupplier ready, long longestNanos, long sleepNanos, int busy)
            throws SystemCallException {
        this.ready = ready;
        this.rings = rings.size();
        this.longestNanos = longestNanos;
        this.sleepNanos = sleepNanos;
        this.busy = busy;
        wakeup = new Wakeup();
        poll = new Poll(
                Stream.concat(rings.stream(), Stream.of(wakeup.descriptor())).toArray(FileDescriptor[]::new));
    }

    /**
     * How long to sleep while traffic goes on: each sleep costs some microseconds of processor time, however little has come, so
     * as long as the ring and the user allow.
     *
     * @param fillNanos how long the fastest traffic to be expected takes to fill the ring
     */
    static long sleepNanos(LiveSettings settings, long fillNanos) {
        if (settings.immediate()) return 0;
        long bearable = Math.min(fillNanos / 4, settings.latency().toNanos() / 4);
        return Math.clamp(bearable, SHORTEST_SLEEP_NANOS, LONGEST_SLEEP_NANOS);
    }

    /** Says that so many packets were handed over just now. */
    void worked(int packets) {
        handed += packets;
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
        boolean goesOn = handed >= busy;
        handed = 0;
        if (sleepNanos > 0 && goesOn) {
            LockSupport.parkNanos(sleepNanos);
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
