package io.pairwire.decode;

import static io.pairwire.decode.LayerDecoder.available;
import static io.pairwire.decode.LayerDecoder.enter;
import static io.pairwire.decode.LayerDecoder.other;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.decode.wire.Can;
import io.pairwire.decode.wire.Docsis;
import io.pairwire.decode.wire.DsaTag;
import io.pairwire.decode.wire.Fddi;
import io.pairwire.decode.wire.FibreChannel;
import io.pairwire.decode.wire.FireWire;
import io.pairwire.decode.wire.Ipoib;
import io.pairwire.decode.wire.TokenRing;
import io.pairwire.decode.wire.Verdict;

/** The first header of a packet, by its link type, for {@link LayerDecoder}. */
final class LinkHeaders {
    private static final int PREAMBLE = 8;
    private static final int NETANALYZER_HEADER = 4;
    private static final int CHECK_802_15_4 = 2;

    private LinkHeaders() {}

    /** A frame of that link type at {@code at}, the start of the packet or behind a header that names the link type. */
    static void decode(int linkType, Packet packet, Layers layers, int at, int end) {
        switch (linkType) {
            case LinkType.ETHERNET -> LinkPayload.ethernet(packet, layers, at, end);
            case LinkType.LINUX_SLL -> CaptureHeaders.linuxCooked(packet, layers, at, end);
            case LinkType.LINUX_SLL2 -> CaptureHeaders.linuxCooked2(packet, layers, at, end);
            case LinkType.NETLINK -> CaptureHeaders.netlink(packet, layers, at, end);
            case LinkType.NULL, LinkType.LOOP -> CaptureHeaders.nullLoopback(packet, layers, at, end);
            case LinkType.RAW, LinkType.DLT_RAW, LinkType.DLT_RAW_OPENBSD ->
                LinkPayload.ipByVersion(packet, layers, at, end, false);
            case LinkType.IPV4 -> IpHeaders.ipv4(packet, layers, at, end);
            case LinkType.IPV6 -> IpHeaders.ipv6(packet, layers, at, end);
            case LinkType.IEEE802_11 -> WlanHeaders.frame(packet, layers, at, end, false);
            case LinkType.IEEE802_11_RADIOTAP -> WlanHeaders.radiotap(packet, layers, at, end);
            case LinkType.IEEE802_11_PRISM -> WlanHeaders.prism(packet, layers, at, end);
            case LinkType.IEEE802_11_AVS -> WlanHeaders.avs(packet, layers, at, end);
            case LinkType.PPI -> CaptureHeaders.ppi(packet, layers, at, end);
            case LinkType.PKTAP -> CaptureHeaders.pktap(packet, layers, at, end);
            case LinkType.USER2 -> CaptureHeaders.user2(packet, layers, at, end);
            case LinkType.PFLOG -> CaptureHeaders.pflog(packet, layers, at, end);
            case LinkType.ENC -> CaptureHeaders.enc(packet, layers, at, end);
            case LinkType.NFLOG -> CaptureHeaders.nflog(packet, layers, at, end);
            case LinkType.IPNET -> CaptureHeaders.ipnet(packet, layers, at, end);
            case LinkType.PPP, LinkType.PPP_HDLC -> WanHeaders.hdlc(packet, layers, at, end);
            case LinkType.PPP_WITH_DIR -> WanHeaders.hdlc(packet, layers, at + 1, end);
            case LinkType.PPP_PPPD -> WanHeaders.pppd(packet, layers, at, end);
            case LinkType.PPP_ETHER -> LinkPayload.pppoe(packet, layers, at, end, true);
            case LinkType.C_HDLC -> WanHeaders.hdlc(packet, layers, at, end);
            case LinkType.C_HDLC_WITH_DIR -> WanHeaders.hdlc(packet, layers, at + 1, end);
            case LinkType.FRELAY -> WanHeaders.frameRelay(packet, layers, at, end);
            case LinkType.FRELAY_WITH_DIR -> WanHeaders.frameRelay(packet, layers, at + 1, end);
            case LinkType.ATM_RFC1483, LinkType.ATM_CLIP -> WanHeaders.llcOrIp(packet, layers, at, end);
            case LinkType.SUNATM -> WanHeaders.sunAtm(packet, layers, at, end);
            case LinkType.ERF -> WanHeaders.erf(packet, layers, at, end);
            case LinkType.JUNIPER_ETHER,
                    LinkType.JUNIPER_PPP,
                    LinkType.JUNIPER_FRELAY,
                    LinkType.JUNIPER_CHDLC,
                    LinkType.JUNIPER_ATM1,
                    LinkType.JUNIPER_ATM2 -> WanHeaders.juniper(linkType, packet, layers, at, end);
            case LinkType.SLIP -> WanHeaders.slip(packet, layers, at, end);
            case LinkType.ARCNET_BSD -> WanHeaders.arcnet(packet, layers, at, end, false);
            case LinkType.ARCNET_LINUX -> WanHeaders.arcnet(packet, layers, at, end, true);
            default -> rarer(linkType, packet, layers, at, end);
        }
    }

