package io.pairwire.memory.pool;

/**
 * Something that happened to a buffer.
 *
 * @param kind what
 * @param handle as it was then
 * @param thread of the caches by which it happened
 */
public record BufferEvent(Kind kind, int handle, String thread) {
    /** What happens to a buffer. */
    public enum Kind {
        /** It was handed out. */
        ALLOCATED,
        /** The last reference was released. */
        FREED
    }

    @Override
    public String toString() {
        return Handle.text(handle) + (kind == Kind.ALLOCATED ? " allocated by " : " freed by ") + thread;
    }
}
