package io.pairwire.output.print.summary;

import io.pairwire.capture.Packet;
import io.pairwire.decode.wire.Checksum;
import io.pairwire.decode.wire.Ipv4;
import io.pairwire.decode.wire.Ipv6;
import io.pairwire.output.print.Line;
import java.io.IOException;

/** IPv4, RFC 791: its fields where they are wanted, then what it carries. */
final class IpSummary {
    private static final String[] CONGESTION = {"", ",ECT(1)", ",ECT(0)", ",CE"};

    private IpSummary() {}

    static void print(Walk walk, int at, int length) throws IOException {
        if (!walk.style.linkHeader()) walk.line.text("IP ");
        inside(walk, at, length);
    }

    /** Without the word in front: where a header around it has said already that IP follows. */
    static void inside(Walk walk, int at, int length) throws IOException {
        if (!walk.enter()) return;
        Packet packet = walk.packet;
        Line line = walk.line;
        if (!walk.has(at, Ipv4.LENGTH)) {
            line.text("[|ip]");
            return;
        }
        if (Ipv4.version(packet, at) != 4) {
            line.text("IP").decimal(Ipv4.version(packet, at)).text(" (invalid)");
            return;
        }
        int headerLength = Ipv4.headerLength(packet, at);
        int total = Ipv4.totalLength(packet, at);
        if (headerLength < Ipv4.LENGTH) {
            line.text("bad-hlen ").decimal(headerLength);
            return;
        }
        if (total == 0) total = length; // segmentation offload fills it in later
        if (total > length) line.text("truncated-ip - ").decimal(total - length).text(" bytes missing! ");
        if (total < headerLength) {
            line.text("bad-len ").decimal(total);
            return;
        }
        int outerEnd = walk.end;
        int outerVersion = walk.ipVersion;
        int outerAt = walk.ipAt;
        boolean outerBare = walk.bare;
        walk.end = Math.min(outerEnd, at + total);
        walk.ipVersion = 4;
        walk.ipAt = at;
        walk.bare = false;
        if (walk.style.verbose()) fields(walk, at, headerLength, total);
        else if (walk.style.checksums()) headerChecksum(walk, at, headerLength, " [", "] ");
        int protocol = Ipv4.protocol(packet, at);
        if (Ipv4.fragmentOffset(packet, at) == 0) {
            boolean first = Ipv4.isMoreFragments(packet, at);
            Upper.print(walk, protocol, at + headerLength, total - headerLength, first);
        } else {
            walk.addresses();
            if (walk.style.numeric()) line.text(" ip-proto-").decimal(protocol);
            else line.text(' ').text(IpNames.of(protocol).toLowerCase(java.util.Locale.ROOT));
        }
        walk.end = outerEnd;
        walk.ipVersion = outerVersion;
        walk.ipAt = outerAt;
        walk.bare = outerBare;
    }

    private static void fields(Walk walk, int at, int headerLength, int total) {
        Packet packet = walk.packet;
        Line line = walk.line;
        int service = Ipv4.trafficClass(packet, at);
        line.text("(tos 0x").hex(service).text(CONGESTION[service & 3]);
        line.text(", ttl ").decimal(Ipv4.ttl(packet, at));
        line.text(", id ").decimal(Ipv4.identification(packet, at));
        line.text(", offset ").decimal(Ipv4.fragmentOffset(packet, at));
        line.text(", flags [").text(flags(packet, at)).text("], proto ");
        int protocol = Ipv4.protocol(packet, at);
        line.text(IpNames.of(protocol))
                .text(" (")
                .decimal(protocol)
                .text("), length ")
                .decimal(total);
        if (headerLength > Ipv4.LENGTH) IpOptions.print(walk, at + Ipv4.LENGTH, at + headerLength);
        headerChecksum(walk, at, headerLength, ", ", "");
        line.text(")\n    ");
    }

    private static String flags(Packet packet, int at) {
        boolean more = Ipv4.isMoreFragments(packet, at);
        boolean dont = Ipv4.isDontFragment(packet, at);
        if (more) return dont ? "+, DF" : "+";
        return dont ? "DF" : "none";
    }

    private static void headerChecksum(Walk walk, int at, int headerLength, String before, String after) {
        if (!walk.has(at, headerLength)) return;
        int wrong = Checksum.fold(Checksum.sum(walk.packet, at, headerLength));
        if (wrong == 0) return;
        int found = Ipv4.checksum(walk.packet, at);
        int right = Checksum.fold(Checksum.sum(walk.packet, at, headerLength) - found);
        walk.line
                .text(before)
                .text("bad cksum ")
                .hex(found)
                .text(" (->")
                .hex(right)
                .text(")!")
                .text(after);
    }

    /** The source of the IP header at hand. */
    static void source(Walk walk) {
        if (walk.ipVersion == 4) walk.line.ipv4(Ipv4.source(walk.packet, walk.ipAt));
        else walk.line.ipv6(Ipv6.sourceHigh(walk.packet, walk.ipAt), Ipv6.sourceLow(walk.packet, walk.ipAt));
    }

    /** The destination of the IP header at hand. */
    static void destination(Walk walk) {
        Packet packet = walk.packet;
        if (walk.ipVersion == 4) walk.line.ipv4(Ipv4.destination(packet, walk.ipAt));
        else walk.line.ipv6(Ipv6.destinationHigh(packet, walk.ipAt), Ipv6.destinationLow(packet, walk.ipAt));
    }

    /** What the pseudo header adds to the checksum of a transport of that length. */
    static long pseudoHeader(Walk walk, int protocol, int length) {
        Packet packet = walk.packet;
        int at = walk.ipAt;
        return walk.ipVersion == 4
                ? Checksum.pseudoHeader(0, Ipv4.source(packet, at), 0, Ipv4.destination(packet, at), protocol, length)
                : Checksum.pseudoHeader(
                        Ipv6.sourceHigh(packet, at),
                        Ipv6.sourceLow(packet, at),
                        Ipv6.destinationHigh(packet, at),
                        Ipv6.destinationLow(packet, at),
                        protocol,
                        length);
    }
}
