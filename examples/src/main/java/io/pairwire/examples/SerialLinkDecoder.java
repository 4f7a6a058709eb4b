package io.pairwire.examples;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.decode.Layer;
import io.pairwire.decode.Layers;
import io.pairwire.decode.PacketDecoder;
import io.pairwire.decode.wire.IpProtocol;
import io.pairwire.decode.wire.Ipv4;
import io.pairwire.decode.wire.Tcp;
import io.pairwire.decode.wire.Udp;
import io.pairwire.decode.wire.Verdict;

/**
 * A decoder from the ground up, for a home-grown link: one byte of channel, then IPv4 with UDP or TCP. Shows how headers
 * are checked once, then read, and how a decoder fills {@link Layers}.
 */
public final class SerialLinkDecoder implements PacketDecoder {
    /** A link type that is kept free for private use. */
    public static final int LINK_TYPE = LinkType.USER0 + 1;

    private static final int IP = 1; // behind the channel

    @Override
    public Verdict decode(Packet packet, Layers layers) {
        layers.reset();
        if (packet.linkType() == LINK_TYPE) ipv4(packet, layers);
        else layers.fail(Verdict.UNSUPPORTED_LINK_TYPE, Layer.OTHER, 0);
        return layers.verdict();
    }

    private static void ipv4(Packet packet, Layers layers) {
        int wire = Math.max(packet.capturedLength(), packet.originalLength());
        if (packet.capturedLength() < IP) {
            enter(Layer.OTHER, Verdict.TRUNCATED, packet, layers, 0, wire);
            return;
        }
        if (!enter(Layer.IPV4, Ipv4.check(packet, IP, packet.capturedLength() - IP), packet, layers, IP, wire)) return;
        int end = IP + Ipv4.totalLength(packet, IP);
        int protocol = Ipv4.protocol(packet, IP);
        layers.network(IP, 4, protocol, 0, Ipv4.source(packet, IP), 0, Ipv4.destination(packet, IP));
        layers.fragment(Ipv4.fragmentOffset(packet, IP), Ipv4.isMoreFragments(packet, IP));
        if (end > wire) layers.fail(Verdict.MALFORMED, Layer.IPV4, IP); // promises more than was sent
        else if (layers.fragmentOffset() == 0)
            transport(protocol, packet, layers, IP + Ipv4.headerLength(packet, IP), end);
    }

    private static void transport(int protocol, Packet packet, Layers layers, int at, int end) {
        boolean tcp = protocol == IpProtocol.TCP;
        if (!tcp && protocol != IpProtocol.UDP) return;
        int available = Math.min(packet.capturedLength(), end) - at;
        Verdict checked = tcp ? Tcp.check(packet, at, available) : Udp.check(packet, at, available);
        if (!enter(tcp ? Layer.TCP : Layer.UDP, checked, packet, layers, at, end)) return;
        layers.transport(at, protocol, packet.u16(at), packet.u16(at + 2));
        int payloadAt = at + (tcp ? Tcp.headerLength(packet, at) : Udp.LENGTH);
        int length = tcp ? 0 : Udp.datagramLength(packet, at);
        int payloadEnd = length == 0 ? end : Math.min(end, at + length);
        layers.payload(payloadAt, payloadEnd - payloadAt, Math.min(payloadEnd, packet.capturedLength()) - payloadAt);
    }

    /** Adds a header that is whole; if it is not, says whether the capture cut it or the sender. */
    private static boolean enter(Layer kind, Verdict checked, Packet packet, Layers layers, int at, int end) {
        if (checked == Verdict.OK) return layers.add(kind, at);
        boolean complete = packet.capturedLength() >= end;
        layers.fail(checked == Verdict.TRUNCATED && complete ? Verdict.MALFORMED : checked, kind, at);
        return false;
    }
}
