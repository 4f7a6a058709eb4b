package io.pairwire.output.print.tree;

/** Logical link control, and SNAP behind it. */
final class LlcTree {
    static final HeaderTree TREE = HeaderTree.of("Logical link control", "IEEE 802.2")
            .bytes("destination service access point", 1, Form.HEX)
            .bytes("source service access point", 1, Form.HEX)
            .bytes("control", 1, Form.HEX);

    static final HeaderTree SNAP = HeaderTree.of("Subnetwork Access Protocol", "RFC 1042")
            .bytes("organization", 3, Form.HEX)
            .bytes("protocol", 2, Form.namedHex(4, Names::etherType));

    private LlcTree() {}
}
