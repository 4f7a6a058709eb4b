package io.pairwire.decode.rewrite;

import io.pairwire.capture.Packet;
import io.pairwire.decode.rewrite.IpRewriter.Span;
import io.pairwire.decode.wire.Checksum;
import io.pairwire.decode.wire.IpProtocol;
import io.pairwire.decode.wire.Sctp;
import io.pairwire.decode.wire.Tcp;
import io.pairwire.decode.wire.Udp;

/** What is on IP: transports, their checksums, and the door to control messages and tunnels. */
final class TransportRewriter {
    private static final int IGMP = 2;
    private static final int IPV4_INSIDE = 4;
    private static final int IPV6_INSIDE = 41;
    private static final int GRE = 47;
    private static final int ETHERNET_INSIDE = 97;
    private static final int MPLS_INSIDE = 137;

    private static final int TCP_CHECKSUM = 16;
    private static final int UDP_CHECKSUM = 6;
    private static final int SCTP_CHECKSUM = 8;

    private static final int NO_OPERATION = 1;
    private static final int MULTIPATH = 30;
    private static final int ADD_ADDRESS = 3;
    private static final int SHORTEST_IPV6_ADD_ADDRESS = 20;

    private static final int SCTP_DATA = 0;
    private static final int SCTP_CHUNK = 4;
    private static final int SCTP_DATA_HEADER = 16;
    private static final int SCTP_SACK = 3;

    private TransportRewriter() {}

    /** What has that protocol number and begins at {@code at}. */
    static void upper(Edit edit, int protocol, int at, Span span) {
        int end = span.end();
        if (edit.available(at, end) == 0) return;
        switch (protocol) {
            case IpProtocol.TCP -> tcp(edit, at, span);
            case IpProtocol.UDP -> udp(edit, at, span);
            case IpProtocol.SCTP -> sctp(edit, at, span);
            case IpProtocol.ICMP -> IcmpRewriter.icmp(edit, at, span);
            case IpProtocol.ICMPV6 -> Icmpv6Rewriter.icmpv6(edit, at, span);
            case IGMP -> IcmpRewriter.igmp(edit, at, span);
            case IPV4_INSIDE -> IpRewriter.ipv4(edit, at, end);
            case IPV6_INSIDE -> IpRewriter.ipv6(edit, at, end);
            case GRE -> TunnelRewriter.gre(edit, at, span);
            case ETHERNET_INSIDE -> LinkRewriter.ethernet(edit, at + 2, end);
            case MPLS_INSIDE -> LinkRewriter.mpls(edit, at, end);
            default -> edit.payload(at, end);
        }
    }

    private static void tcp(Edit edit, int at, Span span) {
        int field = at + TCP_CHECKSUM;
        int available = edit.available(at, span.end());
        long before = edit.sum(at, span.end(), field);
        int headerEnd = at + Tcp.LENGTH;
        if (available > Tcp.LENGTH) {
            headerEnd = at + Math.clamp(Tcp.headerLength(edit.view, at), Tcp.LENGTH, available);
            tcpOptions(edit, at + Tcp.LENGTH, headerEnd);
        }
        edit.payload(headerEnd, span.end());
        if (available < TCP_CHECKSUM + 2) return;
        long length = IpProtocol.TCP + Math.max(span.promised() - at, 0);
        repair(edit, field, before, edit.sum(at, span.end(), field), span, length, span.isWhole(edit));
    }

    /** No option holds addresses but one of Multipath TCP (RFC 8684 §3.4.1). */
    private static void tcpOptions(Edit edit, int from, int end) {
        Packet view = edit.view;
        for (int at = from; at < end && view.u8(at) != 0; ) {
            if (view.u8(at) == NO_OPERATION) {
                at++;
                continue;
            }
            int length = end - at < 2 ? 0 : view.u8(at + 1);
            if (length < 2 || length > end - at) {
                edit.zero(at, end);
                return;
            }
            if (view.u8(at) == MULTIPATH && length >= 8 && view.u8(at + 2) >>> 4 == ADD_ADDRESS) {
                if (length >= SHORTEST_IPV6_ADD_ADDRESS) edit.ipv6(at + 4);
                else edit.ipv4(at + 4);
            }
            at += length;
        }
    }

