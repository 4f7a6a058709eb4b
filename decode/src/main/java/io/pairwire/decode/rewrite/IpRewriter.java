package io.pairwire.decode.rewrite;

import io.pairwire.capture.Packet;
import io.pairwire.decode.wire.AuthenticationHeader;
import io.pairwire.decode.wire.Checksum;
import io.pairwire.decode.wire.IpProtocol;
import io.pairwire.decode.wire.Ipv4;
import io.pairwire.decode.wire.Ipv6;
import io.pairwire.decode.wire.Ipv6Extension;
import io.pairwire.decode.wire.Ipv6Fragment;
import io.pairwire.decode.wire.Verdict;

/** IPv4 and IPv6 with their options and extension headers. */
final class IpRewriter {
    private static final int END_OF_OPTIONS = 0;
    private static final int NO_OPERATION = 1;
    private static final int RECORD_ROUTE = 7;
    private static final int TIMESTAMP = 68;
    private static final int TIMESTAMP_ONLY = 0;
    private static final int LOOSE_ROUTE = 131;
    private static final int STRICT_ROUTE = 137;
    private static final int HOME_ADDRESS = 201;
    private static final int SEGMENT_ROUTING = 4;
    private static final int ROUTING_HEADER = 8;

    private IpRewriter() {}

    /** An IPv4 packet at {@code at} in something that ends at {@code end}, and all it carries. */
    static void ipv4(Edit edit, int at, int end) {
        if (!edit.deeper(at)) return;
        Packet view = edit.view;
        int available = edit.available(at, end);
        if (Ipv4.check(view, at, available) != Verdict.OK) {
            edit.clear(at);
            return;
        }
        int headerEnd = at + Ipv4.headerLength(view, at);
        int totalLength = Ipv4.totalLength(view, at);
        long before = edit.sum(at, headerEnd, at + 10);
        long pseudoBefore = Checksum.pseudoHeader(
                0, Ipv4.source(view, at), 0, finalDestination(edit, at, headerEnd, Ipv4.destination(view, at)), 0, 0);
        edit.ipv4(at + 12);
        edit.ipv4(at + 16);
        options(edit, at + Ipv4.LENGTH, headerEnd);
        edit.repair(at + 10, before, edit.sum(at, headerEnd, at + 10), true);
        long pseudoAfter = Checksum.pseudoHeader(
                0, Ipv4.source(view, at), 0, finalDestination(edit, at, headerEnd, Ipv4.destination(view, at)), 0, 0);

        int protocol = Ipv4.protocol(view, at);
        int packetEnd = totalLength == 0 ? end : at + totalLength;
        int from = headerEnd;
        if (Ipv4.fragmentOffset(view, at) != 0) {
            edit.payload(from, Math.min(packetEnd, end));
        } else {
            boolean fragment = Ipv4.isMoreFragments(view, at);
            if (protocol == IpProtocol.AUTHENTICATION_HEADER) {
                if (AuthenticationHeader.check(view, from, edit.available(from, end)) != Verdict.OK) {
                    edit.clear(from);
                    return;
                }
                protocol = AuthenticationHeader.nextHeader(view, from);
                from += AuthenticationHeader.headerLength(view, from);
            }
            TransportRewriter.upper(
                    edit,
                    protocol,
                    from,
                    new Span(Math.min(packetEnd, end), packetEnd, fragment, pseudoBefore, pseudoAfter));
        }
        if (packetEnd < end) edit.payload(packetEnd, end); // padding, and what hides there
    }

    /** With a source route not yet at its end, the last address in it (RFC 791 §3.1): the one checksums are made with. */
    private static long finalDestination(Edit edit, int at, int headerEnd, long destination) {
        Packet view = edit.view;
        int option = at + Ipv4.LENGTH;
        while (headerEnd - option >= 3) {
            int type = view.u8(option);
            if (type == END_OF_OPTIONS) return destination;
            if (type == NO_OPERATION) {
                option++;
                continue;
            }
            int length = view.u8(option + 1);
            if (length < 2 || length > headerEnd - option) return destination;
            if ((type == LOOSE_ROUTE || type == STRICT_ROUTE) && length >= 7 && view.u8(option + 2) < length) {
                return Integer.toUnsignedLong(view.u32(option + length - 4));
            }
            option += length;
        }
        return destination;
    }

