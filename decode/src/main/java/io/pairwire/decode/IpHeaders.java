package io.pairwire.decode;

import static io.pairwire.decode.LayerDecoder.available;
import static io.pairwire.decode.LayerDecoder.enter;
import static io.pairwire.decode.LayerDecoder.other;

import io.pairwire.capture.Packet;
import io.pairwire.decode.wire.AuthenticationHeader;
import io.pairwire.decode.wire.Dccp;
import io.pairwire.decode.wire.Esp;
import io.pairwire.decode.wire.Icmp;
import io.pairwire.decode.wire.Icmpv6;
import io.pairwire.decode.wire.Igmp;
import io.pairwire.decode.wire.IpProtocol;
import io.pairwire.decode.wire.Ipv4;
import io.pairwire.decode.wire.Ipv6;
import io.pairwire.decode.wire.Ipv6Extension;
import io.pairwire.decode.wire.Ipv6Fragment;
import io.pairwire.decode.wire.Ipv6Routing;
import io.pairwire.decode.wire.Pim;
import io.pairwire.decode.wire.Sctp;
import io.pairwire.decode.wire.Tcp;
import io.pairwire.decode.wire.Udp;
import io.pairwire.decode.wire.UdpLite;
import io.pairwire.decode.wire.Verdict;

/** The headers from IP on, for {@link LayerDecoder}. */
final class IpHeaders {
    private IpHeaders() {}

    /** An IPv4 header at {@code at} in a packet that ended at {@code wireEnd} on the wire, and what it carries. */
    static void ipv4(Packet packet, Layers layers, int at, int wireEnd) {
        Verdict checked = Ipv4.check(packet, at, available(packet, at, wireEnd));
        if (!enter(Layer.IPV4, checked, packet, layers, at, wireEnd)) return;
        layers.networkAt = at;
        layers.ipVersion = 4;
        layers.sourceLow = Ipv4.source(packet, at);
        layers.destinationLow = Ipv4.destination(packet, at);
        layers.fragmentOffset = Ipv4.fragmentOffset(packet, at);
        layers.moreFragments = Ipv4.isMoreFragments(packet, at);
        int totalLength = Ipv4.totalLength(packet, at);
        int end = end(layers, Layer.IPV4, at, totalLength == 0 ? wireEnd - at : totalLength, wireEnd);
        upper(Ipv4.protocol(packet, at), packet, layers, at + Ipv4.headerLength(packet, at), end);
    }

    /** The same for IPv6. */
    static void ipv6(Packet packet, Layers layers, int at, int wireEnd) {
        Verdict checked = Ipv6.check(packet, at, available(packet, at, wireEnd));
        if (!enter(Layer.IPV6, checked, packet, layers, at, wireEnd)) return;
        layers.networkAt = at;
        layers.ipVersion = 6;
        layers.sourceHigh = Ipv6.sourceHigh(packet, at);
        layers.sourceLow = Ipv6.sourceLow(packet, at);
        layers.destinationHigh = Ipv6.destinationHigh(packet, at);
        layers.destinationLow = Ipv6.destinationLow(packet, at);
        int payloadLength = Ipv6.payloadLength(packet, at);
        int length = payloadLength == 0 ? wireEnd - at : Ipv6.LENGTH + payloadLength;
        int end = end(layers, Layer.IPV6, at, length, wireEnd);
        upper(Ipv6.nextHeader(packet, at), packet, layers, at + Ipv6.LENGTH, end);
    }

    /** Is what lies at {@code at} probably an IP packet that fits, as far as it was captured? Asked where only a port says so. */
    static boolean isPlausible(Packet packet, int at, int end) {
        int available = available(packet, at, end);
        if (available < 1) return false;
        boolean ipv4 = packet.u8(at) >>> 4 == 4;
        Verdict checked = ipv4 ? Ipv4.check(packet, at, available) : Ipv6.check(packet, at, available);
        if (checked == Verdict.TRUNCATED) return packet.capturedLength() < end && (ipv4 || packet.u8(at) >>> 4 == 6);
        if (checked != Verdict.OK) return false;
        return (ipv4 ? Ipv4.totalLength(packet, at) : ipv6Length(packet, at)) <= end - at;
    }

