package io.pairwire.decode.rewrite;

import io.pairwire.capture.LinkType;
import io.pairwire.decode.wire.Arp;
import io.pairwire.decode.wire.EtherType;
import io.pairwire.decode.wire.Ethernet;
import io.pairwire.decode.wire.LinuxCooked;
import io.pairwire.decode.wire.LinuxCooked2;
import io.pairwire.decode.wire.Mpls;
import io.pairwire.decode.wire.NullLoopback;
import io.pairwire.decode.wire.Verdict;
import io.pairwire.decode.wire.Vlan;

/** Link headers, tags and labels, ARP. */
final class LinkRewriter {
    private static final int ARPHRD_ETHERNET = 1;
    private static final int SNAP_LENGTH = 8;
    private static final long SNAP_ETHERTYPE = 0xaaaa_0300_0000L; // LLC for SNAP, then organisation 0
    private static final int PPPOE_SESSION = 0x8864;
    private static final int PPPOE_LENGTH = 6;
    private static final int PPP_IPV4 = 0x0021;
    private static final int PPP_IPV6 = 0x0057;
    private static final int PPP_ALL_STATIONS = 0xff03;

    private LinkRewriter() {}

    static void packet(Edit edit, int linkType) {
        int end = edit.captured();
        switch (linkType) {
            case LinkType.ETHERNET -> ethernet(edit, 0, end);
            case LinkType.LINUX_SLL -> linuxCooked(edit, end);
            case LinkType.LINUX_SLL2 -> linuxCooked2(edit, end);
            case LinkType.NULL, LinkType.LOOP -> nullLoopback(edit, end);
            case LinkType.PPP, LinkType.PPP_HDLC -> ppp(edit, 0, end);
            case LinkType.RAW, LinkType.DLT_RAW, LinkType.DLT_RAW_OPENBSD -> ipByVersion(edit, 0, end);
            case LinkType.IPV4 -> IpRewriter.ipv4(edit, 0, end);
            case LinkType.IPV6 -> IpRewriter.ipv6(edit, 0, end);
            default -> edit.unsupported();
        }
    }

    static void ethernet(Edit edit, int at, int end) {
        if (!edit.deeper(at)) return;
        if (Ethernet.check(edit.view, at, edit.available(at, end)) != Verdict.OK) {
            edit.clear(at);
            return;
        }
        int type = Ethernet.type(edit.view, at);
        edit.mac(at);
        edit.mac(at + 6);
        int from = at + Ethernet.LENGTH;
        boolean snap = type < EtherType.SMALLEST
                && edit.available(from, end) >= SNAP_LENGTH
                && edit.view.u64(from) >>> 16 == SNAP_ETHERTYPE;
        if (snap) byType(edit, edit.view.u16(from + 6), from + SNAP_LENGTH, end);
        else byType(edit, type, from, end);
    }

    private static void linuxCooked(Edit edit, int end) {
        if (LinuxCooked.check(edit.view, 0, end) != Verdict.OK) {
            edit.clear(0);
            return;
        }
        boolean mac = LinuxCooked.hardwareType(edit.view, 0) == ARPHRD_ETHERNET
                && LinuxCooked.addressLength(edit.view, 0) == 6;
        address(edit, 6, mac);
        byType(edit, LinuxCooked.protocol(edit.view, 0), LinuxCooked.LENGTH, end);
    }

    private static void linuxCooked2(Edit edit, int end) {
        if (LinuxCooked2.check(edit.view, 0, end) != Verdict.OK) {
            edit.clear(0);
            return;
        }
        boolean mac = LinuxCooked2.hardwareType(edit.view, 0) == ARPHRD_ETHERNET
                && LinuxCooked2.addressLength(edit.view, 0) == 6;
        address(edit, 12, mac);
        byType(edit, LinuxCooked2.protocol(edit.view, 0), LinuxCooked2.LENGTH, end);
    }

