package io.pairwire.memory.pool;

import org.jspecify.annotations.Nullable;

/** A {@link MemorySource} has no more. */
public final class MemoryUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public MemoryUnavailableException(String what, @Nullable Throwable cause) {
        super("no memory: " + what, cause);
    }
}
