package io.pairwire.decode;

import io.pairwire.capture.Packet;
import io.pairwire.decode.wire.Checksum;
import io.pairwire.decode.wire.Crc32c;
import io.pairwire.decode.wire.Dccp;
import io.pairwire.decode.wire.Gre;
import io.pairwire.decode.wire.IpProtocol;
import io.pairwire.decode.wire.Ipv4;
import io.pairwire.decode.wire.Ipv6;
import io.pairwire.decode.wire.Ipv6Fragment;
import io.pairwire.decode.wire.Ipv6Options;
import io.pairwire.decode.wire.Ipv6Routing;
import io.pairwire.decode.wire.Pim;
import io.pairwire.decode.wire.Sctp;
import io.pairwire.decode.wire.Udp;
import io.pairwire.decode.wire.UdpLite;

/**
 * Verifies the checksums of headers, when somebody asks: IPv4, TCP, UDP, UDP-Lite, DCCP, SCTP, ICMP, ICMPv6, IGMP, PIM and GRE,
 * also inside tunnels. Reads every byte that a checksum covers, so it costs what the packet is long.
 *
 * <p>Not thread-safe; one a thread. Allocates nothing.
 */
public final class Checksums {
    private final Ipv6Options options = new Ipv6Options();

    private long sourceHigh;
    private long sourceLow;
    private long destinationHigh;
    private long destinationLow;

    /** Ready to verify. */
    public Checksums() {}

    /**
     * Verifies the checksum of one layer.
     *
     * @param layers what a decoder found in this packet
     * @throws IndexOutOfBoundsException unless {@code index} is from 0 to {@link Layers#depth()} - 1
     */
    public ChecksumVerdict verify(Packet packet, Layers layers, int index) {
        int at = layers.at(index);
        return switch (layers.kind(index)) {
            case IPV4 -> ipv4(packet, at);
            case TCP -> whole(packet, layers, index, IpProtocol.TCP, 16);
            case UDP -> udp(packet, layers, index);
            case UDP_LITE -> udpLite(packet, layers, index);
            case DCCP -> dccp(packet, layers, index);
            case SCTP -> sctp(packet, layers, index);
            case ICMP, IGMP -> whole(packet, layers, index, 0, 2);
            case ICMPV6 -> whole(packet, layers, index, IpProtocol.ICMPV6, 2);
            case PIM -> pim(packet, layers, index);
            case GRE -> gre(packet, layers, index);
            default -> ChecksumVerdict.ABSENT;
        };
    }

    private static ChecksumVerdict ipv4(Packet packet, int at) {
        if (Checksum.fold(Checksum.sum(packet, at, Ipv4.headerLength(packet, at))) == 0) return ChecksumVerdict.VALID;
        return Ipv4.checksum(packet, at) == 0 ? ChecksumVerdict.ABSENT : ChecksumVerdict.INVALID;
    }

    private ChecksumVerdict udp(Packet packet, Layers layers, int index) {
        int at = layers.at(index);
        if (Udp.checksum(packet, at) == 0) return ChecksumVerdict.ABSENT; // in IPv6 only tunnels may (RFC 6935)
        int length = Udp.datagramLength(packet, at);
        int ip = layers.ipAround(index);
        if (length == 0) return whole(packet, layers, index, IpProtocol.UDP, 6);
        if (!isCovered(packet, layers, ip, index, length)) return ChecksumVerdict.NOT_COVERED;
        return sum(packet, layers, ip, index, IpProtocol.UDP, length, length, 6);
    }

    private ChecksumVerdict udpLite(Packet packet, Layers layers, int index) {
        int ip = layers.ipAround(index);
        int length = length(packet, layers, index);
        int coverage = UdpLite.coverage(packet, layers.at(index));
        int covered = coverage == 0 ? length : coverage;
        if (covered > length) return ChecksumVerdict.INVALID;
        if (!isCovered(packet, layers, ip, index, covered)) return ChecksumVerdict.NOT_COVERED;
        return sum(packet, layers, ip, index, IpProtocol.UDP_LITE, length, covered, 6);
    }

    private ChecksumVerdict dccp(Packet packet, Layers layers, int index) {
        int at = layers.at(index);
        int ip = layers.ipAround(index);
        int length = length(packet, layers, index);
        int coverage = Dccp.coverage(packet, at);
        int covered = coverage == 0 ? length : Dccp.headerLength(packet, at) + (coverage - 1) * 4;
        if (covered > length) return ChecksumVerdict.INVALID; // RFC 4340 §9.2
        if (!isCovered(packet, layers, ip, index, covered)) return ChecksumVerdict.NOT_COVERED;
        return sum(packet, layers, ip, index, IpProtocol.DCCP, length, covered, 6);
    }

    private static ChecksumVerdict sctp(Packet packet, Layers layers, int index) {
        int at = layers.at(index);
        int length = length(packet, layers, index);
        if (!isCovered(packet, layers, layers.ipAround(index), index, length)) return ChecksumVerdict.NOT_COVERED;
        int checksum = Sctp.checksum(packet, at);
        int sum = Crc32c.add(Crc32c.begin(), packet, at, Sctp.LENGTH - 4);
        for (int i = 0; i < 4; i++) sum = Crc32c.addByte(sum, 0); // the field counts as zero
        sum = Crc32c.end(Crc32c.add(sum, packet, at + Sctp.LENGTH, length - Sctp.LENGTH));
        if (sum == checksum) return ChecksumVerdict.VALID;
        return checksum == 0 ? ChecksumVerdict.ABSENT : ChecksumVerdict.INVALID; // 0: left to the card, or RFC 9653
    }