    /** The sender's address in 8 bytes of a cooked header; what is no MAC address goes, whatever it is. */
    private static void address(Edit edit, int at, boolean mac) {
        if (mac) edit.mac(at);
        edit.zero(mac ? at + 6 : at, at + 8);
    }

    private static void nullLoopback(Edit edit, int end) {
        if (NullLoopback.check(edit.view, 0, end) != Verdict.OK) edit.clear(0);
        else byType(edit, NullLoopback.etherType(edit.view, 0), NullLoopback.LENGTH, end);
    }

    /** What follows a type field. */
    static void byType(Edit edit, int type, int from, int end) {
        int at = from;
        int inner = type;
        while (EtherType.isVlan(inner)) {
            if (Vlan.check(edit.view, at, edit.available(at, end)) != Verdict.OK) {
                edit.clear(at);
                return;
            }
            inner = Vlan.type(edit.view, at);
            at += Vlan.LENGTH;
        }
        switch (inner) {
            case EtherType.IPV4 -> IpRewriter.ipv4(edit, at, end);
            case EtherType.IPV6 -> IpRewriter.ipv6(edit, at, end);
            case EtherType.ARP -> arp(edit, at, end);
            case EtherType.MPLS, EtherType.MPLS_UPSTREAM -> mpls(edit, at, end);
            case PPPOE_SESSION -> pppoe(edit, at, end);
            default -> edit.payload(at, end);
        }
    }

    static void mpls(Edit edit, int from, int end) {
        int at = from;
        boolean bottom = false;
        while (!bottom) {
            if (Mpls.check(edit.view, at, edit.available(at, end)) != Verdict.OK) {
                edit.clear(at);
                return;
            }
            bottom = Mpls.isBottom(edit.view, at);
            at += Mpls.LENGTH;
        }
        ipByVersion(edit, at, end);
    }

    private static void pppoe(Edit edit, int at, int end) {
        if (edit.available(at, end) < PPPOE_LENGTH) edit.clear(at);
        else ppp(edit, at + PPPOE_LENGTH, end);
    }

    /** With or without address and control bytes; the protocol in two bytes. */
    private static void ppp(Edit edit, int from, int end) {
        int at = from;
        if (edit.available(at, end) >= 2 && edit.view.u16(at) == PPP_ALL_STATIONS) at += 2;
        if (edit.available(at, end) < 2) {
            edit.clear(at);
            return;
        }
        switch (edit.view.u16(at)) {
            case PPP_IPV4 -> IpRewriter.ipv4(edit, at + 2, end);
            case PPP_IPV6 -> IpRewriter.ipv6(edit, at + 2, end);
            default -> edit.payload(at + 2, end);
        }
    }

    /** IP of either version, or payload if it is neither. */
    static void ipByVersion(Edit edit, int at, int end) {
        if (edit.available(at, end) == 0) return;
        switch (edit.view.u8(at) >>> 4) {
            case 4 -> IpRewriter.ipv4(edit, at, end);
            case 6 -> IpRewriter.ipv6(edit, at, end);
            default -> edit.payload(at, end);
        }
    }

    private static void arp(Edit edit, int at, int end) {
        if (Arp.check(edit.view, at, edit.available(at, end)) != Verdict.OK) {
            edit.clear(at + Math.min(edit.available(at, end), Arp.LENGTH));
            return;
        }
        int hardware = Arp.hardwareLength(edit.view, at);
        int protocol = Arp.protocolLength(edit.view, at);
        boolean ipv4 = Arp.protocolType(edit.view, at) == EtherType.IPV4 && protocol == 4;
        int next = at + Arp.LENGTH;
        for (int side = 0; side < 2; side++) {
            if (hardware == 6) edit.mac(next);
            else edit.zero(next, next + hardware);
            next += hardware;
            if (ipv4) edit.ipv4(next);
            else edit.zero(next, next + protocol);
            next += protocol;
        }
        edit.payload(next, end);
    }
}
