package io.pairwire.output.print.tree;

/** Headers around packets. */
final class TunnelTrees {
    static final HeaderTree GRE = HeaderTree.of("Generic Routing Encapsulation", "RFC 2784, RFC 2890")
            .bits("checksum present", 1, Form.FLAG)
            .bits("routing present", 1, Form.FLAG)
            .bits("key present", 1, Form.FLAG)
            .bits("sequence number present", 1, Form.FLAG)
            .bits("reserved", 9, Form.HEX)
            .bits("version", 3, Form.DECIMAL)
            .bytes("protocol type", 2, Form.namedHex(4, Names::etherType))
            .options((_, _, from, to, lines) -> lines.begin(from, to - from, "optional fields")
                    .decimal(to - from)
                    .text(" bytes"));

    static final HeaderTree VXLAN = HeaderTree.of("Virtual eXtensible LAN", "RFC 7348 section 5")
            .bytes("flags", 1, Form.HEX)
            .bytes("reserved", 3, Form.HEX)
            .bytes("network identifier", 3, Form.DECIMAL)
            .bytes("reserved", 1, Form.HEX);

    static final HeaderTree ESP = HeaderTree.of("Encapsulating Security Payload", "RFC 4303 section 2")
            .bytes("security parameters index", 4, Form.HEX)
            .bytes("sequence number", 4, Form.DECIMAL);

    static final HeaderTree GTP_U = HeaderTree.of("GTP user plane", "3GPP TS 29.281 section 5.1")
            .bits("version", 3, Form.DECIMAL)
            .bits("protocol type", 1, Form.DECIMAL)
            .bits("reserved", 1, Form.DECIMAL)
            .bits("extension header", 1, Form.FLAG)
            .bits("sequence number", 1, Form.FLAG)
            .bits("N-PDU number", 1, Form.FLAG)
            .bytes("message type", 1, Form.DECIMAL)
            .bytes("length", 2, Form.DECIMAL)
            .bytes("tunnel endpoint identifier", 4, Form.HEX)
            .options((_, _, from, to, lines) -> lines.begin(from, to - from, "optional fields")
                    .decimal(to - from)
                    .text(" bytes"));

    private TunnelTrees() {}
}