    private static void rarer(int linkType, Packet packet, Layers layers, int at, int end) {
        switch (linkType) {
            case LinkType.FDDI -> fddi(packet, layers, at, end);
            case LinkType.IEEE802_5 -> tokenRing(packet, layers, at, end);
            case LinkType.IP_OVER_FC -> fibreChannel(packet, layers, at, end);
            case LinkType.APPLE_IP_OVER_IEEE1394 -> fireWire(packet, layers, at, end);
            case LinkType.IPOIB -> ipoib(packet, layers, at, end);
            case LinkType.DOCSIS -> docsis(packet, layers, at, end);
            case LinkType.ETHERNET_MPACKET, LinkType.EPON -> LinkPayload.ethernet(packet, layers, at + PREAMBLE, end);
            case LinkType.NETANALYZER -> LinkPayload.ethernet(packet, layers, at + NETANALYZER_HEADER, end);
            case LinkType.NETANALYZER_TRANSPARENT ->
                LinkPayload.ethernet(packet, layers, at + NETANALYZER_HEADER + PREAMBLE, end);
            case LinkType.DSA_TAG_BRCM, LinkType.DSA_TAG_DSA -> dsa(packet, layers, at, end, 0);
            case LinkType.DSA_TAG_EDSA -> dsa(packet, layers, at, end, DsaTag.LONGER);
            case LinkType.DSA_TAG_BRCM_PREPEND -> LinkPayload.ethernet(packet, layers, at + 4, end);
            case LinkType.IEEE802_15_4_NOFCS -> WlanHeaders.ieee802154(packet, layers, at, end);
            case LinkType.IEEE802_15_4_WITHFCS ->
                WlanHeaders.ieee802154(packet, layers, at, Math.max(at, end - CHECK_802_15_4));
            case LinkType.IEEE802_15_4_TAP -> WlanHeaders.ieee802154Tap(packet, layers, at, end);
            case LinkType.CAN_SOCKETCAN -> can(packet, layers, at, end);
            default -> layers.fail(Verdict.UNSUPPORTED_LINK_TYPE, Layer.OTHER, at);
        }
    }

    private static void fddi(Packet packet, Layers layers, int at, int end) {
        if (!enter(Layer.FDDI, Fddi.check(packet, at, available(packet, at, end)), packet, layers, at, end)) return;
        if (Fddi.isLlc(packet, at)) LinkPayload.llc(packet, layers, at + Fddi.LENGTH, end);
        else other(packet, layers, at + Fddi.LENGTH, end);
    }

    private static void tokenRing(Packet packet, Layers layers, int at, int end) {
        Verdict checked = TokenRing.check(packet, at, available(packet, at, end));
        if (!enter(Layer.TOKEN_RING, checked, packet, layers, at, end)) return;
        int behind = at + TokenRing.headerLength(packet, at);
        if (TokenRing.isLlc(packet, at)) LinkPayload.llc(packet, layers, behind, end);
        else other(packet, layers, behind, end);
    }

    private static void fibreChannel(Packet packet, Layers layers, int at, int end) {
        Verdict checked = FibreChannel.check(packet, at, available(packet, at, end));
        if (!enter(Layer.FIBRE_CHANNEL, checked, packet, layers, at, end)) return;
        LinkPayload.llc(packet, layers, at + FibreChannel.LENGTH, end);
    }

    private static void fireWire(Packet packet, Layers layers, int at, int end) {
        Verdict checked = FireWire.check(packet, at, available(packet, at, end));
        if (!enter(Layer.FIREWIRE, checked, packet, layers, at, end)) return;
        LinkPayload.byType(FireWire.type(packet, at), packet, layers, at + FireWire.LENGTH, end);
    }

    private static void ipoib(Packet packet, Layers layers, int at, int end) {
        if (!enter(Layer.IPOIB, Ipoib.check(packet, at, available(packet, at, end)), packet, layers, at, end)) return;
        LinkPayload.byType(Ipoib.type(packet, at), packet, layers, at + Ipoib.LENGTH, end);
    }

    private static void docsis(Packet packet, Layers layers, int at, int end) {
        if (!enter(Layer.DOCSIS, Docsis.check(packet, at, available(packet, at, end)), packet, layers, at, end)) return;
        int behind = at + Docsis.headerLength(packet, at);
        if (Docsis.isEthernet(packet, at) && behind < end) LinkPayload.ethernet(packet, layers, behind, end);
        else other(packet, layers, behind, end);
    }

    private static void dsa(Packet packet, Layers layers, int at, int end, int longer) {
        Verdict checked = DsaTag.check(packet, at, available(packet, at, end) - longer);
        if (!enter(Layer.DSA, checked, packet, layers, at, end)) return;
        int behind = at + DsaTag.LENGTH + longer;
        LinkPayload.byTypeOrLength(packet.u16(behind - 2), packet, layers, behind, end);
    }

    private static void can(Packet packet, Layers layers, int at, int end) {
        if (!enter(Layer.CAN, Can.check(packet, at, available(packet, at, end)), packet, layers, at, end)) return;
        other(packet, layers, at + Can.LENGTH, end);
    }
}
