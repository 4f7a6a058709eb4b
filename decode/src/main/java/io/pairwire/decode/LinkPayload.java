package io.pairwire.decode;

import static io.pairwire.decode.LayerDecoder.available;
import static io.pairwire.decode.LayerDecoder.enter;
import static io.pairwire.decode.LayerDecoder.other;

import io.pairwire.capture.Packet;
import io.pairwire.decode.wire.Arp;
import io.pairwire.decode.wire.EtherType;
import io.pairwire.decode.wire.Ethernet;
import io.pairwire.decode.wire.Llc;
import io.pairwire.decode.wire.MacSec;
import io.pairwire.decode.wire.Nlpid;
import io.pairwire.decode.wire.Ppp;
import io.pairwire.decode.wire.Pppoe;
import io.pairwire.decode.wire.ServiceInstance;
import io.pairwire.decode.wire.Snap;
import io.pairwire.decode.wire.Verdict;
import io.pairwire.decode.wire.Vlan;
import io.pairwire.decode.wire.VnTag;

/**
 * What lies between a link header and IP, by the number that announces it: an EtherType or a length, LLC and SNAP, PPP.
 * Whatever calls itself here has entered a layer before, so {@link Layers#DEPTH} bounds every recursion.
 */
final class LinkPayload {
    private static final int LONGEST_802_3 = 1500;
    private static final int NOVELL_RAW = 0xffff;
    private static final int BRIDGED_ETHERNET_WITH_CHECK = 1;
    private static final int BRIDGED_ETHERNET = 7;
    private static final int MACSEC_CHECK = 16; // bytes at the end of the frame

    private LinkPayload() {}

    /** As in the last field of Ethernet's header: from 0x0600 on a type, below a length. */
    static void byTypeOrLength(int typeOrLength, Packet packet, Layers layers, int at, int end) {
        if (typeOrLength <= LONGEST_802_3) byLength(typeOrLength, packet, layers, at, end);
        else byType(typeOrLength, packet, layers, at, end);
    }

    private static void byLength(int length, Packet packet, Layers layers, int at, int wireEnd) {
        if (length > wireEnd - at) layers.fail(Verdict.MALFORMED, Layer.LLC, at);
        int end = Math.min(length, wireEnd - at) + at;
        if (end <= at) return;
        boolean novell = available(packet, at, end) >= 2 && packet.u16(at) == NOVELL_RAW;
        if (novell) other(packet, layers, at, end);
        else llc(packet, layers, at, end);
    }

    /** By an EtherType; what has none we know is {@link Layer#OTHER}. */
    static void byType(int type, Packet packet, Layers layers, int at, int end) {
        switch (type) {
            case EtherType.IPV4 -> IpHeaders.ipv4(packet, layers, at, end);
            case EtherType.IPV6 -> IpHeaders.ipv6(packet, layers, at, end);
            case EtherType.ARP ->
                enter(Layer.ARP, Arp.check(packet, at, available(packet, at, end)), packet, layers, at, end);
            case EtherType.RARP ->
                enter(Layer.RARP, Arp.check(packet, at, available(packet, at, end)), packet, layers, at, end);
            case EtherType.MPLS, EtherType.MPLS_UPSTREAM -> LabelStack.decode(packet, layers, at, end);
            case EtherType.PPPOE_DISCOVERY -> pppoe(packet, layers, at, end, false);
            case EtherType.PPPOE_SESSION -> pppoe(packet, layers, at, end, true);
            case EtherType.ETHERNET -> ethernet(packet, layers, at, end);
            case EtherType.MACSEC -> macSec(packet, layers, at, end);
            case EtherType.SERVICE_INSTANCE -> serviceInstance(packet, layers, at, end);
            case EtherType.VN_TAG -> vnTag(packet, layers, at, end);
            default -> {
                if (EtherType.isVlan(type)) vlan(packet, layers, at, end);
                else other(packet, layers, at, end);
            }
        }
    }

    static void ethernet(Packet packet, Layers layers, int at, int end) {
        Verdict checked = Ethernet.check(packet, at, available(packet, at, end));
        if (!enter(Layer.ETHERNET, checked, packet, layers, at, end)) return;
        byTypeOrLength(Ethernet.type(packet, at), packet, layers, at + Ethernet.LENGTH, end);
    }

    static void vlan(Packet packet, Layers layers, int at, int end) {
        if (!enter(Layer.VLAN, Vlan.check(packet, at, available(packet, at, end)), packet, layers, at, end)) return;
        byTypeOrLength(Vlan.type(packet, at), packet, layers, at + Vlan.LENGTH, end);
    }

    private static void vnTag(Packet packet, Layers layers, int at, int end) {
        if (!enter(Layer.VN_TAG, VnTag.check(packet, at, available(packet, at, end)), packet, layers, at, end)) return;
        byTypeOrLength(VnTag.type(packet, at), packet, layers, at + VnTag.LENGTH, end);
    }

    static void serviceInstance(Packet packet, Layers layers, int at, int end) {
        Verdict checked = ServiceInstance.check(packet, at, available(packet, at, end));
        if (!enter(Layer.SERVICE_INSTANCE, checked, packet, layers, at, end)) return;
        ethernet(packet, layers, at + ServiceInstance.LENGTH, end);
    }

