package io.pairwire.decode;

import io.pairwire.capture.Packet;
import io.pairwire.decode.wire.EtherType;
import io.pairwire.decode.wire.Ethernet;
import io.pairwire.decode.wire.IpProtocol;
import io.pairwire.decode.wire.Ipv4;
import io.pairwire.decode.wire.Ipv6;
import io.pairwire.decode.wire.Tcp;
import io.pairwire.decode.wire.Udp;
import io.pairwire.decode.wire.Vlan;

/** The fast way through {@link LayerDecoder}, for the shapes that nearly all frames have. */
final class UsualFrame {
    // Nearly all traffic is UDP or TCP in IPv4 without options or fragments, or in IPv6 without extension headers, on
    // Ethernet with no, one or two VLAN tags. There every field has a place that follows from the number of tags: a
    // handful of wide loads and predictable branches find everything. TCP and UDP alternate as they like, so between
    // them masks choose and not a branch: a wrong guess would cost as much as the whole decoding. Tags and versions
    // are asked for by branches: most traffic has one answer, and untagged IPv4 is through after the first of them,
    // with
    // places that are constants for the compiler. Whatever is unusual in the slightest is left to the general way,
    // which
    // alone knows what is wrong with a packet.
    private static final int NETWORK_AT = Ethernet.LENGTH;
    private static final int IPV4_WITHOUT_OPTIONS = EtherType.IPV4 << 8 | 0x45;
    private static final int IPV6 = EtherType.IPV6 << 4 | 6;
    private static final long TCP_OR_UDP = 1L << IpProtocol.TCP | 1L << IpProtocol.UDP;
    private static final int FRAGMENTED = 0x3fff_0000;

    private UsualFrame() {}

    /** All of the layers of an Ethernet frame, or false, and nothing written, for a frame that this is not made for. */
    static boolean decode(Packet packet, Layers layers) {
        int captured = packet.capturedLength();
        if (captured < NETWORK_AT + Ipv4.LENGTH + Tcp.LENGTH) return false;
        long head = packet.u64(NETWORK_AT - 2); // the type and six bytes of what it announces
        if (head >>> 40 == IPV4_WITHOUT_OPTIONS) return ipv4(packet, layers, captured, 0, head);
        if (!isTag(head)) return network(packet, layers, captured, 0, head);
        long second = packet.u64(NETWORK_AT + Vlan.LENGTH - 2);
        if (!isTag(second)) return network(packet, layers, captured, 1, second);
        return network(packet, layers, captured, 2, packet.u64(NETWORK_AT + 2 * Vlan.LENGTH - 2));
    }

    private static boolean network(Packet packet, Layers layers, int captured, int tags, long head) {
        if (head >>> 40 == IPV4_WITHOUT_OPTIONS) return ipv4(packet, layers, captured, tags, head);
        return head >>> 44 == IPV6 && ipv6(packet, layers, captured, tags, head);
    }

    private static boolean isTag(long head) {
        int type = (int) (head >>> 48);
        return type == EtherType.VLAN || type == EtherType.SERVICE_VLAN;
    }

    private static boolean ipv4(Packet packet, Layers layers, int captured, int tags, long head) {
        int at = NETWORK_AT + tags * Vlan.LENGTH;
        int transportAt = at + Ipv4.LENGTH;
        if (captured - transportAt < Tcp.LENGTH) return false;
        int fragmentToProtocol = packet.u32(at + 6);
        if ((fragmentToProtocol & FRAGMENTED) != 0) return false;
        int end = at + ((int) (head >>> 16) & 0xffff);
        long addresses = packet.u64(at + 12); // before anything is written: behind that the view is read anew
        if (!transport(packet, layers, tags, 4, fragmentToProtocol & 0xff, transportAt, end)) return false;
        layers.sourceLow = addresses >>> 32;
        layers.destinationLow = addresses & 0xffff_ffffL;
        return true;
    }

    private static boolean ipv6(Packet packet, Layers layers, int captured, int tags, long head) {
        int at = NETWORK_AT + tags * Vlan.LENGTH;
        int transportAt = at + Ipv6.LENGTH;
        if (captured - transportAt < Tcp.LENGTH) return false;
        int end = transportAt + ((int) head & 0xffff);
        if (!transport(packet, layers, tags, 6, packet.u8(at + 6), transportAt, end)) return false;
        layers.sourceHigh = packet.u64(at + 8);
        layers.sourceLow = packet.u64(at + 16);
        layers.destinationHigh = packet.u64(at + 24);
        layers.destinationLow = packet.u64(at + 32);
        return true;
    }

    /** At least 20 bytes from {@code at} on were captured; the IP header says that the packet ends at {@code end}. */
    private static boolean transport(
            Packet packet, Layers layers, int tags, int version, int protocol, int at, int end) {
        int captured = packet.capturedLength();
        if (end > packet.originalLength() && end > captured) return false;
        if (protocol > 63 || (1L << protocol & TCP_OR_UDP) == 0) return false;
        int udp = -(protocol >>> 4); // all ones for UDP (17), zero for TCP (6)
        long portsAndLength = packet.u64(at);
        int datagramEnd = at + ((int) (portsAndLength >>> 16) & 0xffff);
        int headerLength = choose(udp, Udp.LENGTH, Tcp.headerLength(packet, at));
        int payloadAt = at + headerLength;
        int payloadEnd = choose(udp, datagramEnd, end);
        if (headerLength < choose(udp, Udp.LENGTH, Tcp.LENGTH)) return false;
        if (payloadAt > payloadEnd || payloadEnd > end || payloadAt > captured) return false;

        layers.beginUsual(tags, version, choose(udp, Layer.UDP.ordinal(), Layer.TCP.ordinal()));
        layers.ipProtocol = protocol;
        layers.transport = protocol;
        layers.sourcePort = (int) (portsAndLength >>> 48);
        layers.destinationPort = (int) (portsAndLength >>> 32) & 0xffff;
        layers.payloadAt = payloadAt;
        layers.payloadLength = payloadEnd - payloadAt;
        layers.payloadCaptured = Math.min(payloadEnd, captured) - payloadAt;
        return true;
    }

    private static int choose(int mask, int ifOnes, int ifZero) {
        return ifOnes & mask | ifZero & ~mask;
    }
}
