package io.pairwire.output.print.tree;

/** Linux cooked captures. */
final class LinuxCookedTree {
    static final HeaderTree TREE = HeaderTree.of("Linux cooked capture", "LINKTYPE_LINUX_SLL")
            .bytes("packet type", 2, Form.named(LinuxCookedTree::direction))
            .bytes("hardware type", 2, Form.DECIMAL)
            .bytes("address length", 2, Form.DECIMAL)
            .bytes("address", 8, Form.HEX)
            .bytes("protocol", 2, Form.namedHex(4, Names::etherType));

    static final HeaderTree VERSION_2 = HeaderTree.of("Linux cooked capture, version 2", "LINKTYPE_LINUX_SLL2")
            .bytes("protocol", 2, Form.namedHex(4, Names::etherType))
            .bytes("reserved", 2, Form.HEX)
            .bytes("interface index", 4, Form.DECIMAL)
            .bytes("hardware type", 2, Form.DECIMAL)
            .bytes("packet type", 1, Form.named(LinuxCookedTree::direction))
            .bytes("address length", 1, Form.DECIMAL)
            .bytes("address", 8, Form.HEX);

    private LinuxCookedTree() {}

    private static String direction(int type) {
        return switch (type) {
            case 0 -> "to us";
            case 1 -> "broadcast";
            case 2 -> "multicast";
            case 3 -> "between others";
            case 4 -> "sent by us";
            default -> "";
        };
    }
}
