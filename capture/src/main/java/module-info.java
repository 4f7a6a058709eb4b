/** Floor 2: the packet model and capture files. */
module io.pairwire.capture {
    requires static transitive org.jspecify;

    exports io.pairwire.capture;
    exports io.pairwire.capture.bpf;
    exports io.pairwire.capture.edit;
    exports io.pairwire.capture.index;
    exports io.pairwire.capture.inspect;

    uses io.pairwire.capture.Compression;
}
