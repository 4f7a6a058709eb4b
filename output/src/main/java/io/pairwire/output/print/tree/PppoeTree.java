package io.pairwire.output.print.tree;

/** PPP over Ethernet. */
final class PppoeTree {
    static final HeaderTree TREE = HeaderTree.of("PPP over Ethernet", "RFC 2516 section 4")
            .bits("version", 4, Form.DECIMAL)
            .bits("type", 4, Form.DECIMAL)
            .bytes("code", 1, Form.HEX)
            .bytes("session", 2, Form.HEX)
            .bytes("length", 2, Form.DECIMAL);

    private PppoeTree() {}
}
