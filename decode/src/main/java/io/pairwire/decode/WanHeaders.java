package io.pairwire.decode;

import static io.pairwire.decode.LayerDecoder.available;
import static io.pairwire.decode.LayerDecoder.enter;
import static io.pairwire.decode.LayerDecoder.other;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.decode.wire.Arcnet;
import io.pairwire.decode.wire.CiscoHdlc;
import io.pairwire.decode.wire.Erf;
import io.pairwire.decode.wire.EtherType;
import io.pairwire.decode.wire.FrameRelay;
import io.pairwire.decode.wire.Juniper;
import io.pairwire.decode.wire.Slip;
import io.pairwire.decode.wire.SunAtm;
import io.pairwire.decode.wire.Verdict;

/** Links of wide area networks, serial and ATM, and the cards and routers that capture on them. */
final class WanHeaders {
    private static final int SNAP = 0xaa; // service points, and no version of IP
    private static final int ISO = 0xfe;
    private static final int LAN_EMULATION_HEADER = 2;
    private static final int ATM_BRIDGE_PADDING = 2; // RFC 2684 §5.2
    private static final int ERF_ETHERNET_PADDING = 2;
    private static final int JUNIPER_PROTOCOL = 4;

    private WanHeaders() {}

    /** PPP or Cisco HDLC, which are told apart by their first byte: no PPP packet begins with one of Cisco's addresses. */
    static void hdlc(Packet packet, Layers layers, int at, int end) {
        int first = available(packet, at, end) < 1 ? 0 : packet.u8(at);
        if (first != CiscoHdlc.UNICAST && first != CiscoHdlc.BROADCAST) {
            LinkPayload.ppp(packet, layers, at, end);
            return;
        }
        Verdict checked = CiscoHdlc.check(packet, at, available(packet, at, end));
        if (!enter(Layer.CISCO_HDLC, checked, packet, layers, at, end)) return;
        int type = CiscoHdlc.type(packet, at);
        if (type == CiscoHdlc.SLARP) other(packet, layers, at + CiscoHdlc.LENGTH, end);
        else LinkPayload.byType(type, packet, layers, at + CiscoHdlc.LENGTH, end);
    }

    /** PPP of Linux, which may have the direction in place of the address. */
    static void pppd(Packet packet, Layers layers, int at, int end) {
        boolean direction = available(packet, at, end) >= 2 && packet.u8(at) <= 1 && packet.u8(at + 1) == 0x03;
        LinkPayload.ppp(packet, layers, direction ? at + 2 : at, end);
    }

    static void frameRelay(Packet packet, Layers layers, int at, int end) {
        Verdict checked = FrameRelay.check(packet, at, available(packet, at, end));
        if (!enter(Layer.FRAME_RELAY, checked, packet, layers, at, end)) return;
        int behind = at + FrameRelay.headerLength(packet, at);
        int protocol = FrameRelay.protocol(packet, at);
        if (FrameRelay.isCisco(packet, at)) LinkPayload.byType(protocol, packet, layers, behind, end);
        else LinkPayload.byNlpid(protocol, packet, layers, behind, end);
    }

    /** What AAL5 carries (RFC 2684): LLC if it begins so, otherwise one protocol for the whole circuit. */
    static void llcOrIp(Packet packet, Layers layers, int at, int end) {
        int first = available(packet, at, end) < 1 ? 0 : packet.u8(at);
        if (first == SNAP || first == ISO) LinkPayload.llc(packet, layers, at, end, ATM_BRIDGE_PADDING);
        else LinkPayload.ipByVersion(packet, layers, at, end, true);
    }

    static void sunAtm(Packet packet, Layers layers, int at, int end) {
        if (!enter(Layer.SUNATM, SunAtm.check(packet, at, available(packet, at, end)), packet, layers, at, end)) return;
        int behind = at + SunAtm.LENGTH;
        switch (SunAtm.type(packet, at)) {
            case SunAtm.LLC -> LinkPayload.llc(packet, layers, behind, end, ATM_BRIDGE_PADDING);
            case SunAtm.LAN_EMULATION -> LinkPayload.ethernet(packet, layers, behind + LAN_EMULATION_HEADER, end);
            default -> other(packet, layers, behind, end);
        }
    }

    static void erf(Packet packet, Layers layers, int at, int end) {
        if (!enter(Layer.ERF, Erf.check(packet, at, available(packet, at, end)), packet, layers, at, end)) return;
        int behind = at + Erf.headerLength(packet, at);
        switch (Erf.type(packet, at)) {
            case 2, 11, 16, 21 -> LinkPayload.ethernet(packet, layers, behind + ERF_ETHERNET_PADDING, end);
            case 1, 10, 15, 20 -> hdlc(packet, layers, behind, end);
            case 22 -> IpHeaders.ipv4(packet, layers, behind, end);
            case 23 -> IpHeaders.ipv6(packet, layers, behind, end);
            default -> other(packet, layers, behind, end);
        }
    }

    static void juniper(int linkType, Packet packet, Layers layers, int at, int end) {
        Verdict checked = Juniper.check(packet, at, available(packet, at, end));
        if (!enter(Layer.JUNIPER, checked, packet, layers, at, end)) return;
        int behind = at + Juniper.headerLength(packet, at);
        if (Juniper.isWithoutLinkHeader(packet, at)) {
            LinkPayload.ipByVersion(packet, layers, behind + JUNIPER_PROTOCOL, end, true);
            return;
        }
        switch (linkType) {
            case LinkType.JUNIPER_ETHER -> LinkPayload.ethernet(packet, layers, behind, end);
            case LinkType.JUNIPER_FRELAY -> frameRelay(packet, layers, behind, end);
            case LinkType.JUNIPER_ATM1 -> llcOrIp(packet, layers, behind + 4, end); // the cookie
            case LinkType.JUNIPER_ATM2 -> llcOrIp(packet, layers, behind + 8, end);
            default -> hdlc(packet, layers, behind, end);
        }
    }

    static void slip(Packet packet, Layers layers, int at, int end) {
        if (!enter(Layer.SLIP, Slip.check(packet, at, available(packet, at, end)), packet, layers, at, end)) return;
        if (Slip.isCompressed(packet, at)) other(packet, layers, at + Slip.LENGTH, end);
        else LinkPayload.ipByVersion(packet, layers, at + Slip.LENGTH, end, true);
    }

    static void arcnet(Packet packet, Layers layers, int at, int end, boolean linux) {
        Verdict checked = Arcnet.check(packet, at, available(packet, at, end), linux);
        if (!enter(Layer.ARCNET, checked, packet, layers, at, end)) return;
        int behind = at + Arcnet.headerLength(packet, at, linux);
        int type = switch (Arcnet.type(packet, at, linux)) {
            case Arcnet.IPV4, Arcnet.SIMPLE_IPV4 -> EtherType.IPV4;
            case Arcnet.IPV6 -> EtherType.IPV6;
            case Arcnet.ARP, Arcnet.SIMPLE_ARP -> EtherType.ARP;
            default -> 0;
        };
        if (Arcnet.isLaterFragment(packet, at, linux)) other(packet, layers, behind, end);
        else LinkPayload.byType(type, packet, layers, behind, end);
    }
}
