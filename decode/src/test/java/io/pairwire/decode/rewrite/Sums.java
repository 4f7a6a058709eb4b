package io.pairwire.decode.rewrite;

import io.pairwire.capture.Packet;
import io.pairwire.decode.Layer;
import io.pairwire.decode.LayerDecoder;
import io.pairwire.decode.Layers;
import io.pairwire.decode.wire.Checksum;
import io.pairwire.decode.wire.Ipv4;
import io.pairwire.decode.wire.Ipv6;
import java.util.ArrayList;
import java.util.List;

/** Which checksums of a packet are right, found out without the code under test. */
final class Sums {
    private Sums() {}

    /** One word for each checksum that can be judged: of the outermost IP header and of the transport on it. */
    static List<String> judge(Packet packet) {
        var layers = new Layers();
        new LayerDecoder().decode(packet, layers);
        var sums = new ArrayList<String>();
        if (layers.networkAt() < 0) return sums;
        int at = layers.networkAt();
        boolean ipv4 = layers.ipVersion() == 4;
        int header = ipv4 ? Ipv4.headerLength(packet, at) : Ipv6.LENGTH;
        if (ipv4) sums.add("ip " + (Checksum.fold(Checksum.sum(packet, at, header)) == 0));
        int end = ipv4 ? at + Ipv4.totalLength(packet, at) : at + Ipv6.LENGTH + Ipv6.payloadLength(packet, at);
        if (layers.isFragment() || end > packet.capturedLength()) return sums;
        Layer last = layers.kind(layers.depth() - 1);
        int from = layers.at(layers.depth() - 1);
        long pseudo = Checksum.pseudoHeader(
                layers.sourceHigh(),
                layers.sourceLow(),
                layers.destinationHigh(),
                layers.destinationLow(),
                layers.ipProtocol(),
                end - from);
        switch (last) {
            case TCP, UDP, ICMPV6 ->
                sums.add(last + " " + (Checksum.fold(pseudo + Checksum.sum(packet, from, end - from)) == 0));
            case ICMP -> sums.add(last + " " + (Checksum.fold(Checksum.sum(packet, from, end - from)) == 0));
            default -> {}
        }
        return sums;
    }
}
