package io.pairwire.output.print.tree;

import io.pairwire.decode.wire.Tcp;

/** TCP. */
final class TcpTree {
    static final HeaderTree TREE = HeaderTree.of("Transmission Control Protocol", "RFC 9293 section 3.1")
            .bytes("source port", 2, Form.DECIMAL)
            .bytes("destination port", 2, Form.DECIMAL)
            .bytes("sequence number", 4, Form.DECIMAL)
            .bytes("acknowledgment number", 4, Form.DECIMAL)
            .bits("data offset", 4, Form.bytes(4))
            .bits("reserved", 3, Form.DECIMAL)
            .bits("AE", 1, Form.FLAG)
            .bits("CWR", 1, Form.FLAG)
            .bits("ECE", 1, Form.FLAG)
            .bits("URG", 1, Form.FLAG)
            .bits("ACK", 1, Form.FLAG)
            .bits("PSH", 1, Form.FLAG)
            .bits("RST", 1, Form.FLAG)
            .bits("SYN", 1, Form.FLAG)
            .bits("FIN", 1, Form.FLAG)
            .bytes("window", 2, Form.DECIMAL)
            .bytes("checksum", 2, Form.HEX)
            .bytes("urgent pointer", 2, Form.DECIMAL)
            .length(Tcp::headerLength)
            .options(OptionLines::tcp);

    private TcpTree() {}
}