    /**
     * Where the data of the layer at {@code index} end: by the lengths of all IP and UDP headers around it, and of itself
     * if it is one, and by the end of the packet on the wire.
     */
    static int endOf(Packet packet, Layers layers, int index) {
        int end = Math.max(packet.originalLength(), packet.capturedLength());
        for (int i = 0; i <= index; i++) {
            int at = layers.at(i);
            int length = switch (layers.kind(i)) {
                case IPV4 -> Ipv4.totalLength(packet, at);
                case IPV6 -> ipv6Length(packet, at);
                case UDP -> Udp.datagramLength(packet, at);
                default -> 0;
            };
            if (length != 0 && length < end - at) end = at + length;
        }
        return end;
    }

    /** Header and data, bytes; 0 if the header does not say. */
    static int ipv6Length(Packet packet, int at) {
        int payload = Ipv6.payloadLength(packet, at);
        return payload == 0 ? 0 : Ipv6.LENGTH + payload;
    }

    /** Where an IP packet ends by its own word; by that of the wire, and malformed, if it promises more. */
    private static int end(Layers layers, Layer kind, int at, int length, int wireEnd) {
        if (length <= wireEnd - at) return at + length;
        layers.fail(Verdict.MALFORMED, kind, at);
        return wireEnd;
    }

    /** Extension headers, then the transport. Each takes a layer, so {@link Layers#DEPTH} bounds the loop. */
    static void upper(int first, Packet packet, Layers layers, int from, int end) {
        int at = from;
        int protocol = first;
        layers.ipProtocol = protocol;
        while (layers.fragmentOffset == 0) {
            Layer kind = extension(protocol, layers.ipVersion);
            if (kind == Layer.OTHER) {
                transport(protocol, packet, layers, at, end);
                return;
            }
            int available = available(packet, at, end);
            switch (kind) {
                case IPV6_FRAGMENT -> {
                    if (!enter(kind, Ipv6Fragment.check(packet, at, available), packet, layers, at, end)) return;
                    layers.fragmentOffset = Ipv6Fragment.fragmentOffset(packet, at);
                    layers.moreFragments |= Ipv6Fragment.isMoreFragments(packet, at);
                    protocol = Ipv6Fragment.nextHeader(packet, at);
                    at += Ipv6Fragment.LENGTH;
                }
                case IPV6_ROUTING -> {
                    if (!enter(kind, Ipv6Routing.check(packet, at, available), packet, layers, at, end)) return;
                    protocol = Ipv6Routing.nextHeader(packet, at);
                    at += Ipv6Routing.headerLength(packet, at);
                }
                case AUTHENTICATION_HEADER -> {
                    if (!enter(kind, AuthenticationHeader.check(packet, at, available), packet, layers, at, end))
                        return;
                    protocol = AuthenticationHeader.nextHeader(packet, at);
                    at += AuthenticationHeader.headerLength(packet, at);
                }
                default -> {
                    if (!enter(kind, Ipv6Extension.check(packet, at, available), packet, layers, at, end)) return;
                    protocol = Ipv6Extension.nextHeader(packet, at);
                    at += Ipv6Extension.headerLength(packet, at);
                }
            }
            layers.ipProtocol = protocol;
        }
        other(packet, layers, at, end);
    }

    /** The extension header of that number; {@link Layer#OTHER} if it is none, as all but one are in IPv4. */
    private static Layer extension(int protocol, int ipVersion) {
        if (protocol == IpProtocol.AUTHENTICATION_HEADER) return Layer.AUTHENTICATION_HEADER;
        if (ipVersion == 4) return Layer.OTHER;
        return switch (protocol) {
            case IpProtocol.IPV6_HOP_BY_HOP -> Layer.IPV6_HOP_BY_HOP;
            case IpProtocol.IPV6_ROUTING -> Layer.IPV6_ROUTING;
            case IpProtocol.IPV6_FRAGMENT -> Layer.IPV6_FRAGMENT;
            case IpProtocol.IPV6_DESTINATION_OPTIONS -> Layer.IPV6_DESTINATION_OPTIONS;
            case IpProtocol.MOBILITY -> Layer.MOBILITY;
            case IpProtocol.HOST_IDENTITY -> Layer.HOST_IDENTITY;
            case IpProtocol.SHIM6 -> Layer.SHIM6;
            default -> Layer.OTHER;
        };
    }

