package io.pairwire.decode.rewrite;

import io.pairwire.capture.Packet;
import io.pairwire.decode.rewrite.IpRewriter.Span;
import io.pairwire.decode.wire.Udp;

/** Packets inside packets: GRE, and what is carried over UDP on its usual port. What does not look like it is payload. */
final class TunnelRewriter {
    private static final int GRE_CHECKSUM = 0x8000;
    private static final int GRE_ROUTING = 0x4000;
    private static final int GRE_KEY = 0x2000;
    private static final int GRE_SEQUENCE = 0x1000;
    private static final int GRE_VERSION = 0x7;
    private static final int ETHERNET = 0x6558;

    private static final int GTP_USER = 2152;
    private static final int TEREDO = 3544;
    private static final int VXLAN = 4789;
    private static final int GENEVE = 6081;
    private static final int MPLS = 6635;
    private static final int OLD_VXLAN = 8472;

    private static final int VXLAN_LENGTH = 8;
    private static final int GENEVE_LENGTH = 8;
    private static final int GTP_LENGTH = 8;
    private static final int GTP_USER_PACKET = 255;

    private TunnelRewriter() {}

    /** RFC 2784, RFC 2890. */
    static void gre(Edit edit, int at, Span span) {
        int end = span.end();
        if (edit.available(at, end) < 4) {
            edit.clear(at);
            return;
        }
        int flags = edit.view.u16(at);
        if ((flags & (GRE_ROUTING | GRE_VERSION)) != 0) {
            edit.payload(at + 4, end);
            return;
        }
        boolean summed = (flags & GRE_CHECKSUM) != 0;
        long before = summed ? edit.sum(at, end, at + 4) : 0;
        int inner =
                at + 4 + (summed ? 4 : 0) + ((flags & GRE_KEY) != 0 ? 4 : 0) + ((flags & GRE_SEQUENCE) != 0 ? 4 : 0);
        int type = edit.view.u16(at + 2);
        if (type == ETHERNET) LinkRewriter.ethernet(edit, inner, end);
        else LinkRewriter.byType(edit, type, inner, end);
        if (summed) edit.repair(at + 4, before, edit.sum(at, end, at + 4), span.isWhole(edit));
    }

    /** What a UDP datagram with its header at {@code at} carries. */
    static void overUdp(Edit edit, int at, int end) {
        int from = at + Udp.LENGTH;
        boolean inside = edit.available(from, end) >= 8
                && (tunnel(edit, Udp.destinationPort(edit.view, at), from, end)
                        || tunnel(edit, Udp.sourcePort(edit.view, at), from, end));
        if (!inside) edit.payload(from, end);
    }

    /** Rewrites what that port says it is; false, and nothing done, if it is not. At least eight bytes are there. */
    private static boolean tunnel(Edit edit, int port, int at, int end) {
        return switch (port) {
            case VXLAN, OLD_VXLAN -> vxlan(edit, at, end);
            case GENEVE -> geneve(edit, at, end);
            case GTP_USER -> gtp(edit, at, end);
            case TEREDO -> teredo(edit, at, end);
            case MPLS -> {
                LinkRewriter.mpls(edit, at, end);
                yield true;
            }
            default -> false;
        };
    }

    /** RFC 7348 §5. */
    private static boolean vxlan(Edit edit, int at, int end) {
        if ((edit.view.u8(at) & 0x08) == 0) return false;
        LinkRewriter.ethernet(edit, at + VXLAN_LENGTH, end);
        return true;
    }

    /** RFC 8926 §3.4. */
    private static boolean geneve(Edit edit, int at, int end) {
        Packet view = edit.view;
        if (view.u8(at) >>> 6 != 0) return false;
        int inner = at + GENEVE_LENGTH + 4 * (view.u8(at) & 0x3f);
        int type = view.u16(at + 2);
        edit.zero(at + GENEVE_LENGTH, Math.min(inner, end)); // options mean what their vendor likes
        if (type == ETHERNET) LinkRewriter.ethernet(edit, inner, end);
        else LinkRewriter.byType(edit, type, inner, end);
        return true;
    }

    /** 3GPP TS 29.281 §5.1: version 1, a user's packet. */
    private static boolean gtp(Edit edit, int at, int end) {
        Packet view = edit.view;
        int flags = view.u8(at);
        if (flags >>> 4 != 3 || view.u8(at + 1) != GTP_USER_PACKET) return false;
        int inner = at + GTP_LENGTH;
        if ((flags & 0x7) != 0) {
            inner += 4;
            while ((flags & 0x4) != 0 && edit.available(inner, end) > 0 && view.u8(inner - 1) != 0) {
                int length = 4 * view.u8(inner);
                if (length == 0 || length > edit.available(inner, end)) return false;
                inner += length;
            }
        }
        if (edit.available(inner, end) == 0) return false;
        LinkRewriter.ipByVersion(edit, inner, end);
        return true;
    }

    /** RFC 4380 §5.1.1, without indications in front. */
    private static boolean teredo(Edit edit, int at, int end) {
        if (edit.view.u8(at) >>> 4 != 6) return false;
        IpRewriter.ipv6(edit, at, end);
        return true;
    }
}
