package io.pairwire.output.print.summary;

import io.pairwire.capture.Packet;
import io.pairwire.decode.wire.Checksum;
import io.pairwire.decode.wire.IpProtocol;
import io.pairwire.decode.wire.Udp;
import io.pairwire.output.print.Line;
import java.io.IOException;

/** UDP, RFC 768, and VXLAN in it, RFC 7348. */
final class UdpSummary {
    private static final int PORTS = 4;
    private static final int VXLAN_PORT = 4789;
    private static final int VXLAN_LENGTH = 8;
    private static final int VXLAN_HAS_NETWORK = 0x08;

    private UdpSummary() {}

    static void print(Walk walk, int at, int length, boolean fragmented) throws IOException {
        Packet packet = walk.packet;
        Line line = walk.line;
        if (!walk.has(at, PORTS)) {
            if (walk.ipVersion != 0 && !walk.bare) walk.addresses();
            walk.cut("udp");
            return;
        }
        walk.endpoints(Udp.sourcePort(packet, at), Udp.destinationPort(packet, at), IpProtocol.UDP);
        if (!walk.has(at, Udp.LENGTH)) {
            walk.cut("udp");
            return;
        }
        int said = Udp.datagramLength(packet, at);
        if (said == 0) said = length; // a jumbogram, RFC 2675
        if (said < Udp.LENGTH) {
            line.text("truncated-udplength ").decimal(said);
            return;
        }
        if (checksumWanted(walk)) checksum(walk, at, said, length, fragmented);
        int payload = said - Udp.LENGTH;
        int there = Math.min(payload, length - Udp.LENGTH);
        if (!walk.style.quick() && vxlan(walk, at, there)) return;
        if (payload > length - Udp.LENGTH && !fragmented) {
            line.text("UDP, bad length ").decimal(payload).text(" > ").decimal(length - Udp.LENGTH);
        } else {
            line.text("UDP, length ").decimal(payload);
        }
    }

    /** In IPv4, where it is optional, tcpdump tells about it from the second {@code -v} on. */
    private static boolean checksumWanted(Walk walk) {
        return walk.style.checksums() || walk.style.verbosity() > (walk.ipVersion == 6 ? 0 : 1);
    }

    private static void checksum(Walk walk, int at, int said, int length, boolean fragmented) {
        int found = Udp.checksum(walk.packet, at);
        if (found == 0) {
            walk.line.text("[no cksum] ");
        } else if (!fragmented && said <= length && walk.has(at, said) && walk.ipVersion != 0) {
            long sum = IpSummary.pseudoHeader(walk, IpProtocol.UDP, said) + Checksum.sum(walk.packet, at, said);
            if (Checksum.fold(sum) == 0) {
                walk.line.text("[udp sum ok] ");
            } else {
                int right = Checksum.fold(sum - found);
                walk.line
                        .text("[bad udp cksum 0x")
                        .hex(found, 4)
                        .text(" -> 0x")
                        .hex(right, 4)
                        .text("!] ");
            }
        }
    }

    private static boolean vxlan(Walk walk, int at, int payload) throws IOException {
        int header = at + Udp.LENGTH;
        if (Udp.destinationPort(walk.packet, at) != VXLAN_PORT) return false;
        if (payload < VXLAN_LENGTH || !walk.has(header, VXLAN_LENGTH)) return false;
        if (!walk.enter()) return true;
        Line line = walk.line;
        int flags = walk.packet.u8(header);
        line.text("VXLAN, flags [")
                .text((flags & VXLAN_HAS_NETWORK) != 0 ? 'I' : '.')
                .text("] (0x")
                .hex(flags, 2);
        line.text("), vni ").decimal(walk.packet.u32(header + 4) >>> 8).text('\n');
        LinkSummary.ethernet(walk, header + VXLAN_LENGTH, payload - VXLAN_LENGTH);
        return true;
    }
}
