package io.pairwire.decode;

import static io.pairwire.decode.LayerDecoder.available;
import static io.pairwire.decode.LayerDecoder.enter;
import static io.pairwire.decode.LayerDecoder.other;

import io.pairwire.capture.Packet;
import io.pairwire.decode.wire.Erspan;
import io.pairwire.decode.wire.EtherIp;
import io.pairwire.decode.wire.EtherType;
import io.pairwire.decode.wire.Gre;
import io.pairwire.decode.wire.IpProtocol;
import io.pairwire.decode.wire.L2tp3;
import io.pairwire.decode.wire.Pim;
import io.pairwire.decode.wire.Verdict;

/**
 * Tunnels that an IP protocol number announces, for {@link DeepDecoder}. The headers of a tunnel are added to the layers
 * of the packet, what it carries is decoded into layers of its own.
 */
final class Tunnels {
    private Tunnels() {}

    /** Goes into what follows an IP header at {@code at}; false if it is no tunnel, or ends with its header. */
    static boolean goInto(int protocol, Packet packet, Layers layers, Layers inner, int at, int end) {
        switch (protocol) {
            case IpProtocol.IPV4, IpProtocol.IPV6, IpProtocol.OLD_IP_IN_IP ->
                ip(protocol, packet, layers, inner, at, end);
            case IpProtocol.GRE -> {
                layers.leave();
                return gre(packet, layers, inner, at, end);
            }
            case IpProtocol.ETHER_IP -> {
                layers.leave();
                Verdict checked = EtherIp.check(packet, at, available(packet, at, end));
                if (!enter(Layer.ETHER_IP, checked, packet, layers, at, end)) return false;
                ethernet(packet, inner, at + EtherIp.LENGTH, end);
            }
            case IpProtocol.L2TP -> {
                layers.leave();
                Verdict checked = L2tp3.check(packet, at, available(packet, at, end));
                if (!enter(Layer.L2TP_3, checked, packet, layers, at, end)) return false;
                rest(packet, inner, at + L2tp3.LENGTH, end);
            }
            case IpProtocol.MPLS -> {
                layers.leave();
                inner.reset();
                LabelStack.decode(packet, inner, at, end);
            }
            case IpProtocol.ETHERNET -> {
                layers.leave();
                ethernet(packet, inner, at, end);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private static void ip(int protocol, Packet packet, Layers layers, Layers inner, int at, int end) {
        layers.leave();
        inner.reset();
        switch (protocol) {
            case IpProtocol.IPV4 -> IpHeaders.ipv4(packet, inner, at, end);
            case IpProtocol.IPV6 -> IpHeaders.ipv6(packet, inner, at, end);
            default -> LinkPayload.ipByVersion(packet, inner, at, end, true);
        }
    }

    /** The packet that a PIM register carries; false if the header is not of one that carries any. */
    static boolean register(Packet packet, Layers inner, int at, int end) {
        if (!Pim.isRegister(packet, at)) return false;
        byVersion(packet, inner, at + Pim.REGISTER_LENGTH, end);
        return true;
    }

    /** GRE of both versions, and what its type says. */
    static boolean gre(Packet packet, Layers layers, Layers inner, int at, int end) {
        if (!enter(Layer.GRE, Gre.check(packet, at, available(packet, at, end)), packet, layers, at, end)) return false;
        int inside = at + Gre.headerLength(packet, at);
        switch (Gre.type(packet, at)) {
            case EtherType.ETHERNET -> ethernet(packet, inner, inside, end);
            case EtherType.ERSPAN -> {
                if (!Gre.hasSequence(packet, at)) ethernet(packet, inner, inside, end); // type I has no header
                else return erspan(packet, layers, inner, inside, end);
            }
            case EtherType.ERSPAN_3 -> {
                return erspan(packet, layers, inner, inside, end);
            }
            case EtherType.PPP_IN_GRE -> {
                boolean framed = Gre.version(packet, at) == 1;
                int length = Gre.payloadLength(packet, at);
                int pppEnd = framed && length < end - inside ? inside + length : end;
                return available(packet, inside, pppEnd) > 0 && ppp(packet, inner, inside, pppEnd);
            }
            default -> byType(Gre.type(packet, at), packet, inner, inside, end);
        }
        return true;
    }

    private static boolean erspan(Packet packet, Layers layers, Layers inner, int at, int end) {
        Verdict checked = Erspan.check(packet, at, available(packet, at, end));
        if (!enter(Layer.ERSPAN, checked, packet, layers, at, end)) return false;
        int inside = at + Erspan.headerLength(packet, at);
        switch (Erspan.frameType(packet, at)) {
            case 0 -> ethernet(packet, inner, inside, end);
            case 2 -> byVersion(packet, inner, inside, end);
            default -> rest(packet, inner, inside, end);
        }
        return true;
    }

    /** A PPP frame, with or without address and control, its protocol in one byte or two. */
    static boolean ppp(Packet packet, Layers inner, int at, int end) {
        inner.reset();
        LinkPayload.ppp(packet, inner, at, end);
        return true;
    }

    /** An Ethernet frame, without the sum at its end. */
    static void ethernet(Packet packet, Layers inner, int at, int end) {
        inner.reset();
        LinkPayload.ethernet(packet, inner, at, end);
    }

    /** What an EtherType says; a number that is none is not taken for a length here. */
    static void byType(int type, Packet packet, Layers inner, int at, int end) {
        if (type < EtherType.SMALLEST) {
            rest(packet, inner, at, end);
            return;
        }
        inner.reset();
        LinkPayload.byType(type, packet, inner, at, end);
    }

    static void byVersion(Packet packet, Layers inner, int at, int end) {
        inner.reset();
        LinkPayload.ipByVersion(packet, inner, at, end, true);
    }

    /** Bytes whose form we do not know, if there are any. */
    static void rest(Packet packet, Layers inner, int at, int end) {
        inner.reset();
        other(packet, inner, at, end);
    }
}
