package io.pairwire.engine.task;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A task that was submitted. Any thread may use it.
 *
 * @param <T> what comes of it
 */
public final class TaskHandle<T> implements Comparable<TaskHandle<?>> {
    private final Task<T> task;
    private final long order;
    private final CompletableFuture<TaskOutcome<T>> outcome = new CompletableFuture<>();
    private final AtomicBoolean over = new AtomicBoolean();
    private final Consumer<TaskOutcome<?>> counter;
    private @Nullable Thread runner;
    private int attempts;

    /** @param counter told of the outcome before anybody else */
    TaskHandle(Task<T> task, long order, Consumer<TaskOutcome<?>> counter) {
        this.task = task;
        this.order = order;
        this.counter = counter;
    }

    public Task<T> task() {
        return task;
    }

    /** Completes when the task has ended, never exceptionally. */
    public CompletionStage<TaskOutcome<T>> outcome() {
        return outcome.minimalCompletionStage();
    }

    /** Waits for the end. */
    public TaskOutcome<T> await() throws InterruptedException {
        try {
            return outcome.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("an outcome is never an exception", e);
        }
    }

    /** Ends the task, begun or not. False if it had ended. */
    public boolean cancel() {
        return end(new TaskOutcome.Cancelled<>());
    }

    boolean isOver() {
        return over.get();
    }

    int attempts() {
        return attempts;
    }

    /** The first outcome counts; who runs the task is told to stop, for sure if the task knows how. */
    boolean end(TaskOutcome<T> with) {
        if (!over.compareAndSet(false, true)) return false;
        synchronized (this) {
            if (runner != null) {
                task.end();
                runner.interrupt();
            }
        }
        tell(with);
        return true;
    }

    /** The task ended by itself. */
    void finish(TaskOutcome<T> with) {
        if (over.compareAndSet(false, true)) tell(with);
    }

    private void tell(TaskOutcome<T> with) {
        counter.accept(with);
        outcome.complete(with);
    }

    /** Makes a thread the one to interrupt; false if there is nothing left to do. */
    synchronized boolean begin(Thread by) {
        if (isOver()) return false;
        attempts++;
        runner = by;
        return true;
    }

    /** After this nobody interrupts the thread any more on behalf of the task. */
    synchronized void leave() {
        runner = null;
    }

    @Override
    public int compareTo(TaskHandle<?> other) {
        int byPriority = Integer.compare(other.task.priority(), task.priority());
        return byPriority != 0 ? byPriority : Long.compare(order, other.order);
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(order);
    }
}
