package io.pairwire.cli;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Child processes that wait for the next file of a batch, so that not every file pays for the start of a JVM. */
final class WorkerProcesses implements AutoCloseable {
    private final Optional<ByteCount> memory;
    private final ArrayDeque<WorkerProcess> idle = new ArrayDeque<>();
    private boolean closed;

    /** @param memory heap of each */
    WorkerProcesses(Optional<ByteCount> memory) {
        this.memory = memory;
    }

    /** One that waits, or a new one; closing it gives it back. */
    WorkerProcess take() throws IOException {
        @Nullable WorkerProcess waiting;
        synchronized (idle) {
            waiting = idle.poll();
        }
        return waiting != null ? waiting : WorkerProcess.start(this, memory);
    }

    void give(WorkerProcess process) {
        synchronized (idle) {
            if (!closed && process.isSound()) {
                idle.push(process);
                return;
            }
        }
        process.destroy();
    }

    @Override
    public void close() {
        synchronized (idle) {
            closed = true;
            idle.forEach(WorkerProcess::destroy);
            idle.clear();
        }
    }
}