    private static void udp(Edit edit, int at, Span span) {
        int available = edit.available(at, span.end());
        if (available < Udp.LENGTH) return; // ports and length; nothing behind them was captured
        int field = at + UDP_CHECKSUM;
        int length = Udp.datagramLength(edit.view, at);
        boolean plausible = length >= Udp.LENGTH && length <= span.promised() - at;
        int end = plausible ? Math.min(at + length, span.end()) : span.end();
        long before = edit.sum(at, end, field);
        TunnelRewriter.overUdp(edit, at, end);
        if (end < span.end()) edit.payload(end, span.end());
        if (edit.view.u16(field) == 0) return; // there is none
        boolean whole = !span.fragment()
                && (length == 0 || plausible)
                && end <= edit.captured()
                && (plausible ? at + length : span.promised()) <= span.end();
        long sum = IpProtocol.UDP + (plausible ? length : Math.max(span.promised() - at, 0));
        repair(edit, field, before, edit.sum(at, end, field), span, sum, whole);
        if (edit.view.u16(field) == 0) edit.put16(field, 0xffff); // RFC 768: 0 would mean that there is none
    }

    /**
     * @param rest what the pseudo header adds besides addresses: protocol and length
     */
    static void repair(Edit edit, int field, long before, long after, Span span, long rest, boolean whole) {
        if (edit.captured() - field < 2) return;
        int old = edit.view.u16(field);
        long pseudoBefore = span.pseudoBefore() + rest;
        long pseudoAfter = span.pseudoAfter() + rest;
        // Captured on its way to a card that fills in checksums, a packet has the sum of the pseudo header in its
        // place.
        // Moved by a difference it would give away the sum of the old addresses.
        boolean unfinished = edit.hidesChecksums() && old == (~Checksum.fold(pseudoBefore) & 0xffff);
        boolean right = whole && Checksum.fold(before + pseudoBefore + old) == 0;
        if (unfinished && !right) {
            int partial = ~Checksum.fold(pseudoAfter) & 0xffff;
            boolean byChance = whole && Checksum.fold(after + pseudoAfter + partial) == 0;
            if (!byChance) {
                edit.wrong(field, partial);
                return;
            }
        }
        edit.repair(field, before + pseudoBefore, after + pseudoAfter, whole);
    }

    /** With payload taken out the headers of chunks stay, so that what was sent when can still be told. */
    private static void sctp(Edit edit, int at, Span span) {
        int available = edit.available(at, span.end());
        if (available < Sctp.LENGTH) return; // ports and tags
        int field = at + SCTP_CHECKSUM;
        boolean wrong = span.isWhole(edit) && edit.crc32c(at, span.end(), field) != Sctp.checksum(edit.view, at);
        int chunk = at + Sctp.LENGTH;
        while (edit.available(chunk, span.end()) >= SCTP_CHUNK) {
            int type = edit.view.u8(chunk);
            int length = edit.view.u16(chunk + 2);
            if (length < SCTP_CHUNK || length > span.end() - chunk) break;
            int end = Math.min(chunk + (length + 3 & ~3), span.end());
            switch (type) {
                case SCTP_DATA -> edit.payload(chunk + SCTP_DATA_HEADER, end);
                case SCTP_SACK -> {} // numbers only
                default -> edit.zero(chunk + SCTP_CHUNK, end); // parameters list addresses, cookies repeat them
            }
            chunk = end;
        }
        edit.payload(chunk, span.end());
        edit.repairCrc32c(at, span.end(), field, wrong);
    }
}
