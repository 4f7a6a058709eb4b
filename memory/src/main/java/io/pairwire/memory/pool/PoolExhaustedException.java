package io.pairwire.memory.pool;

/** Every buffer that would do is in use, and the pool was asked to say so by throwing. */
public final class PoolExhaustedException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    PoolExhaustedException(String message) {
        super(message);
    }
}
