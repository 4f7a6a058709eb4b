package io.pairwire.decode;

import static io.pairwire.decode.LayerDecoder.available;
import static io.pairwire.decode.LayerDecoder.enter;

import io.pairwire.capture.Packet;
import io.pairwire.decode.wire.Esp;
import io.pairwire.decode.wire.EtherType;
import io.pairwire.decode.wire.Ethernet;
import io.pairwire.decode.wire.Geneve;
import io.pairwire.decode.wire.Gre;
import io.pairwire.decode.wire.Gtp0;
import io.pairwire.decode.wire.GtpU;
import io.pairwire.decode.wire.L2tp;
import io.pairwire.decode.wire.Mpls;
import io.pairwire.decode.wire.Teredo;
import io.pairwire.decode.wire.Verdict;
import io.pairwire.decode.wire.Vxlan;

/**
 * Tunnels over UDP, for {@link DeepDecoder}. A port, of either side, is a guess that the header of the tunnel and the
 * first one inside must bear out; otherwise the datagram stays payload.
 */
final class UdpTunnels {
    static final int L2TP = 1701;
    static final int GTP_U = 2152;
    static final int GTP_0 = 3386;
    static final int TEREDO = 3544;
    static final int ESP = 4500;
    static final int GRE = 4754;
    static final int VXLAN = 4789;
    static final int VXLAN_EXTENDED = 4790;
    static final int GENEVE = 6081;
    static final int MPLS = 6635;
    static final int OLD_VXLAN = 8472;

    private static final int ESP_RESERVED = 255;

    private UdpTunnels() {}

    /** Goes into the datagram of {@code current}; false if it is no tunnel, or ends with its header. */
    static boolean goInto(Layers current, Packet packet, Layers layers, Layers inner, int end) {
        int at = current.payloadAt();
        int destination = current.destinationPort();
        int source = current.sourcePort();
        int before = layers.depth();
        if (isTunnel(destination) && goInto(destination, packet, layers, inner, at, end)) return true;
        boolean untouched = layers.depth() == before && layers.verdict() != Verdict.TOO_DEEP;
        return untouched && isTunnel(source) && goInto(source, packet, layers, inner, at, end);
    }

    private static boolean isTunnel(int port) {
        return switch (port) {
            case L2TP, GTP_U, GTP_0, TEREDO, ESP, GRE, VXLAN, VXLAN_EXTENDED, GENEVE, MPLS, OLD_VXLAN -> true;
            default -> false;
        };
    }

    private static boolean goInto(int port, Packet packet, Layers layers, Layers inner, int at, int end) {
        return switch (port) {
            case VXLAN, OLD_VXLAN -> vxlan(packet, layers, inner, at, end);
            case VXLAN_EXTENDED -> vxlanExtended(packet, layers, inner, at, end);
            case GENEVE -> geneve(packet, layers, inner, at, end);
            case GTP_U -> gtpU(packet, layers, inner, at, end);
            case GTP_0 -> gtp0(packet, layers, inner, at, end);
            case L2TP -> l2tp(packet, layers, inner, at, end);
            case TEREDO -> teredo(packet, layers, inner, at, end);
            case MPLS -> mpls(packet, inner, at, end);
            case GRE -> gre(packet, layers, inner, at, end);
            case ESP -> esp(packet, layers, inner, at, end);
            default -> false;
        };
    }

    private static boolean vxlan(Packet packet, Layers layers, Layers inner, int at, int end) {
        int inside = at + Vxlan.LENGTH;
        if (Vxlan.check(packet, at, available(packet, at, end)) != Verdict.OK) return false;
        if (!isPlausibleFrame(packet, inside, end)) return false;
        if (!enter(Layer.VXLAN, Verdict.OK, packet, layers, at, end)) return false;
        Tunnels.ethernet(packet, inner, inside, end);
        return true;
    }

    private static boolean vxlanExtended(Packet packet, Layers layers, Layers inner, int at, int end) {
        int inside = at + Vxlan.LENGTH;
        if (Vxlan.checkExtended(packet, at, available(packet, at, end)) != Verdict.OK) return false;
        int protocol = Vxlan.protocol(packet, at);
        boolean plausible = switch (protocol) {
            case Vxlan.IPV4, Vxlan.IPV6 -> IpHeaders.isPlausible(packet, inside, end);
            case Vxlan.ETHERNET -> isPlausibleFrame(packet, inside, end);
            default -> false;
        };
        if (!plausible || !enter(Layer.VXLAN, Verdict.OK, packet, layers, at, end)) return false;
        if (protocol == Vxlan.ETHERNET) Tunnels.ethernet(packet, inner, inside, end);
        else Tunnels.byVersion(packet, inner, inside, end);
        return true;
    }

    private static boolean geneve(Packet packet, Layers layers, Layers inner, int at, int end) {
        if (Geneve.check(packet, at, available(packet, at, end)) != Verdict.OK) return false;
        int type = Geneve.type(packet, at);
        int inside = at + Geneve.headerLength(packet, at);
        if (!isPlausible(type, packet, inside, end)) return false;
        if (!enter(Layer.GENEVE, Verdict.OK, packet, layers, at, end)) return false;
        if (type == EtherType.ETHERNET) Tunnels.ethernet(packet, inner, inside, end);
        else Tunnels.byType(type, packet, inner, inside, end);
        return true;
    }

    private static boolean gtpU(Packet packet, Layers layers, Layers inner, int at, int end) {
        if (GtpU.check(packet, at, available(packet, at, end)) != Verdict.OK) return false;
        int length = GtpU.LENGTH + GtpU.length(packet, at);
        if (length > end - at) return false;
        int inside = at + GtpU.headerLength(packet, at);
        boolean user = GtpU.message(packet, at) == GtpU.USER_PACKET;
        return user(Layer.GTP_U, user, packet, layers, inner, at, inside, at + length);
    }

