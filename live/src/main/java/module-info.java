/** Floor 2: packets from the network. */
module io.pairwire.live {
    requires static transitive org.jspecify;
    requires transitive io.pairwire.capture;
    requires transitive io.pairwire.memory;
    requires transitive io.pairwire.platform;

    exports io.pairwire.live;
}
