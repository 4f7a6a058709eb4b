package io.pairwire.memory.pool;

import java.util.Optional;

/**
 * A buffer in use, as it was when looked at.
 *
 * @param handle its handle
 * @param capacity bytes it takes, 0 of a slice
 * @param references references held
 * @param site where it was allocated, if {@link Tracing} asked for that
 */
public record ActiveBuffer(int handle, int capacity, int references, Optional<String> site) {
    @Override
    public String toString() {
        return "buffer " + Handle.text(handle) + ", " + (capacity == 0 ? "a slice" : capacity + " bytes") + ", "
                + references + (references == 1 ? " reference" : " references")
                + site.map(at -> ", allocated at " + at).orElse("");
    }
}
