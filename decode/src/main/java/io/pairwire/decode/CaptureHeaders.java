package io.pairwire.decode;

import static io.pairwire.decode.LayerDecoder.available;
import static io.pairwire.decode.LayerDecoder.enter;
import static io.pairwire.decode.LayerDecoder.other;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.decode.wire.AddressFamily;
import io.pairwire.decode.wire.Enc;
import io.pairwire.decode.wire.EtherType;
import io.pairwire.decode.wire.FrameCheckSequence;
import io.pairwire.decode.wire.Ipnet;
import io.pairwire.decode.wire.LinuxCooked;
import io.pairwire.decode.wire.LinuxCooked2;
import io.pairwire.decode.wire.Nflog;
import io.pairwire.decode.wire.NullLoopback;
import io.pairwire.decode.wire.Pflog;
import io.pairwire.decode.wire.Pktap;
import io.pairwire.decode.wire.Ppi;
import io.pairwire.decode.wire.Ppp;
import io.pairwire.decode.wire.Verdict;

/** Headers that a capturing system writes and no wire ever saw. */
final class CaptureHeaders {
    private static final int ARPHRD_FRAME_RELAY = 770;
    private static final int ARPHRD_IEEE80211 = 801;
    private static final int ARPHRD_IEEE80211_PRISM = 802;
    private static final int ARPHRD_IEEE80211_RADIOTAP = 803;
    private static final int ARPHRD_NETLINK = 824;
    private static final int LLC = 4; // protocols of Linux for frames without an EtherType
    private static final int CAN = 12;
    private static final int CAN_FD = 13;

    private CaptureHeaders() {}

    static void linuxCooked(Packet packet, Layers layers, int at, int end) {
        Verdict checked = LinuxCooked.check(packet, at, available(packet, at, end));
        if (!enter(Layer.LINUX_COOKED, checked, packet, layers, at, end)) return;
        int hardware = LinuxCooked.hardwareType(packet, at);
        cooked(hardware, LinuxCooked.protocol(packet, at), packet, layers, at + LinuxCooked.LENGTH, end);
    }

    static void linuxCooked2(Packet packet, Layers layers, int at, int end) {
        Verdict checked = LinuxCooked2.check(packet, at, available(packet, at, end));
        if (!enter(Layer.LINUX_COOKED_2, checked, packet, layers, at, end)) return;
        int hardware = LinuxCooked2.hardwareType(packet, at);
        cooked(hardware, LinuxCooked2.protocol(packet, at), packet, layers, at + LinuxCooked2.LENGTH, end);
    }

    /** The same header as cooked captures have; the protocol is the number of a netlink family. */
    static void netlink(Packet packet, Layers layers, int at, int end) {
        Verdict checked = LinuxCooked.check(packet, at, available(packet, at, end));
        if (!enter(Layer.LINUX_COOKED, checked, packet, layers, at, end)) return;
        other(packet, layers, at + LinuxCooked.LENGTH, end);
    }

    private static void cooked(int hardware, int protocol, Packet packet, Layers layers, int at, int end) {
        switch (hardware) {
            case ARPHRD_NETLINK -> other(packet, layers, at, end);
            case ARPHRD_FRAME_RELAY -> WanHeaders.frameRelay(packet, layers, at, end);
            case ARPHRD_IEEE80211 -> WlanHeaders.frame(packet, layers, at, end, false);
            case ARPHRD_IEEE80211_PRISM -> WlanHeaders.prism(packet, layers, at, end);
            case ARPHRD_IEEE80211_RADIOTAP -> WlanHeaders.radiotap(packet, layers, at, end);
            default -> {
                switch (protocol) {
                    case LLC -> LinkPayload.llc(packet, layers, at, end);
                    case CAN, CAN_FD -> LinkHeaders.decode(LinkType.CAN_SOCKETCAN, packet, layers, at, end);
                    default -> LinkPayload.byType(protocol, packet, layers, at, end);
                }
            }
        }
    }

