package io.pairwire.decode.rewrite;

import io.pairwire.capture.Packet;
import io.pairwire.decode.rewrite.IpRewriter.Span;
import io.pairwire.decode.wire.Icmp;

/** ICMP with the packets it quotes, and IGMP. */
final class IcmpRewriter {
    private static final int CHECKSUM = 2;
    private static final int DESTINATION_UNREACHABLE = 3;
    private static final int SOURCE_QUENCH = 4;
    private static final int REDIRECT = 5;
    private static final int ROUTER_ADVERTISEMENT = 9;
    private static final int TIME_EXCEEDED = 11;
    private static final int PARAMETER_PROBLEM = 12;

    private static final int IGMP_QUERY = 0x11;
    private static final int IGMP_REPORT_3 = 0x22;
    private static final int IGMP_LENGTH = 8;

    private IcmpRewriter() {}

    static void icmp(Edit edit, int at, Span span) {
        Packet view = edit.view;
        int end = span.end();
        if (edit.available(at, end) < Icmp.LENGTH) {
            edit.clear(at + Math.min(edit.available(at, end), 4));
            return;
        }
        long before = edit.sum(at, end, at + CHECKSUM);
        int body = at + Icmp.LENGTH;
        switch (Icmp.type(view, at)) {
            case DESTINATION_UNREACHABLE, TIME_EXCEEDED, PARAMETER_PROBLEM -> {
                int words = view.u8(at + 5); // RFC 4884 §4.1: where the quote ends, if something follows it
                int quoteEnd = words == 0 ? end : Math.min(body + 4 * words, end);
                IpRewriter.ipv4(edit, body, quoteEnd);
                edit.payload(quoteEnd, end);
            }
            case SOURCE_QUENCH -> IpRewriter.ipv4(edit, body, end);
            case REDIRECT -> {
                edit.ipv4(at + 4);
                IpRewriter.ipv4(edit, body, end);
            }
            case ROUTER_ADVERTISEMENT -> routers(edit, at, end);
            default -> edit.payload(body, end);
        }
        edit.repair(at + CHECKSUM, before, edit.sum(at, end, at + CHECKSUM), span.isWhole(edit));
    }

    /** RFC 1256 §3. */
    private static void routers(Edit edit, int at, int end) {
        int entry = 4 * edit.view.u8(at + 5);
        int next = at + Icmp.LENGTH;
        for (int left = edit.view.u8(at + 4); left > 0 && entry >= 4 && edit.available(next, end) >= entry; left--) {
            edit.ipv4(next);
            next += entry;
        }
        edit.payload(next, end);
    }

    /** RFC 2236, RFC 3376 §4. */
    static void igmp(Edit edit, int at, Span span) {
        Packet view = edit.view;
        int end = span.end();
        if (edit.available(at, end) < IGMP_LENGTH) {
            edit.clear(at + Math.min(edit.available(at, end), 4));
            return;
        }
        long before = edit.sum(at, end, at + CHECKSUM);
        int next = at + IGMP_LENGTH;
        if (view.u8(at) == IGMP_REPORT_3) {
            for (int left = view.u16(at + 6); left > 0 && edit.available(next, end) >= 8; left--) {
                int auxiliary = 4 * view.u8(next + 1);
                int sources = view.u16(next + 2);
                edit.ipv4(next + 4);
                next = addresses(edit, next + 8, sources, end);
                edit.zero(next, Math.min(next + auxiliary, end));
                next = Math.min(next + auxiliary, end);
            }
        } else {
            edit.ipv4(at + 4);
            if (view.u8(at) == IGMP_QUERY && edit.available(next, end) >= 4) {
                next = addresses(edit, next + 4, view.u16(next + 2), end);
            }
        }
        edit.payload(next, end);
        edit.repair(at + CHECKSUM, before, edit.sum(at, end, at + CHECKSUM), span.isWhole(edit));
    }

    private static int addresses(Edit edit, int from, int count, int end) {
        int next = from;
        for (int left = count; left > 0 && edit.available(next, end) >= 4; left--) {
            edit.ipv4(next);
            next += 4;
        }
        return Math.min(next, end);
    }
}
