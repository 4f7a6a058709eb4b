package io.pairwire.output.print.tree;

/** One entry of an MPLS label stack. */
final class MplsTree {
    static final HeaderTree TREE = HeaderTree.of("MPLS label", "RFC 3032 section 2.1")
            .bits("label", 20, Form.DECIMAL)
            .bits("traffic class", 3, Form.DECIMAL)
            .bits("bottom of stack", 1, Form.FLAG)
            .bytes("time to live", 1, Form.DECIMAL);

    private MplsTree() {}
}