    /** Some systems write a type or a PPP header in place of the family. */
    static void nullLoopback(Packet packet, Layers layers, int at, int end) {
        int available = available(packet, at, end);
        if (available >= NullLoopback.LENGTH && Ppp.addressLength(packet, at) > 0 && packet.u8(at + 1) == 0x03) {
            LinkPayload.ppp(packet, layers, at, end);
            return;
        }
        Verdict checked = NullLoopback.check(packet, at, available);
        if (!enter(Layer.NULL_LOOPBACK, checked, packet, layers, at, end)) return;
        int family = NullLoopback.family(packet, at);
        int type = family >= EtherType.SMALLEST && family <= 0xffff ? family : AddressFamily.etherType(family);
        int behind = at + NullLoopback.LENGTH;
        if (type == 0 && IpHeaders.isPlausible(packet, behind, end)) {
            LinkPayload.ipByVersion(packet, layers, behind, end, false); // a family of a system nobody knows
        } else {
            LinkPayload.byType(type, packet, layers, behind, end);
        }
    }

    static void ppi(Packet packet, Layers layers, int at, int end) {
        if (!enter(Layer.PPI, Ppi.check(packet, at, available(packet, at, end)), packet, layers, at, end)) return;
        int behind = at + Ppi.headerLength(packet, at);
        int linkType = Ppi.linkType(packet, at);
        boolean checked = linkType == LinkType.IEEE802_11 && (Ppi.commonFlags(packet, at) & 1) != 0;
        int frameEnd = checked && end - behind >= FrameCheckSequence.LENGTH ? end - FrameCheckSequence.LENGTH : end;
        LinkHeaders.decode(linkType, packet, layers, behind, frameEnd);
    }

    static void pktap(Packet packet, Layers layers, int at, int end) {
        if (!enter(Layer.PKTAP, Pktap.check(packet, at, available(packet, at, end)), packet, layers, at, end)) return;
        int behind = at + Pktap.headerLength(packet, at);
        if (Pktap.isPacket(packet, at)) LinkHeaders.decode(Pktap.linkType(packet, at), packet, layers, behind, end);
        else other(packet, layers, behind, end);
    }

    /** Darwin wrote PKTAP under a number that belongs to nobody; anything else under it is unknown. */
    static void user2(Packet packet, Layers layers, int at, int end) {
        int available = available(packet, at, end);
        boolean pktap = Pktap.check(packet, at, available) == Verdict.OK && Pktap.isPacket(packet, at);
        if (pktap) pktap(packet, layers, at, end);
        else layers.fail(Verdict.UNSUPPORTED_LINK_TYPE, Layer.OTHER, at);
    }

    static void pflog(Packet packet, Layers layers, int at, int end) {
        if (!enter(Layer.PFLOG, Pflog.check(packet, at, available(packet, at, end)), packet, layers, at, end)) return;
        byFamily(Pflog.family(packet, at), packet, layers, at + Pflog.headerLength(packet, at), end);
    }

    static void enc(Packet packet, Layers layers, int at, int end) {
        if (!enter(Layer.ENC, Enc.check(packet, at, available(packet, at, end)), packet, layers, at, end)) return;
        byFamily(Enc.family(packet, at), packet, layers, at + Enc.LENGTH, end);
    }

    static void ipnet(Packet packet, Layers layers, int at, int end) {
        if (!enter(Layer.IPNET, Ipnet.check(packet, at, available(packet, at, end)), packet, layers, at, end)) return;
        byFamily(Ipnet.family(packet, at), packet, layers, at + Ipnet.LENGTH, end);
    }

    static void nflog(Packet packet, Layers layers, int at, int wireEnd) {
        int available = available(packet, at, wireEnd);
        if (!enter(Layer.NFLOG, Nflog.check(packet, at, available), packet, layers, at, wireEnd)) return;
        int headerLength = Nflog.headerLength(packet, at, available);
        if (headerLength == 0) { // a note without the packet, or the capture ends before it
            if (available < wireEnd - at) {
                enter(Layer.OTHER, Verdict.TRUNCATED, packet, layers, at + available, wireEnd);
            }
            return;
        }
        int behind = at + headerLength;
        int length = Nflog.payloadLength(packet, at, headerLength);
        if (length > wireEnd - behind) layers.fail(Verdict.MALFORMED, Layer.NFLOG, at);
        int end = Math.min(length, wireEnd - behind) + behind;
        byFamily(Nflog.family(packet, at), packet, layers, behind, end);
    }

    private static void byFamily(int family, Packet packet, Layers layers, int at, int end) {
        LinkPayload.byType(AddressFamily.etherType(family), packet, layers, at, end);
    }
}
