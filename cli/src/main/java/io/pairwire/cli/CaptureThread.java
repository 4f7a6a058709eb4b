package io.pairwire.cli;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Where live packets are read: rights are given up by a thread, not by the process. */
final class CaptureThread {
    private CaptureThread() {}

    /** On a thread of its own, whose rights end with it, and so do its processor and its namespace's. */
    static Integer run(Callable<Integer> work) throws Exception {
        var task = new FutureTask<>(work);
        Thread.ofPlatform().name("pairwire-capture").start(task);
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception failure) throw failure;
            throw e;
        }
    }
}
