package io.pairwire.decode;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.decode.wire.Arp;
import io.pairwire.decode.wire.EtherType;
import io.pairwire.decode.wire.Ethernet;
import io.pairwire.decode.wire.LinuxCooked;
import io.pairwire.decode.wire.LinuxCooked2;
import io.pairwire.decode.wire.Mpls;
import io.pairwire.decode.wire.NullLoopback;
import io.pairwire.decode.wire.Verdict;
import io.pairwire.decode.wire.Vlan;

/**
 * The decoder for Ethernet, Linux cooked, BSD loopback and raw IP. Stateless: one may serve all threads.
 *
 * <p>A packet ends where its IP header says; what follows is padding. A header that does not fit is
 * {@link Verdict#TRUNCATED} if the capture cut the packet before that end, otherwise {@link Verdict#MALFORMED}. An IP
 * header that promises more than was on the wire is malformed, but the look goes on, so that ports are still found.
 */
public final class LayerDecoder implements PacketDecoder {
    /** A decoder. */
    public LayerDecoder() {}

    @Override
    public Verdict decode(Packet packet, Layers layers) {
        if (packet.linkType() == LinkType.ETHERNET && UsualFrame.decode(packet, layers)) return Verdict.OK;
        return decodeAny(packet, layers);
    }

    /** The general way: any packet, header by header. */
    static Verdict decodeAny(Packet packet, Layers layers) {
        layers.reset();
        int end = Math.max(packet.originalLength(), packet.capturedLength());
        switch (packet.linkType()) {
            case LinkType.ETHERNET -> ethernet(packet, layers, end);
            case LinkType.LINUX_SLL -> linuxCooked(packet, layers, end);
            case LinkType.LINUX_SLL2 -> linuxCooked2(packet, layers, end);
            case LinkType.NULL, LinkType.LOOP -> nullLoopback(packet, layers, end);
            case LinkType.RAW, LinkType.DLT_RAW, LinkType.DLT_RAW_OPENBSD -> ipByVersion(packet, layers, 0, end, false);
            case LinkType.IPV4 -> IpHeaders.ipv4(packet, layers, 0, end);
            case LinkType.IPV6 -> IpHeaders.ipv6(packet, layers, 0, end);
            default -> layers.fail(Verdict.UNSUPPORTED_LINK_TYPE, Layer.OTHER, 0);
        }
        return layers.verdict();
    }

    private static void ethernet(Packet packet, Layers layers, int end) {
        Verdict checked = Ethernet.check(packet, 0, packet.capturedLength());
        if (enter(Layer.ETHERNET, checked, packet, layers, 0, end)) {
            byType(Ethernet.type(packet, 0), packet, layers, Ethernet.LENGTH, end);
        }
    }

    private static void linuxCooked(Packet packet, Layers layers, int end) {
        Verdict checked = LinuxCooked.check(packet, 0, packet.capturedLength());
        if (enter(Layer.LINUX_COOKED, checked, packet, layers, 0, end)) {
            byType(LinuxCooked.protocol(packet, 0), packet, layers, LinuxCooked.LENGTH, end);
        }
    }

    private static void linuxCooked2(Packet packet, Layers layers, int end) {
        Verdict checked = LinuxCooked2.check(packet, 0, packet.capturedLength());
        if (enter(Layer.LINUX_COOKED_2, checked, packet, layers, 0, end)) {
            byType(LinuxCooked2.protocol(packet, 0), packet, layers, LinuxCooked2.LENGTH, end);
        }
    }

    private static void nullLoopback(Packet packet, Layers layers, int end) {
        Verdict checked = NullLoopback.check(packet, 0, packet.capturedLength());
        if (enter(Layer.NULL_LOOPBACK, checked, packet, layers, 0, end)) {
            byType(NullLoopback.etherType(packet, 0), packet, layers, NullLoopback.LENGTH, end);
        }
    }

    private static void byType(int type, Packet packet, Layers layers, int from, int end) {
        int at = from;
        int inner = type;
        while (EtherType.isVlan(inner)) {
            if (!enter(Layer.VLAN, Vlan.check(packet, at, available(packet, at, end)), packet, layers, at, end)) return;
            inner = Vlan.type(packet, at);
            at += Vlan.LENGTH;
        }
        switch (inner) {
            case EtherType.IPV4 -> IpHeaders.ipv4(packet, layers, at, end);
            case EtherType.IPV6 -> IpHeaders.ipv6(packet, layers, at, end);
            case EtherType.ARP ->
                enter(Layer.ARP, Arp.check(packet, at, available(packet, at, end)), packet, layers, at, end);
            case EtherType.MPLS, EtherType.MPLS_UPSTREAM -> mpls(packet, layers, at, end);
            default -> other(packet, layers, at, end);
        }
    }

    private static void mpls(Packet packet, Layers layers, int from, int end) {
        int at = from;
        boolean bottom = false;
        while (!bottom) {
            if (!enter(Layer.MPLS, Mpls.check(packet, at, available(packet, at, end)), packet, layers, at, end)) return;
            bottom = Mpls.isBottom(packet, at);
            at += Mpls.LENGTH;
        }
        ipByVersion(packet, layers, at, end, true);
    }

    /** IP by the version in its first four bits; something else may be there, or not. */
    private static void ipByVersion(Packet packet, Layers layers, int at, int end, boolean maybeOther) {
        if (available(packet, at, end) < 1) {
            enter(Layer.OTHER, Verdict.TRUNCATED, packet, layers, at, end);
            return;
        }
        int version = packet.u8(at) >>> 4;
        if (version == 4) IpHeaders.ipv4(packet, layers, at, end);
        else if (version == 6) IpHeaders.ipv6(packet, layers, at, end);
        else if (maybeOther) other(packet, layers, at, end);
        else layers.fail(Verdict.MALFORMED, Layer.OTHER, at);
    }

    /** Bytes of the packet that may be read from {@code at} on; negative if it ends before. */
    static int available(Packet packet, int at, int end) {
        return Math.min(packet.capturedLength(), end) - at;
    }

    /** Notes a header that was checked; if it is none, why, and false. */
    static boolean enter(Layer kind, Verdict checked, Packet packet, Layers layers, int at, int end) {
        if (checked == Verdict.OK) {
            if (layers.add(kind, at)) return true;
            layers.fail(Verdict.TOO_DEEP, kind, at);
            return false;
        }
        boolean complete = packet.capturedLength() >= end; // then it was the sender who left something out
        layers.fail(checked == Verdict.TRUNCATED && complete ? Verdict.MALFORMED : checked, kind, at);
        return false;
    }

    /** Ends with bytes of a protocol we name no further, if there are any. */
    static void other(Packet packet, Layers layers, int at, int end) {
        if (available(packet, at, end) > 0) enter(Layer.OTHER, Verdict.OK, packet, layers, at, end);
    }
}