    private static boolean gtp0(Packet packet, Layers layers, Layers inner, int at, int end) {
        if (Gtp0.check(packet, at, available(packet, at, end)) != Verdict.OK) return false;
        int length = Gtp0.LENGTH + Gtp0.length(packet, at);
        if (length > end - at) return false;
        boolean user = Gtp0.message(packet, at) == Gtp0.USER_PACKET;
        return user(Layer.GTP_0, user, packet, layers, inner, at, at + Gtp0.LENGTH, at + length);
    }

    /** A packet of the user, or a message between the ends of the tunnel, of which only the header is named. */
    private static boolean user(
            Layer kind, boolean user, Packet packet, Layers layers, Layers inner, int at, int inside, int end) {
        boolean ip = user && IpHeaders.isPlausible(packet, inside, end);
        if (user && !ip) return false;
        if (!enter(kind, Verdict.OK, packet, layers, at, end)) return false;
        if (ip) Tunnels.byVersion(packet, inner, inside, end);
        else Tunnels.rest(packet, inner, inside, end);
        return true;
    }

    private static boolean l2tp(Packet packet, Layers layers, Layers inner, int at, int end) {
        if (L2tp.check(packet, at, available(packet, at, end)) != Verdict.OK) return false;
        int length = L2tp.length(packet, at);
        if (length > end - at) return false;
        int messageEnd = length == 0 ? end : at + length;
        int inside = at + L2tp.headerLength(packet, at);
        boolean frame = !L2tp.isControl(packet, at) && L2tp.version(packet, at) == 2;
        if (frame && !isPlausiblePpp(packet, inside, messageEnd)) return false;
        if (!enter(Layer.L2TP, Verdict.OK, packet, layers, at, end)) return false;
        if (frame) return Tunnels.ppp(packet, inner, inside, messageEnd);
        Tunnels.rest(packet, inner, inside, messageEnd);
        return true;
    }

    /** Address and control, or a protocol: its last byte alone is odd (RFC 1661 §2). */
    private static boolean isPlausiblePpp(Packet packet, int at, int end) {
        int available = available(packet, at, end);
        if (available < 1) return false;
        int first = packet.u8(at);
        int second = available > 1 ? packet.u8(at + 1) : 3;
        return first == 0xff ? second == 3 : (first & 1) != 0 || (second & 1) != 0;
    }

    private static boolean teredo(Packet packet, Layers layers, Layers inner, int at, int end) {
        int available = available(packet, at, end);
        int inside = at;
        if (Teredo.check(packet, at, available) == Verdict.OK) inside += Teredo.headerLength(packet, at, available);
        if (!IpHeaders.isPlausible(packet, inside, end) || packet.u8(inside) >>> 4 != 6) return false;
        if (inside > at && !enter(Layer.TEREDO, Verdict.OK, packet, layers, at, end)) return false;
        inner.reset();
        IpHeaders.ipv6(packet, inner, inside, end);
        return true;
    }

    private static boolean mpls(Packet packet, Layers inner, int from, int end) {
        int at = from;
        boolean bottom = false;
        for (int i = 0; i < Layers.DEPTH && !bottom; i++) {
            if (Mpls.check(packet, at, available(packet, at, end)) != Verdict.OK) return false;
            bottom = Mpls.isBottom(packet, at);
            at += Mpls.LENGTH;
        }
        if (!bottom || !IpHeaders.isPlausible(packet, at, end)) return false;
        inner.reset();
        LabelStack.decode(packet, inner, from, end);
        return true;
    }

    private static boolean gre(Packet packet, Layers layers, Layers inner, int at, int end) {
        if (Gre.check(packet, at, available(packet, at, end)) != Verdict.OK || Gre.version(packet, at) != 0)
            return false;
        if (!isPlausible(Gre.type(packet, at), packet, at + Gre.headerLength(packet, at), end)) return false;
        return Tunnels.gre(packet, layers, inner, at, end);
    }

    /**
     * RFC 3948: a keepalive is one byte, IKE begins with four bytes of zero, and the rest is ESP, which is padded to a
     * multiple of four bytes and counts from 1.
     */
    private static boolean esp(Packet packet, Layers layers, Layers inner, int at, int end) {
        if (Esp.check(packet, at, available(packet, at, end)) != Verdict.OK) return false;
        if ((end - at) % 4 != 0 || Esp.sequence(packet, at) == 0) return false;
        if (Integer.compareUnsigned(Esp.securityParameters(packet, at), ESP_RESERVED) <= 0) return false; // IKE: 0
        if (!enter(Layer.ESP, Verdict.OK, packet, layers, at, end)) return false;
        inner.reset();
        return true;
    }

    private static boolean isPlausible(int type, Packet packet, int at, int end) {
        return switch (type) {
            case EtherType.IPV4 -> IpHeaders.isPlausible(packet, at, end) && packet.u8(at) >>> 4 == 4;
            case EtherType.IPV6 -> IpHeaders.isPlausible(packet, at, end) && packet.u8(at) >>> 4 == 6;
            case EtherType.ETHERNET -> isPlausibleFrame(packet, at, end);
            default -> false;
        };
    }

    /** An Ethernet frame whose type, if it announces IP, does not lie. */
    private static boolean isPlausibleFrame(Packet packet, int at, int end) {
        if (Ethernet.check(packet, at, available(packet, at, end)) != Verdict.OK) return false;
        int type = Ethernet.type(packet, at);
        return type != EtherType.IPV4 && type != EtherType.IPV6 || isPlausible(type, packet, at + Ethernet.LENGTH, end);
    }
}