    private static void options(Edit edit, int from, int end) {
        Packet view = edit.view;
        int at = from;
        while (at < end) {
            int type = view.u8(at);
            if (type == END_OF_OPTIONS) {
                edit.zero(at, end);
                return;
            }
            if (type == NO_OPERATION) {
                at++;
                continue;
            }
            int length = end - at < 2 ? 0 : view.u8(at + 1);
            if (length < 2 || length > end - at) {
                edit.zero(at, end); // malformed; as zeros they end the options
                return;
            }
            switch (type) {
                case RECORD_ROUTE, LOOSE_ROUTE, STRICT_ROUTE -> {
                    for (int next = at + 3; at + length - next >= 4; next += 4) edit.ipv4(next);
                }
                case TIMESTAMP -> {
                    if (length >= 4 && (view.u8(at + 3) & 0xf) != TIMESTAMP_ONLY) {
                        for (int next = at + 4; at + length - next >= 8; next += 8) edit.ipv4(next);
                    }
                }
                default -> edit.zero(at + 2, at + length);
            }
            at += length;
        }
    }

    /** The same for IPv6. */
    static void ipv6(Edit edit, int at, int end) {
        if (!edit.deeper(at)) return;
        Packet view = edit.view;
        if (Ipv6.check(view, at, edit.available(at, end)) != Verdict.OK) {
            edit.clear(at);
            return;
        }
        int payloadLength = Ipv6.payloadLength(view, at);
        int packetEnd = payloadLength == 0 ? end : at + Ipv6.LENGTH + payloadLength;
        var headers = new ExtensionHeaders(at);
        if (!headers.read(edit, Math.min(packetEnd, end))) return;
        long before = headers.pseudoHeader(view);
        headers.rewrite(edit);
        long after = headers.pseudoHeader(view);
        int from = headers.end;
        if (headers.later) {
            edit.payload(from, Math.min(packetEnd, end));
        } else {
            TransportRewriter.upper(
                    edit,
                    headers.protocol,
                    from,
                    new Span(Math.min(packetEnd, end), packetEnd, headers.more, before, after));
        }
        if (packetEnd < end) edit.payload(packetEnd, end);
    }

    /** The chain of headers of an IPv6 packet, read before anything in it is changed. */
    private static final class ExtensionHeaders {
        private final int at;
        private int source;
        private int destination;
        private int protocol;
        private int end;
        private boolean more;
        private boolean later;

        ExtensionHeaders(int at) {
            this.at = at;
            source = at + 8;
            destination = at + 24;
        }

        /** Walks to the transport; false if a header is not whole, and then all is cleared from the IPv6 header on. */
        boolean read(Edit edit, int limit) {
            Packet view = edit.view;
            protocol = Ipv6.nextHeader(view, at);
            end = at + Ipv6.LENGTH;
            while (!later) {
                int available = edit.available(end, limit);
                switch (protocol) {
                    case IpProtocol.IPV6_FRAGMENT -> {
                        if (Ipv6Fragment.check(view, end, available) != Verdict.OK) return cut(edit);
                        later = Ipv6Fragment.fragmentOffset(view, end) != 0;
                        more |= Ipv6Fragment.isMoreFragments(view, end);
                        protocol = Ipv6Fragment.nextHeader(view, end);
                        end += Ipv6Fragment.LENGTH;
                    }
                    case IpProtocol.AUTHENTICATION_HEADER -> {
                        if (AuthenticationHeader.check(view, end, available) != Verdict.OK) return cut(edit);
                        protocol = AuthenticationHeader.nextHeader(view, end);
                        end += AuthenticationHeader.headerLength(view, end);
                    }
                    case IpProtocol.IPV6_HOP_BY_HOP,
                            IpProtocol.IPV6_ROUTING,
                            IpProtocol.IPV6_DESTINATION_OPTIONS,
                            IpProtocol.MOBILITY,
                            IpProtocol.HOST_IDENTITY,
                            IpProtocol.SHIM6 -> {
                        if (Ipv6Extension.check(view, end, available) != Verdict.OK) return cut(edit);
                        int length = Ipv6Extension.headerLength(view, end);
                        if (protocol == IpProtocol.IPV6_ROUTING) routed(view, length);
                        if (protocol == IpProtocol.IPV6_DESTINATION_OPTIONS) homeAddress(view, length);
                        protocol = Ipv6Extension.nextHeader(view, end);
                        end += length;
                    }
                    default -> {
                        return true;
                    }
                }
            }
            return true;
        }

