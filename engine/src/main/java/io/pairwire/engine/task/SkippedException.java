package io.pairwire.engine.task;

/** What a task throws that has nothing to do, with the reason: a failure that no retry mends. */
public final class SkippedException extends Exception {
    private static final long serialVersionUID = 1;

    public SkippedException(String reason) {
        super(reason);
    }
}
