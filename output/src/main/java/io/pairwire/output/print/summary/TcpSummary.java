package io.pairwire.output.print.summary;

import io.pairwire.capture.Packet;
import io.pairwire.decode.wire.Checksum;
import io.pairwire.decode.wire.IpProtocol;
import io.pairwire.decode.wire.Ipv4;
import io.pairwire.decode.wire.Ipv6;
import io.pairwire.decode.wire.Tcp;
import io.pairwire.output.print.Line;

/** TCP, RFC 9293: flags, sequence numbers counted from the first of the connection, options. */
final class TcpSummary {
    private static final int PORTS = 4;
    private static final int ACCURATE_ECN = 0x100;

    private TcpSummary() {}

    static void print(Walk walk, int at, int length, boolean fragmented) {
        Packet packet = walk.packet;
        Line line = walk.line;
        if (!walk.has(at, PORTS)) {
            if (walk.ipVersion != 0 && !walk.bare) walk.addresses();
            walk.cut("tcp");
            return;
        }
        walk.endpoints(Tcp.sourcePort(packet, at), Tcp.destinationPort(packet, at), IpProtocol.TCP);
        if (!walk.has(at, Tcp.LENGTH)) {
            walk.cut("tcp");
            return;
        }
        int headerLength = Tcp.headerLength(packet, at);
        if (headerLength < Tcp.LENGTH) {
            line.text(" tcp ").decimal(length - headerLength);
            line.text(" [bad hdr length ").decimal(headerLength).text(", too short, < 20]");
            return;
        }
        int payload = length - headerLength;
        if (walk.style.quick()) {
            line.text("tcp ").decimal(payload);
            if (payload < 0)
                line.text(" [bad hdr length ").decimal(headerLength).text(", too long]");
            return;
        }
        int flags = Tcp.flags(packet, at);
        flags(flags, line);
        if (payload < 0) {
            line.text(" [bad hdr length ")
                    .decimal(headerLength)
                    .text(" - too long, > ")
                    .decimal(length)
                    .text(']');
            return;
        }
        if (walk.style.verbose() || walk.style.checksums()) checksum(walk, at, length, fragmented);
        int acknowledgmentFrom = numbers(walk, at, flags, payload);
        if (headerLength > Tcp.LENGTH) TcpOptions.print(walk, at + Tcp.LENGTH, at + headerLength, acknowledgmentFrom);
        line.text(", length ").decimal(payload);
        if (payload > 0) {
            int payloadAt = at + headerLength;
            ApplicationNames.tcp(walk, Tcp.sourcePort(packet, at), Tcp.destinationPort(packet, at), payloadAt);
        }
    }

    private static void flags(int flags, Line line) {
        line.text("Flags [");
        if ((flags & (ACCURATE_ECN | 0xff)) == 0) line.text("none");
        if ((flags & Tcp.FIN) != 0) line.text('F');
        if ((flags & Tcp.SYN) != 0) line.text('S');
        if ((flags & Tcp.RST) != 0) line.text('R');
        if ((flags & Tcp.PSH) != 0) line.text('P');
        if ((flags & Tcp.ACK) != 0) line.text('.');
        if ((flags & Tcp.URG) != 0) line.text('U');
        if ((flags & Tcp.ECE) != 0) line.text('E');
        if ((flags & Tcp.CWR) != 0) line.text('W');
        if ((flags & ACCURATE_ECN) != 0) line.text('e');
        line.text(']');
    }

    /** Answers what is subtracted from numbers of the other direction. */
    private static int numbers(Walk walk, int at, int flags, int payload) {
        Packet packet = walk.packet;
        Line line = walk.line;
        int sequence = (int) Tcp.sequence(packet, at);
        int acknowledgment = (int) Tcp.acknowledgment(packet, at);
        int acknowledgmentFrom = 0;
        boolean acknowledges = (flags & Tcp.ACK) != 0;
        if (!walk.style.absolute() && acknowledges && walk.ipVersion != 0 && relative(walk, at, flags)) {
            sequence -= walk.sequences.sequenceFrom;
            acknowledgmentFrom = walk.sequences.acknowledgmentFrom;
            acknowledgment -= acknowledgmentFrom;
        }
        if (walk.style.verbosity() > 1 || payload > 0 || (flags & (Tcp.SYN | Tcp.FIN | Tcp.RST)) != 0) {
            line.text(", seq ").decimal(Integer.toUnsignedLong(sequence));
            if (payload > 0) line.text(':').decimal(Integer.toUnsignedLong(sequence + payload));
        }
        if (acknowledges) line.text(", ack ").decimal(Integer.toUnsignedLong(acknowledgment));
        line.text(", win ").decimal(Tcp.window(packet, at));
        if ((flags & Tcp.URG) != 0) line.text(", urg ").decimal(Tcp.urgentPointer(packet, at));
        return acknowledgmentFrom;
    }

    private static boolean relative(Walk walk, int at, int flags) {
        Packet packet = walk.packet;
        int ip = walk.ipAt;
        long ports = Integer.toUnsignedLong(packet.u32(at));
        boolean syn = (flags & Tcp.SYN) != 0;
        int sequence = (int) Tcp.sequence(packet, at);
        int acknowledgment = (int) Tcp.acknowledgment(packet, at);
        return walk.ipVersion == 4
                ? walk.sequences.find(
                        0,
                        Ipv4.source(packet, ip),
                        0,
                        Ipv4.destination(packet, ip),
                        ports | 1L << 32,
                        syn,
                        sequence,
                        acknowledgment)
                : walk.sequences.find(
                        Ipv6.sourceHigh(packet, ip),
                        Ipv6.sourceLow(packet, ip),
                        Ipv6.destinationHigh(packet, ip),
                        Ipv6.destinationLow(packet, ip),
                        ports,
                        syn,
                        sequence,
                        acknowledgment);
    }

    private static void checksum(Walk walk, int at, int length, boolean fragmented) {
        Line line = walk.line;
        int found = Tcp.checksum(walk.packet, at);
        line.text(", cksum 0x").hex(found, 4);
        if (fragmented || !walk.has(at, length) || walk.ipVersion == 0) return;
        long sum = IpSummary.pseudoHeader(walk, IpProtocol.TCP, length) + Checksum.sum(walk.packet, at, length);
        if (Checksum.fold(sum) == 0) line.text(" (correct)");
        else line.text(" (incorrect -> 0x").hex(Checksum.fold(sum - found), 4).text(')');
    }
}
