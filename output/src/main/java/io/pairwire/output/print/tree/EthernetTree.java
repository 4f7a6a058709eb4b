package io.pairwire.output.print.tree;

/** Ethernet. */
final class EthernetTree {
    static final HeaderTree TREE = HeaderTree.of("Ethernet", "IEEE 802.3")
            .bytes("destination", 6, Form.MAC)
            .bytes("source", 6, Form.MAC)
            .bytes("type or length", 2, Form.namedHex(4, Names::etherType));

    private EthernetTree() {}
}
