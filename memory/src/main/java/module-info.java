/** Floor 1: rings, overflow policies, clocks. */
module io.pairwire.memory {
    requires static transitive org.jspecify;

    exports io.pairwire.memory;
}
