package io.pairwire.engine.task;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks on a few threads. Any thread may submit.
 *
 * <p>A task whose time is over is told to end and counts as ended at once, and so does one that has allocated more than its
 * budget, which is looked at every 20 ms and at its end. Another thread takes the place of the one that it ran on, so that the
 * others go on whether or not it comes back; until it does, it counts as abandoned. A thread cannot be killed: what must be
 * ended for sure runs in a child process, which {@link Task#end} destroys. An error, {@link OutOfMemoryError} included, is the
 * outcome of the task that met it.
 */
public final class TaskPool implements AutoCloseable {
    private static final long BETWEEN_LOOKS_MILLIS = 20;

    private final TaskSettings settings;
    private final PriorityBlockingQueue<TaskHandle<?>> queue = new PriorityBlockingQueue<>();
    private final ScheduledThreadPoolExecutor clock;
    private final Set<Worker> workers = new HashSet<>();
    private final AtomicLong submitted = new AtomicLong();
    private final AtomicLong running = new AtomicLong();
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong timedOut = new AtomicLong();
    private final AtomicLong skipped = new AtomicLong();
    private final AtomicLong cancelled = new AtomicLong();
    private final AtomicLong retried = new AtomicLong();
    private final AtomicLong abandoned = new AtomicLong();
    private boolean closed;

    public TaskPool(TaskSettings settings) {
        this.settings = settings;
        clock = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("pairwire-task-clock").factory());
        clock.setRemoveOnCancelPolicy(true);
        synchronized (workers) {
            for (int i = 0; i < settings.workers(); i++) addWorker();
        }
        if (hasBudget())
            clock.scheduleWithFixedDelay(
                    this::lookAtMemory, BETWEEN_LOOKS_MILLIS, BETWEEN_LOOKS_MILLIS, TimeUnit.MILLISECONDS);
    }

    private boolean hasBudget() {
        return settings.budgetBytes() < Long.MAX_VALUE;
    }

    private void addWorker() {
        var worker = new Worker();
        workers.add(worker);
        worker.thread.start();
    }

    /** Queues a task. */
    public <T> TaskHandle<T> submit(Task<T> task) {
        var handle = new TaskHandle<>(task, submitted.getAndIncrement(), this::count);
        synchronized (workers) {
            if (closed) throw new IllegalStateException("pool is closed");
            queue.add(handle);
        }
        return handle;
    }

    private void count(TaskOutcome<?> outcome) {
        AtomicLong counter = switch (outcome) {
            case TaskOutcome.Done<?> _ -> done;
            case TaskOutcome.Failed<?> ended -> ended.cause() instanceof SkippedException ? skipped : failed;
            case TaskOutcome.TimedOut<?> _ -> timedOut;
            case TaskOutcome.Cancelled<?> _ -> cancelled;
        };
        counter.incrementAndGet();
    }

    /** One thread of the pool, until its task is given up. */
    private final class Worker {
        private final Thread thread =
                Thread.ofPlatform().daemon().name("pairwire-task").unstarted(this::work);
        private boolean retired;
        private volatile long allocatedBefore;
        private volatile @Nullable TaskHandle<?> current;

        private void work() {
            try {
                while (!isRetired()) run(queue.take());
            } catch (InterruptedException closing) {
                Thread.currentThread().interrupt();
            } finally {
                if (isRetired()) abandoned.decrementAndGet();
            }
        }

        private synchronized boolean isRetired() {
            return retired;
        }

        private synchronized boolean retire() {
            boolean first = !retired;
            retired = true;
            return first;
        }

        private <T> void run(TaskHandle<T> handle) {
            if (!handle.begin(thread)) return;
            running.incrementAndGet();
            if (hasBudget()) allocatedBefore = Allocated.bytesOf(thread);
            current =
                    handle; // after what was allocated before: who looks never sees this task with more than is its own
            @Nullable ScheduledFuture<?> alarm = null;
            try {
                handle.task().prepare();
                alarm = clock.schedule(
                        () -> timeOut(handle, this), settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
                T value = handle.task().run();
                checkBudget(); // however quick it was, so that the outcome does not depend on when somebody looked
                handle.finish(new TaskOutcome.Done<>(value));
            } catch (Throwable e) { // whatever it is, it is this task's and not the pool's
                failed(handle, e);
            } finally {
                if (alarm != null) alarm.cancel(false);
                handle.leave();
                current = null;
                running.decrementAndGet();
                if (!isRetired() && !isClosed()) Thread.interrupted(); // the interrupt was meant for the task
            }
        }

        private void checkBudget() throws MemoryBudgetException {
            if (!hasBudget()) return;
            long allocated = Allocated.bytesOf(thread) - allocatedBefore;
            if (allocated > settings.budgetBytes()) throw new MemoryBudgetException(allocated, settings.budgetBytes());
        }

        /** Gives up the task if it has allocated too much; called by another thread. */
        private void lookAtMemory() {
            TaskHandle<?> looked = current;
            long before = allocatedBefore;
            if (looked == null) return;
            try {
                checkBudget();
            } catch (MemoryBudgetException e) {
                if (current == looked && allocatedBefore == before) giveUp(looked, this, e);
            }
        }

        private void failed(TaskHandle<?> handle, Throwable cause) {
            boolean again = !(cause instanceof SkippedException || cause instanceof MemoryBudgetException)
                    && !handle.isOver()
                    && handle.attempts() <= settings.retries()
                    && !isClosed();
            if (again) {
                retried.incrementAndGet();
                queue.add(handle);
            } else {
                handle.finish(new TaskOutcome.Failed<>(cause, handle.attempts()));
            }
        }
    }

    private boolean isClosed() {
        synchronized (workers) {
            return closed;
        }
    }

    private void lookAtMemory() {
        Set<Worker> now;
        synchronized (workers) {
            now = Set.copyOf(workers);
        }
        now.forEach(Worker::lookAtMemory);
    }

    private <T> void timeOut(TaskHandle<T> handle, Worker worker) {
        if (handle.isOver()) return;
        retire(worker);
        handle.end(new TaskOutcome.TimedOut<>(settings.timeout()));
    }

    private <T> void giveUp(TaskHandle<T> handle, Worker worker, MemoryBudgetException reason) {
        if (handle.isOver()) return;
        retire(worker);
        handle.end(new TaskOutcome.Failed<>(reason, handle.attempts()));
    }

    /** Before the outcome is known: whoever waits for it may look at the statistics then. */
    private void retire(Worker worker) {
        if (worker.retire()) {
            abandoned.incrementAndGet();
            synchronized (workers) {
                workers.remove(worker);
                if (!closed) addWorker();
            }
        }
    }

    /** What was done so far. */
    public TaskStatistics statistics() {
        return new TaskStatistics(
                submitted.get(),
                queue.size(),
                running.get(),
                done.get(),
                failed.get(),
                timedOut.get(),
                skipped.get(),
                cancelled.get(),
                retried.get(),
                abandoned.get());
    }

    /** Cancels what waits and what runs. Does not wait for threads whose tasks do not listen. */
    @Override
    public void close() {
        Set<Worker> last;
        synchronized (workers) {
            if (closed) return;
            closed = true;
            last = Set.copyOf(workers);
        }
        for (TaskHandle<?> waiting = queue.poll(); waiting != null; waiting = queue.poll()) waiting.cancel();
        clock.shutdownNow();
        for (Worker worker : last) {
            TaskHandle<?> current = worker.current;
            if (current != null) current.cancel();
            worker.thread.interrupt();
        }
    }
}
