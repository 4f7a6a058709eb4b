package io.pairwire.output.print.tree;

import io.pairwire.decode.wire.Ipv6Extension;

/** Extension headers of IPv6. */
final class Ipv6ExtensionTree {
    static final HeaderTree ROUTING = of("IPv6 routing header", "RFC 8200 section 4.4")
            .bytes("routing type", 1, Form.DECIMAL)
            .bytes("segments left", 1, Form.DECIMAL);

    static final HeaderTree FRAGMENT = HeaderTree.of("IPv6 fragment header", "RFC 8200 section 4.5")
            .bytes("next header", 1, Form.named(Names::ipProtocol))
            .bytes("reserved", 1, Form.HEX)
            .bits("fragment offset", 13, Form.bytes(8))
            .bits("reserved", 2, Form.DECIMAL)
            .bits("more fragments", 1, Form.FLAG)
            .bytes("identification", 4, Form.HEX);

    private Ipv6ExtensionTree() {}

    /** One in the common form. */
    static HeaderTree of(String name, String reference) {
        return HeaderTree.of(name, reference)
                .bytes("next header", 1, Form.named(Names::ipProtocol))
                .bytes(
                        "header length",
                        1,
                        (_, _, value, line) -> line.decimal((value + 1) * 8).text(" bytes"))
                .length(Ipv6Extension::headerLength)
                .options((_, _, from, to, lines) ->
                        lines.begin(from, to - from, "body").decimal(to - from).text(" bytes"));
    }
}
