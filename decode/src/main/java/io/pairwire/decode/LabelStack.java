package io.pairwire.decode;

import static io.pairwire.decode.LayerDecoder.available;
import static io.pairwire.decode.LayerDecoder.enter;
import static io.pairwire.decode.LayerDecoder.other;

import io.pairwire.capture.Packet;
import io.pairwire.decode.wire.EtherType;
import io.pairwire.decode.wire.Ethernet;
import io.pairwire.decode.wire.Ipv4;
import io.pairwire.decode.wire.Ipv6;
import io.pairwire.decode.wire.Llc;
import io.pairwire.decode.wire.Mpls;
import io.pairwire.decode.wire.Pseudowire;
import io.pairwire.decode.wire.Verdict;

/**
 * A stack of MPLS labels and what it carries. Labels do not tell what that is: the first four bits do if it is IP (RFC 4928),
 * otherwise it is taken for an Ethernet pseudowire, with control word or without, if it looks like one.
 */
final class LabelStack {
    private static final int ENOUGH_TO_GUESS = Pseudowire.LENGTH + Ethernet.LENGTH + Llc.LENGTH;
    private static final int BRIDGE_SPANNING = 0x4242;
    private static final int SNAP = 0xaaaa;

    private LabelStack() {}

    static void decode(Packet packet, Layers layers, int from, int end) {
        int at = from;
        boolean bottom = false;
        while (!bottom) {
            if (!enter(Layer.MPLS, Mpls.check(packet, at, available(packet, at, end)), packet, layers, at, end)) return;
            bottom = Mpls.isBottom(packet, at);
            at += Mpls.LENGTH;
        }
        int available = available(packet, at, end);
        int first = available < 1 ? 4 : packet.u8(at) >>> 4;
        switch (first) {
            case 4, 6 -> {
                Verdict checked = first == 4 ? Ipv4.check(packet, at, available) : Ipv6.check(packet, at, available);
                if (checked == Verdict.MALFORMED && isEthernet(packet, at, end)) {
                    LinkPayload.ethernet(packet, layers, at, end);
                } else {
                    LinkPayload.ipByVersion(packet, layers, at, end, false);
                }
            }
            default -> pseudowire(packet, layers, at, end, available);
        }
    }

    private static void pseudowire(Packet packet, Layers layers, int at, int end, int available) {
        if (available < ENOUGH_TO_GUESS && available < end - at) {
            layers.fail(Verdict.TRUNCATED, Layer.OTHER, at);
            return;
        }
        boolean marked = available >= Pseudowire.LENGTH && Pseudowire.check(packet, at, available) == Verdict.OK;
        boolean channel = marked && Pseudowire.isChannel(packet, at);
        boolean word = marked && !channel && Pseudowire.reserved(packet, at) == 0;
        int behind = at + Pseudowire.LENGTH;
        if (word && isEthernet(packet, behind, end)) {
            if (!enter(Layer.PSEUDOWIRE, Verdict.OK, packet, layers, at, end)) return;
            LinkPayload.ethernet(packet, layers, behind, end);
        } else if (isEthernet(packet, at, end)) {
            LinkPayload.ethernet(packet, layers, at, end);
        } else if (channel) {
            if (enter(Layer.PSEUDOWIRE, Verdict.OK, packet, layers, at, end)) other(packet, layers, behind, end);
        } else {
            other(packet, layers, at, end);
        }
    }

    /** Does a type or a length that makes sense stand where an Ethernet header at {@code at} has it? */
    private static boolean isEthernet(Packet packet, int at, int end) {
        int behind = at + Ethernet.LENGTH;
        if (available(packet, behind, end) < 2) return false;
        int type = Ethernet.type(packet, at);
        int next = packet.u16(behind);
        return switch (type) {
            case EtherType.IPV4 -> next >>> 12 == 4;
            case EtherType.IPV6 -> next >>> 12 == 6;
            case EtherType.ARP, EtherType.PPPOE_DISCOVERY, EtherType.PPPOE_SESSION -> true;
            case EtherType.MPLS, EtherType.MPLS_UPSTREAM -> true;
            default -> {
                boolean fits = type < EtherType.SMALLEST && type <= end - behind;
                yield EtherType.isVlan(type) || fits && (next == BRIDGE_SPANNING || next == SNAP);
            }
        };
    }
}
