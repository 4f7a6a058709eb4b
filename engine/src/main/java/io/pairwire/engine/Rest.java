package io.pairwire.engine;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * One moment at which everything read is matched and written. Travels with an empty batch through the stages; the last
 * runs the work, while the reading thread waits.
 */
final class Rest {
    private static final long LOOK_MILLIS = 5;

    /** What is done at rest, on the thread that writes. */
    @FunctionalInterface
    interface Work {
        void run() throws IOException;
    }

    private final Work work;
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean done;

    Rest(Work work) {
        this.work = work;
    }

    /** On the last stage, once its sink is flushed. */
    void run() throws IOException {
        work.run();
        done = true;
    }

    /** It is over, done or not. */
    void end() {
        over.countDown();
    }

    /** Waits for the end, however often the thread is interrupted; answers whether the work was done. */
    boolean await(BooleanSupplier abandoned) {
        boolean interrupted = false;
        boolean ended = false;
        while (!ended && !abandoned.getAsBoolean()) {
            try {
                ended = over.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                interrupted = true; // by a stop: what was read is still to be kept
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
        return done;
    }
}
