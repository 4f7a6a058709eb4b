package io.pairwire.engine.task;

import java.util.concurrent.Callable;

/**
 * A piece of work. It is interrupted when its time is over or nobody wants it any more.
 *
 * @param <T> what comes of it
 */
public interface Task<T> {

    /** What people know it by. */
    String name();

    /** Greater ones are begun before smaller ones; equal ones in the order in which they were submitted. */
    default int priority() {
        return 0;
    }

    /** Gets ready, before the time counts; in the same thread as {@link #run}, once an attempt. */
    default void prepare() throws Exception {}

    /** Does the work, in a thread of the pool. Whatever it throws is an outcome, not an accident. */
    T run() throws Exception;

    /**
     * Ends the work for sure, if there is a way: destroys a process, closes a channel. Called from another thread, at most
     * once an attempt, before the interrupt; must not wait.
     */
    default void end() {}

    /** A task from a name and what to do. */
    static <T> Task<T> of(String name, Callable<T> work) {
        return new Task<>() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public T run() throws Exception {
                return work.call();
            }
        };
    }
}
