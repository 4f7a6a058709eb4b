/** Floor 1: rings, overflow policies, clocks, packet buffers. */
module io.pairwire.memory {
    requires static transitive org.jspecify;

    exports io.pairwire.memory;
    exports io.pairwire.memory.pool;
}
