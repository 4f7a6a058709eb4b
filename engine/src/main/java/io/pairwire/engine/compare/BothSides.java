package io.pairwire.engine.compare;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Does the same for both captures at once: the one in this thread, the other in one of its own. */
final class BothSides {
    private BothSides() {}

    /** Something with one capture. */
    @FunctionalInterface
    interface Work {
        void run() throws IOException;
    }

    /** Both are over when this returns or throws; the failure of the first is thrown first. */
    static void run(Work here, Work there) throws IOException {
        var other = new FutureTask<Void>(() -> {
            there.run();
            return null;
        });
        var thread = Thread.ofPlatform().daemon().name("pairwire-compare").start(other);
        try {
            here.run();
        } catch (IOException | RuntimeException | Error e) {
            thread.interrupt(); // frees it from waiting for its capture
            joined(thread);
            throw e;
        }
        joined(thread);
        try {
            other.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException failed -> throw failed;
                case RuntimeException failed -> throw failed;
                case Error failed -> throw failed;
                case null, default -> throw new IllegalStateException(e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while captures were compared");
        }
    }

    private static void joined(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
                thread.interrupt();
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }
}
