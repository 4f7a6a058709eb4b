package io.pairwire.output.print.tree;

/** HDLC of Cisco. */
final class CiscoHdlcTree {
    static final HeaderTree TREE = HeaderTree.of("Cisco HDLC", "LINKTYPE_C_HDLC")
            .bytes("address", 1, Form.HEX)
            .bytes("control", 1, Form.HEX)
            .bytes("protocol", 2, Form.namedHex(4, Names::etherType));

    private CiscoHdlcTree() {}
}
