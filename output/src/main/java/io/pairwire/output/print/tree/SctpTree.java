package io.pairwire.output.print.tree;

/** SCTP. */
final class SctpTree {
    static final HeaderTree TREE = HeaderTree.of("Stream Control Transmission Protocol", "RFC 9260 section 3.1")
            .bytes("source port", 2, Form.DECIMAL)
            .bytes("destination port", 2, Form.DECIMAL)
            .bytes("verification tag", 4, Form.HEX)
            .bytes("checksum", 4, Form.HEX);

    private SctpTree() {}
}
