package io.pairwire.output.print.tree;

import io.pairwire.decode.wire.AuthenticationHeader;

/** The IP authentication header. */
final class AuthenticationTree {
    static final HeaderTree TREE = HeaderTree.of("Authentication header", "RFC 4302 section 2")
            .bytes("next header", 1, Form.named(Names::ipProtocol))
            .bytes(
                    "header length",
                    1,
                    (_, _, value, line) -> line.decimal((value + 2) * 4).text(" bytes"))
            .bytes("reserved", 2, Form.HEX)
            .bytes("security parameters index", 4, Form.HEX)
            .bytes("sequence number", 4, Form.DECIMAL)
            .length(AuthenticationHeader::headerLength)
            .options((_, _, from, to, lines) -> lines.begin(from, to - from, "integrity check value")
                    .decimal(to - from)
                    .text(" bytes"));

    private AuthenticationTree() {}
}
