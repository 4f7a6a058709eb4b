package io.pairwire.memory;

import java.util.concurrent.locks.LockSupport;

/** How a thread waits; tests bring their own and never wait. */
public interface Pause {

    /** Waits about that long, or shorter. */
    void nanos(long nanos);

    /** Gives the core a hint that this thread spins. */
    default void spin() {
        Thread.onSpinWait();
    }

    /** Parks the thread. */
    Pause PARK = LockSupport::parkNanos;
}
