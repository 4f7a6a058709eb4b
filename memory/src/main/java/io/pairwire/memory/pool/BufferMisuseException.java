package io.pairwire.memory.pool;

/**
 * A buffer was used against its life: released twice, through a handle that is stale or not of this pool, or after the
 * pool was closed. The buffers of others are as they were.
 */
public final class BufferMisuseException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    BufferMisuseException(String message) {
        super(message);
    }
}
