/** Floor 3: headers, one file each, and the layers of a packet. */
module io.pairwire.decode {
    requires transitive io.pairwire.capture;
    requires static transitive org.jspecify;

    exports io.pairwire.decode;
    exports io.pairwire.decode.craft;
    exports io.pairwire.decode.rewrite;
    exports io.pairwire.decode.wire;
}
