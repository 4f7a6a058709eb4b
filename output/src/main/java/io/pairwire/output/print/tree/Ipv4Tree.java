package io.pairwire.output.print.tree;

import io.pairwire.decode.wire.Ipv4;

/** IPv4. */
final class Ipv4Tree {
    static final HeaderTree TREE = HeaderTree.of("Internet Protocol version 4", "RFC 791 section 3.1")
            .bits("version", 4, Form.DECIMAL)
            .bits("header length", 4, Form.bytes(4))
            .bits("differentiated services", 6, Form.DECIMAL)
            .bits("congestion notification", 2, Form.named(Names::congestion))
            .bytes("total length", 2, Form.DECIMAL)
            .bytes("identification", 2, Form.DECIMAL)
            .bits("reserved", 1, Form.FLAG)
            .bits("don't fragment", 1, Form.FLAG)
            .bits("more fragments", 1, Form.FLAG)
            .bits("fragment offset", 13, Form.bytes(8))
            .bytes("time to live", 1, Form.DECIMAL)
            .bytes("protocol", 1, Form.named(Names::ipProtocol))
            .bytes("header checksum", 2, Form.HEX)
            .bytes("source", 4, Form.IPV4)
            .bytes("destination", 4, Form.IPV4)
            .length(Ipv4::headerLength)
            .options(OptionLines::ipv4);

    private Ipv4Tree() {}
}