    private static void transport(int protocol, Packet packet, Layers layers, int at, int end) {
        int available = available(packet, at, end);
        switch (protocol) {
            case IpProtocol.TCP -> tcp(packet, layers, at, end, available);
            case IpProtocol.UDP -> udp(packet, layers, at, end, available);
            case IpProtocol.SCTP -> sctp(packet, layers, at, end, available);
            case IpProtocol.UDP_LITE -> udpLite(packet, layers, at, end, available);
            case IpProtocol.DCCP -> dccp(packet, layers, at, end, available);
            default -> withoutPorts(protocol, packet, layers, at, end, available);
        }
    }

    private static void tcp(Packet packet, Layers layers, int at, int end, int available) {
        ports(packet, layers, at, available);
        if (enter(Layer.TCP, Tcp.check(packet, at, available), packet, layers, at, end)) {
            payload(IpProtocol.TCP, packet, layers, at + Tcp.headerLength(packet, at), end);
        }
    }

    private static void udp(Packet packet, Layers layers, int at, int end, int available) {
        ports(packet, layers, at, available);
        if (enter(Layer.UDP, Udp.check(packet, at, available), packet, layers, at, end)) {
            int length = Udp.datagramLength(packet, at);
            int datagramEnd = length == 0 ? end : Math.min(end, at + length);
            payload(IpProtocol.UDP, packet, layers, at + Udp.LENGTH, datagramEnd);
        }
    }

    private static void sctp(Packet packet, Layers layers, int at, int end, int available) {
        ports(packet, layers, at, available);
        if (enter(Layer.SCTP, Sctp.check(packet, at, available), packet, layers, at, end)) {
            payload(IpProtocol.SCTP, packet, layers, at + Sctp.LENGTH, end);
        }
    }

    private static void udpLite(Packet packet, Layers layers, int at, int end, int available) {
        ports(packet, layers, at, available);
        if (enter(Layer.UDP_LITE, UdpLite.check(packet, at, available), packet, layers, at, end)) {
            payload(IpProtocol.UDP_LITE, packet, layers, at + UdpLite.LENGTH, end);
        }
    }

    private static void dccp(Packet packet, Layers layers, int at, int end, int available) {
        ports(packet, layers, at, available);
        if (enter(Layer.DCCP, Dccp.check(packet, at, available), packet, layers, at, end)) {
            payload(IpProtocol.DCCP, packet, layers, at + Dccp.headerLength(packet, at), end);
        }
    }

    /** Ports lie at the same place in all these transports, and are worth having even if the rest was cut off. */
    private static void ports(Packet packet, Layers layers, int at, int available) {
        if (available < 4) return;
        int ports = packet.u32(at);
        layers.transportAt = at;
        layers.sourcePort = ports >>> 16;
        layers.destinationPort = ports & 0xffff;
    }

    private static void payload(int transport, Packet packet, Layers layers, int at, int end) {
        layers.transport = transport;
        layers.payloadAt = at;
        layers.payloadLength = end - at;
        layers.payloadCaptured = available(packet, at, end);
    }

    private static void withoutPorts(int protocol, Packet packet, Layers layers, int at, int end, int available) {
        if (layers.ipVersion == 4 && protocol == IpProtocol.ICMP) {
            enter(Layer.ICMP, Icmp.check(packet, at, available), packet, layers, at, end);
        } else if (layers.ipVersion == 6 && protocol == IpProtocol.ICMPV6) {
            enter(Layer.ICMPV6, Icmpv6.check(packet, at, available), packet, layers, at, end);
        } else if (layers.ipVersion == 4 && protocol == IpProtocol.IGMP) {
            enter(Layer.IGMP, Igmp.check(packet, at, available), packet, layers, at, end);
        } else if (protocol == IpProtocol.PIM) {
            enter(Layer.PIM, Pim.check(packet, at, available), packet, layers, at, end);
        } else if (protocol == IpProtocol.ESP) {
            enter(Layer.ESP, Esp.check(packet, at, available), packet, layers, at, end);
        } else if (layers.ipVersion == 4 || protocol != IpProtocol.IPV6_NO_NEXT_HEADER) {
            other(packet, layers, at, end);
        }
    }
}