    private static ChecksumVerdict gre(Packet packet, Layers layers, int index) {
        int at = layers.at(index);
        if (!Gre.hasChecksum(packet, at)) return ChecksumVerdict.ABSENT;
        int ip = layers.ipAround(index);
        int length = length(packet, layers, index);
        if (!isCovered(packet, layers, ip, index, length)) return ChecksumVerdict.NOT_COVERED;
        return Checksum.fold(Checksum.sum(packet, at, length)) == 0 ? ChecksumVerdict.VALID : ChecksumVerdict.INVALID;
    }

    /** Of a register the header alone counts, for the pseudo header as well; only IPv6 has one (RFC 7761 §4.9). */
    private ChecksumVerdict pim(Packet packet, Layers layers, int index) {
        int at = layers.at(index);
        int ip = layers.ipAround(index);
        int length = Pim.isRegister(packet, at) ? Pim.REGISTER_LENGTH : length(packet, layers, index);
        if (!isCovered(packet, layers, ip, index, length)) return ChecksumVerdict.NOT_COVERED;
        int protocol = ip >= 0 && layers.kind(ip) == Layer.IPV6 ? IpProtocol.PIM : 0;
        return sum(packet, layers, ip, index, protocol, length, length, 2);
    }

    /** A checksum over everything from the header to the end of the IP packet; with a pseudo header if there is a protocol. */
    private ChecksumVerdict whole(Packet packet, Layers layers, int index, int protocol, int field) {
        int ip = layers.ipAround(index);
        int length = length(packet, layers, index);
        if (!isCovered(packet, layers, ip, index, length)) return ChecksumVerdict.NOT_COVERED;
        return sum(packet, layers, ip, index, protocol, length, length, field);
    }

    private ChecksumVerdict sum(
            Packet packet, Layers layers, int ip, int index, int protocol, int length, int covered, int field) {
        int at = layers.at(index);
        long pseudo = 0;
        if (protocol != 0) {
            addresses(packet, layers, ip, index);
            pseudo = Checksum.pseudoHeader(sourceHigh, sourceLow, destinationHigh, destinationLow, protocol, length);
        }
        if (Checksum.fold(pseudo + Checksum.sum(packet, at, covered)) == 0) return ChecksumVerdict.VALID;
        int found = packet.u16(at + field);
        boolean left = protocol != 0 && found == (~Checksum.fold(pseudo) & 0xffff); // for the network card to finish
        return found == 0 && protocol != IpProtocol.UDP_LITE || left ? ChecksumVerdict.ABSENT : ChecksumVerdict.INVALID;
    }

    /** Bytes from the header of a transport to the end of its IP packet, by the word of IP. */
    private static int length(Packet packet, Layers layers, int index) {
        int ip = layers.ipAround(index);
        int at = layers.at(index);
        if (ip < 0) return IpHeaders.endOf(packet, layers, index) - at;
        int ipAt = layers.at(ip);
        int said = layers.kind(ip) == Layer.IPV4 ? Ipv4.totalLength(packet, ipAt) : IpHeaders.ipv6Length(packet, ipAt);
        return said == 0 ? IpHeaders.endOf(packet, layers, ip) - at : ipAt + said - at;
    }

    /** Are all of {@code length} bytes here, in one piece? */
    private static boolean isCovered(Packet packet, Layers layers, int ip, int index, int length) {
        int end = index == 0 ? packet.capturedLength() : IpHeaders.endOf(packet, layers, index - 1);
        if (length > Math.min(end, packet.capturedLength()) - layers.at(index)) return false;
        if (ip < 0) return true;
        int ipAt = layers.at(ip);
        if (layers.kind(ip) == Layer.IPV4) {
            return !Ipv4.isMoreFragments(packet, ipAt) && Ipv4.fragmentOffset(packet, ipAt) == 0;
        }
        for (int i = ip + 1; i < index; i++) {
            if (layers.kind(i) != Layer.IPV6_FRAGMENT) continue;
            int at = layers.at(i);
            if (Ipv6Fragment.isMoreFragments(packet, at) || Ipv6Fragment.fragmentOffset(packet, at) != 0) return false;
        }
        return true;
    }

    /** The addresses of the pseudo header: those of the two ends, not of a station between (RFC 8200 §8.1, RFC 6275 §11.3.1). */
    private void addresses(Packet packet, Layers layers, int ip, int index) {
        int at = layers.at(ip);
        if (layers.kind(ip) == Layer.IPV4) {
            sourceHigh = 0;
            sourceLow = Ipv4.source(packet, at);
            destinationHigh = 0;
            destinationLow = Ipv4.destination(packet, at);
            return;
        }
        sourceHigh = Ipv6.sourceHigh(packet, at);
        sourceLow = Ipv6.sourceLow(packet, at);
        destinationHigh = Ipv6.destinationHigh(packet, at);
        destinationLow = Ipv6.destinationLow(packet, at);
        for (int i = ip + 1; i < index; i++) {
            if (layers.kind(i) == Layer.IPV6_ROUTING) lastStation(packet, layers.at(i));
            else if (layers.kind(i) == Layer.IPV6_DESTINATION_OPTIONS) homeAddress(packet, layers.at(i));
        }
    }

    private void lastStation(Packet packet, int at) {
        int last = Ipv6Routing.lastStation(packet, at);
        if (Ipv6Routing.segmentsLeft(packet, at) == 0 || last < 0 || last >= Ipv6Routing.addresses(packet, at)) return;
        destinationHigh = Ipv6Routing.addressHigh(packet, at, last);
        destinationLow = Ipv6Routing.addressLow(packet, at, last);
    }

    private void homeAddress(Packet packet, int at) {
        for (options.moveTo(packet, at); options.next(); ) {
            if (options.type() != Ipv6Options.HOME_ADDRESS) continue;
            sourceHigh = options.homeAddressHigh();
            sourceLow = options.homeAddressLow();
        }
    }
}
