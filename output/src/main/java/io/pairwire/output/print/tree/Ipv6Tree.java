package io.pairwire.output.print.tree;

/** IPv6. */
final class Ipv6Tree {
    static final HeaderTree TREE = HeaderTree.of("Internet Protocol version 6", "RFC 8200 section 3")
            .bits("version", 4, Form.DECIMAL)
            .bits("differentiated services", 6, Form.DECIMAL)
            .bits("congestion notification", 2, Form.named(Names::congestion))
            .bits("flow label", 20, Form.HEX)
            .bytes("payload length", 2, Form.DECIMAL)
            .bytes("next header", 1, Form.named(Names::ipProtocol))
            .bytes("hop limit", 1, Form.DECIMAL)
            .bytes("source", 16, Form.IPV6)
            .bytes("destination", 16, Form.IPV6);

    private Ipv6Tree() {}
}
