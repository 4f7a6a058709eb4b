package io.pairwire.output.print.tree;

/** A VLAN tag. */
final class VlanTree {
    static final HeaderTree TREE = HeaderTree.of("VLAN tag", "IEEE 802.1Q")
            .bits("priority", 3, Form.DECIMAL)
            .bits("drop eligible", 1, Form.FLAG)
            .bits("identifier", 12, Form.DECIMAL)
            .bytes("type or length", 2, Form.namedHex(4, Names::etherType));

    private VlanTree() {}
}
