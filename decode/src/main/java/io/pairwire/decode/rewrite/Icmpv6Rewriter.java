package io.pairwire.decode.rewrite;

import io.pairwire.capture.Packet;
import io.pairwire.decode.rewrite.IpRewriter.Span;
import io.pairwire.decode.wire.IpProtocol;

/** ICMPv6: quoted packets, neighbour discovery (RFC 4861) and listener discovery (RFC 2710, RFC 3810). */
final class Icmpv6Rewriter {
    private static final int CHECKSUM = 2;
    private static final int FIXED = 8;
    private static final int ADDRESS = 16;
    private static final int OPTION_UNIT = 8;

    private static final int LISTENER_QUERY = 130;
    private static final int LISTENER_REPORT = 131;
    private static final int LISTENER_DONE = 132;
    private static final int ROUTER_SOLICITATION = 133;
    private static final int ROUTER_ADVERTISEMENT = 134;
    private static final int NEIGHBOUR_SOLICITATION = 135;
    private static final int NEIGHBOUR_ADVERTISEMENT = 136;
    private static final int REDIRECT = 137;
    private static final int LISTENER_REPORT_2 = 143;

    private static final int SOURCE_LINK_ADDRESS = 1;
    private static final int TARGET_LINK_ADDRESS = 2;
    private static final int PREFIX = 3;
    private static final int REDIRECTED = 4;
    private static final int MTU = 5;
    private static final int ROUTE = 24;
    private static final int NAME_SERVERS = 25;

    private Icmpv6Rewriter() {}

    static void icmpv6(Edit edit, int at, Span span) {
        int end = span.end();
        if (edit.available(at, end) < FIXED) {
            edit.clear(at + Math.min(edit.available(at, end), 4));
            return;
        }
        long before = edit.sum(at, end, at + CHECKSUM);
        body(edit, at, end);
        long rest = IpProtocol.ICMPV6 + Math.max(span.promised() - at, 0);
        long after = edit.sum(at, end, at + CHECKSUM);
        TransportRewriter.repair(edit, at + CHECKSUM, before, after, span, rest, span.isWhole(edit));
    }

    private static void body(Edit edit, int at, int end) {
        int type = edit.view.u8(at);
        int body = at + FIXED;
        switch (type) {
            case 1, 2, 3, 4 -> {
                int units = type == 1 || type == 3 ? edit.view.u8(at + 4) : 0; // RFC 4884 §4.2
                int quoteEnd = units == 0 ? end : Math.min(body + 8 * units, end);
                IpRewriter.ipv6(edit, body, quoteEnd);
                edit.payload(quoteEnd, end);
            }
            case LISTENER_QUERY, LISTENER_REPORT, LISTENER_DONE -> {
                int next = addresses(edit, body, 1, end);
                if (edit.available(next, end) >= 4) next = addresses(edit, next + 4, edit.view.u16(next + 2), end);
                edit.payload(next, end);
            }
            case LISTENER_REPORT_2 -> listeners(edit, at, end);
            case ROUTER_SOLICITATION -> options(edit, body, end);
            case ROUTER_ADVERTISEMENT -> options(edit, body + 8, end);
            case NEIGHBOUR_SOLICITATION, NEIGHBOUR_ADVERTISEMENT -> options(edit, addresses(edit, body, 1, end), end);
            case REDIRECT -> options(edit, addresses(edit, body, 2, end), end);
            default -> edit.payload(body, end);
        }
    }

    private static void listeners(Edit edit, int at, int end) {
        int next = at + FIXED;
        for (int left = edit.view.u16(at + 6); left > 0 && edit.available(next, end) >= 4 + ADDRESS; left--) {
            int auxiliary = 4 * edit.view.u8(next + 1);
            int sources = edit.view.u16(next + 2);
            edit.ipv6(next + 4);
            next = addresses(edit, next + 4 + ADDRESS, sources, end);
            edit.zero(next, Math.min(next + auxiliary, end));
            next = Math.min(next + auxiliary, end);
        }
        edit.payload(next, end);
    }

    /** Maps whole addresses; one that is cut goes. */
    private static int addresses(Edit edit, int from, int count, int end) {
        int next = from;
        for (int left = count; left > 0 && edit.available(next, end) >= ADDRESS; left--) {
            edit.ipv6(next);
            next += ADDRESS;
        }
        boolean cut = (next - from) / ADDRESS < count;
        if (cut) edit.clear(next);
        return cut ? end : Math.min(next, end);
    }

    private static void options(Edit edit, int from, int end) {
        Packet view = edit.view;
        int at = from;
        while (edit.available(at, end) >= 2) {
            int length = OPTION_UNIT * view.u8(at + 1);
            if (length == 0 || length > edit.available(at, end)) {
                edit.clear(at);
                return;
            }
            switch (view.u8(at)) {
                case SOURCE_LINK_ADDRESS, TARGET_LINK_ADDRESS -> {
                    if (length == OPTION_UNIT) edit.mac(at + 2);
                    else edit.zero(at + 2, at + length);
                }
                case PREFIX -> {
                    if (length == 32) edit.ipv6Prefix(at + 16, 16, view.u8(at + 2));
                    else edit.zero(at + 2, at + length);
                }
                case REDIRECTED -> IpRewriter.ipv6(edit, at + 8, at + length);
                case MTU -> {}
                case ROUTE -> edit.ipv6Prefix(at + 8, Math.min(length - 8, ADDRESS), view.u8(at + 2));
                case NAME_SERVERS -> addresses(edit, at + 8, (length - 8) / ADDRESS, at + length);
                default -> edit.payload(at + 2, at + length);
            }
            at += length;
        }
        edit.payload(at, end);
    }
}