    private static void macSec(Packet packet, Layers layers, int at, int end) {
        Verdict checked = MacSec.check(packet, at, available(packet, at, end));
        if (!enter(Layer.MACSEC, checked, packet, layers, at, end)) return;
        int typeAt = at + MacSec.headerLength(packet, at);
        int protectedEnd = Math.max(typeAt, end - MACSEC_CHECK);
        if (!MacSec.isReadable(packet, at)) other(packet, layers, typeAt, end);
        else if (available(packet, typeAt, protectedEnd) < 2) {
            enter(Layer.OTHER, Verdict.TRUNCATED, packet, layers, typeAt, protectedEnd);
        } else byTypeOrLength(packet.u16(typeAt), packet, layers, typeAt + 2, protectedEnd);
    }

    /** Logical link control on anything but ATM. */
    static void llc(Packet packet, Layers layers, int at, int end) {
        llc(packet, layers, at, end, 0);
    }

    /** Logical link control; bridged frames begin behind {@code padding} bytes. */
    static void llc(Packet packet, Layers layers, int at, int end, int padding) {
        if (!enter(Layer.LLC, Llc.check(packet, at, available(packet, at, end)), packet, layers, at, end)) return;
        int behind = at + Llc.headerLength(packet, at);
        if (Llc.isSnap(packet, at)) snap(packet, layers, behind, end, padding);
        else if (Llc.isIp(packet, at)) IpHeaders.ipv4(packet, layers, behind, end);
        else if (Llc.isIso(packet, at)) iso(packet, layers, behind, end);
        else other(packet, layers, behind, end);
    }

    /** A protocol that its own first byte names; of these only PPP can lead to IP. */
    private static void iso(Packet packet, Layers layers, int at, int end) {
        int available = available(packet, at, end);
        if (available < 1 && at < end) enter(Layer.OTHER, Verdict.TRUNCATED, packet, layers, at, end);
        else if (available > 0 && packet.u8(at) == Nlpid.PPP) ppp(packet, layers, at + 1, end);
        else other(packet, layers, at, end);
    }

    private static void snap(Packet packet, Layers layers, int at, int end, int padding) {
        if (!enter(Layer.SNAP, Snap.check(packet, at, available(packet, at, end)), packet, layers, at, end)) return;
        int behind = at + Snap.LENGTH;
        int type = Snap.type(packet, at);
        boolean bridged = Snap.organization(packet, at) == Snap.BRIDGED;
        if (Snap.isEtherType(packet, at)) byType(type, packet, layers, behind, end);
        else if (bridged && (type == BRIDGED_ETHERNET || type == BRIDGED_ETHERNET_WITH_CHECK)) {
            ethernet(packet, layers, behind + padding, end);
        } else other(packet, layers, behind, end);
    }

    /** By a network layer protocol identifier, which stands before {@code at}. */
    static void byNlpid(int nlpid, Packet packet, Layers layers, int at, int end) {
        switch (nlpid) {
            case Nlpid.IPV4 -> IpHeaders.ipv4(packet, layers, at, end);
            case Nlpid.IPV6 -> IpHeaders.ipv6(packet, layers, at, end);
            case Nlpid.SNAP -> snap(packet, layers, at, end, 0);
            case Nlpid.PPP -> ppp(packet, layers, at, end);
            default -> other(packet, layers, at, end);
        }
    }

    static void pppoe(Packet packet, Layers layers, int at, int wireEnd, boolean session) {
        Verdict checked = Pppoe.check(packet, at, available(packet, at, wireEnd));
        if (!enter(Layer.PPPOE, checked, packet, layers, at, wireEnd)) return;
        int behind = at + Pppoe.LENGTH;
        int length = Pppoe.payloadLength(packet, at);
        if (length > wireEnd - behind) layers.fail(Verdict.MALFORMED, Layer.PPPOE, at);
        int end = Math.min(length, wireEnd - behind) + behind;
        if (session && Pppoe.code(packet, at) == Pppoe.SESSION && end > behind) ppp(packet, layers, behind, end);
        else other(packet, layers, behind, end);
    }

    static void ppp(Packet packet, Layers layers, int at, int end) {
        if (!enter(Layer.PPP, Ppp.check(packet, at, available(packet, at, end)), packet, layers, at, end)) return;
        int behind = at + Ppp.headerLength(packet, at);
        switch (Ppp.protocol(packet, at)) {
            case Ppp.IPV4 -> IpHeaders.ipv4(packet, layers, behind, end);
            case Ppp.IPV6 -> IpHeaders.ipv6(packet, layers, behind, end);
            case Ppp.MPLS, Ppp.MPLS_MULTICAST -> LabelStack.decode(packet, layers, behind, end);
            default -> other(packet, layers, behind, end);
        }
    }

    /** IP by the version in its first four bits; something else may be there, or not. */
    static void ipByVersion(Packet packet, Layers layers, int at, int end, boolean maybeOther) {
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
}
