package io.pairwire.output.print.tree;

import io.pairwire.capture.Packet;
import io.pairwire.decode.wire.Arp;

/** ARP. */
final class ArpTree {
    static final HeaderTree TREE = of("Address Resolution Protocol", "RFC 826");
    static final HeaderTree REVERSE = of("Reverse Address Resolution Protocol", "RFC 903");

    private static final HeaderField SENDER_MAC = new HeaderField("sender hardware address", 64, 48, Form.MAC);
    private static final HeaderField SENDER = new HeaderField("sender protocol address", 112, 32, Form.IPV4);
    private static final HeaderField TARGET_MAC = new HeaderField("target hardware address", 144, 48, Form.MAC);
    private static final HeaderField TARGET = new HeaderField("target protocol address", 192, 32, Form.IPV4);

    private ArpTree() {}

    private static HeaderTree of(String name, String reference) {
        return HeaderTree.of(name, reference)
                .bytes("hardware type", 2, Form.DECIMAL)
                .bytes("protocol type", 2, Form.namedHex(4, Names::etherType))
                .bytes("hardware address length", 1, Form.DECIMAL)
                .bytes("protocol address length", 1, Form.DECIMAL)
                .bytes("operation", 2, Form.named(ArpTree::operation))
                .length(Arp::packetLength)
                .options(ArpTree::addresses);
    }

    private static void addresses(Packet packet, int at, int from, int to, TreeLines lines) {
        if (!Arp.isIpv4OverEthernet(packet, at)) {
            lines.begin(from, to - from, "addresses").decimal(to - from).text(" bytes");
            return;
        }
        lines.field(SENDER_MAC, at);
        lines.field(SENDER, at);
        lines.field(TARGET_MAC, at);
        lines.field(TARGET, at);
    }

    private static String operation(int operation) {
        return switch (operation) {
            case 1 -> "request";
            case 2 -> "reply";
            case 3 -> "reverse request";
            case 4 -> "reverse reply";
            case 8 -> "inverse request";
            case 9 -> "inverse reply";
            default -> "";
        };
    }
}
