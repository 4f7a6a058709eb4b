/** Floor 3: headers, one file each, the layers of a packet, datagrams and streams. */
module io.pairwire.decode {
    requires transitive io.pairwire.capture;
    requires static transitive org.jspecify;

    exports io.pairwire.decode;
    exports io.pairwire.decode.craft;
    exports io.pairwire.decode.stream;
    exports io.pairwire.decode.rewrite;
    exports io.pairwire.decode.filter;
    exports io.pairwire.decode.filter.ir;
    exports io.pairwire.decode.filter.text;
    exports io.pairwire.decode.filter.vflisp;
    exports io.pairwire.decode.filter.vfm;
    exports io.pairwire.decode.wire;
}
