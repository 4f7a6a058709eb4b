package io.pairwire.output.print.tree;

/** ICMP, ICMPv6 and IGMP. */
final class IcmpTree {
    static final HeaderTree TREE = HeaderTree.of("Internet Control Message Protocol", "RFC 792")
            .bytes("type", 1, Form.named(IcmpTree::type))
            .bytes("code", 1, Form.DECIMAL)
            .bytes("checksum", 2, Form.HEX)
            .bytes("rest of header", 4, Form.HEX);

    static final HeaderTree VERSION_6 = HeaderTree.of(
                    "Internet Control Message Protocol version 6", "RFC 4443 section 2.1")
            .bytes("type", 1, Form.named(IcmpTree::type6))
            .bytes("code", 1, Form.DECIMAL)
            .bytes("checksum", 2, Form.HEX);

    static final HeaderTree IGMP = HeaderTree.of("Internet Group Management Protocol", "RFC 9776")
            .bytes("type", 1, Form.HEX)
            .bytes("maximum response code", 1, Form.DECIMAL)
            .bytes("checksum", 2, Form.HEX)
            .bytes("group address", 4, Form.IPV4);

    private IcmpTree() {}

    private static String type(int type) {
        return switch (type) {
            case 0 -> "echo reply";
            case 3 -> "destination unreachable";
            case 4 -> "source quench";
            case 5 -> "redirect";
            case 8 -> "echo";
            case 9 -> "router advertisement";
            case 10 -> "router solicitation";
            case 11 -> "time exceeded";
            case 12 -> "parameter problem";
            case 13 -> "timestamp";
            case 14 -> "timestamp reply";
            default -> "";
        };
    }

    private static String type6(int type) {
        return switch (type) {
            case 1 -> "destination unreachable";
            case 2 -> "packet too big";
            case 3 -> "time exceeded";
            case 4 -> "parameter problem";
            case 128 -> "echo request";
            case 129 -> "echo reply";
            case 130 -> "multicast listener query";
            case 131 -> "multicast listener report";
            case 132 -> "multicast listener done";
            case 133 -> "router solicitation";
            case 134 -> "router advertisement";
            case 135 -> "neighbor solicitation";
            case 136 -> "neighbor advertisement";
            case 137 -> "redirect";
            case 143 -> "multicast listener report version 2";
            default -> "";
        };
    }
}