        /** The chain breaks: the addresses in front are mapped, the headers behind go. */
        private boolean cut(Edit edit) {
            edit.ipv6(at + 8);
            edit.ipv6(at + 24);
            edit.clear(at + Ipv6.LENGTH);
            return false;
        }

        /** With segments left the destination for checksums is the last one (RFC 8200 §8.1); SRv6 lists it first. */
        private void routed(Packet view, int length) {
            if (view.u8(end + 3) == 0 || length < ROUTING_HEADER + 16) return;
            boolean firstIsLast = view.u8(end + 2) == SEGMENT_ROUTING;
            int last = (length - ROUTING_HEADER) / 16 - 1;
            destination = end + ROUTING_HEADER + (firstIsLast ? 0 : 16 * last);
        }

        /** RFC 6275 §6.3: the source for checksums is the home address. */
        private void homeAddress(Packet view, int length) {
            for (int option = end + 2; end + length - option >= 2; ) {
                int type = view.u8(option);
                int whole = type == 0 ? 1 : 2 + view.u8(option + 1);
                if (type == HOME_ADDRESS && whole == 18 && end + length - option >= 18) source = option + 2;
                option += whole;
            }
        }

        long pseudoHeader(Packet view) {
            return Checksum.pseudoHeader(
                    view.u64(source), view.u64(source + 8), view.u64(destination), view.u64(destination + 8), 0, 0);
        }

        /** Maps the addresses; bodies of headers that may hold others go. */
        void rewrite(Edit edit) {
            Packet view = edit.view;
            int kind = Ipv6.nextHeader(view, at);
            edit.ipv6(at + 8);
            edit.ipv6(at + 24);
            for (int header = at + Ipv6.LENGTH; header < end; ) {
                int next = view.u8(header);
                int length = switch (kind) {
                    case IpProtocol.IPV6_FRAGMENT -> Ipv6Fragment.LENGTH;
                    case IpProtocol.AUTHENTICATION_HEADER -> AuthenticationHeader.headerLength(view, header);
                    default -> Ipv6Extension.headerLength(view, header);
                };
                switch (kind) {
                    case IpProtocol.IPV6_ROUTING -> {
                        int address = header + ROUTING_HEADER;
                        for (; header + length - address >= 16; address += 16) edit.ipv6(address);
                        edit.zero(address, header + length);
                    }
                    case IpProtocol.IPV6_DESTINATION_OPTIONS -> options(edit, header, length);
                    case IpProtocol.MOBILITY, IpProtocol.HOST_IDENTITY, IpProtocol.SHIM6 ->
                        edit.zero(header + 4, header + length);
                    default -> {} // fragment, authentication and hop-by-hop headers hold no addresses
                }
                kind = next;
                header += length;
            }
        }

        private static void options(Edit edit, int header, int length) {
            Packet view = edit.view;
            for (int option = header + 2; header + length - option >= 2; ) {
                int type = view.u8(option);
                int whole = type == 0 ? 1 : 2 + view.u8(option + 1);
                if (type == HOME_ADDRESS) {
                    if (whole == 18 && header + length - option >= 18) edit.ipv6(option + 2);
                    else edit.zero(option + 2, Math.min(option + whole, header + length));
                }
                option += whole;
            }
        }
    }

    /**
     * Where what an IP packet carries ends, and what checksums in it are made with.
     *
     * @param end where it ends, at the latest where what surrounds it does
     * @param promised where it ends by its own word
     * @param fragment whether more fragments follow, so that checksums cover more than is here
     * @param pseudoBefore sum of both addresses before they changed
     * @param pseudoAfter sum of both addresses now
     */
    record Span(int end, int promised, boolean fragment, long pseudoBefore, long pseudoAfter) {
        /** Is all that the packet carries among the captured bytes? */
        boolean isWhole(Edit edit) {
            return !fragment && promised <= end && promised <= edit.captured();
        }
    }
}
