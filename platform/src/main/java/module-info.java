/** Floor 1: system calls. The only module of the house that makes native calls. */
module io.pairwire.platform {
    requires static transitive org.jspecify;

    exports io.pairwire.platform;
    exports io.pairwire.platform.numa;
    exports io.pairwire.platform.xdp;
}
