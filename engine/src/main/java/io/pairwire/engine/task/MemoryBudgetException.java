package io.pairwire.engine.task;

/** A task allocated more than it may. It is not tried again. */
public final class MemoryBudgetException extends Exception {
    private static final long serialVersionUID = 1;

    MemoryBudgetException(long allocatedBytes, long budgetBytes) {
        super("allocated " + allocatedBytes + " bytes, more than its budget of " + budgetBytes);
    }
}
