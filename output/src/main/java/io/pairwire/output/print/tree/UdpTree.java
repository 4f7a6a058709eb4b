package io.pairwire.output.print.tree;

/** UDP. */
final class UdpTree {
    static final HeaderTree TREE = HeaderTree.of("User Datagram Protocol", "RFC 768")
            .bytes("source port", 2, Form.DECIMAL)
            .bytes("destination port", 2, Form.DECIMAL)
            .bytes("length", 2, Form.DECIMAL)
            .bytes("checksum", 2, Form.HEX);

    static final HeaderTree LITE = HeaderTree.of("UDP-Lite", "RFC 3828")
            .bytes("source port", 2, Form.DECIMAL)
            .bytes("destination port", 2, Form.DECIMAL)
            .bytes("checksum coverage", 2, Form.DECIMAL)
            .bytes("checksum", 2, Form.HEX);

    private UdpTree() {}
}
