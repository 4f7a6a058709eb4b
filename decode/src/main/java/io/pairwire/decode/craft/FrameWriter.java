package io.pairwire.decode.craft;

import io.pairwire.decode.wire.Checksum;
import io.pairwire.decode.wire.EtherType;
import io.pairwire.decode.wire.IpProtocol;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** Writes the headers of a {@link Frame} from the outside in, in one array. */
final class FrameWriter {
    private static final int MPLS_BOTTOM = 1 << 8;
    private static final int AF_INET = 2;
    private static final int AF_INET6_DARWIN = 30;

    private final Frame frame;
    private final byte[] bytes;
    private final int end; // of what the headers speak of; padding follows
    private int at;

    private FrameWriter(Frame frame, int linkLength) {
        this.frame = frame;
        end = linkLength + 4 * (frame.tags.length + frame.labels.length) + networkLength(frame);
        bytes = new byte[Math.max(end, frame.padTo)];
    }

    static byte[] ethernet(Frame frame) {
        var writer = new FrameWriter(frame, 14);
        writer.u48(frame.destinationMac);
        writer.u48(frame.sourceMac);
        writer.u16(writer.outermostType());
        return writer.rest();
    }

    static byte[] linuxCooked(Frame frame) {
        var writer = new FrameWriter(frame, 16);
        writer.u16(0); // packet type: to us
        writer.u16(1); // ARPHRD_ETHER
        writer.u16(6); // length of the address
        writer.u48(frame.sourceMac);
        writer.u16(0); // the address field has eight bytes
        writer.u16(writer.outermostType());
        return writer.rest();
    }

    static byte[] linuxCooked2(Frame frame) {
        var writer = new FrameWriter(frame, 20);
        writer.u16(writer.outermostType());
        writer.u16(0); // reserved
        writer.u32(1); // interface index
        writer.u16(1); // ARPHRD_ETHER
        writer.u16(6); // packet type: to us; length of the address
        writer.u48(frame.sourceMac);
        writer.u16(0); // the address field has eight bytes
        return writer.rest();
    }

    static byte[] raw(Frame frame) {
        return onlyIp(frame, 0).rest();
    }

    static byte[] nullLoopback(Frame frame, ByteOrder order) {
        FrameWriter writer = onlyIp(frame, 4);
        int family = frame.ipv6 ? AF_INET6_DARWIN : AF_INET;
        writer.u32(order == ByteOrder.BIG_ENDIAN ? family : Integer.reverseBytes(family));
        return writer.rest();
    }

    private static FrameWriter onlyIp(Frame frame, int linkLength) {
        if (frame.etherType != 0) {
            throw new IllegalStateException(
                    "this link type carries IP only, not EtherType 0x" + Integer.toHexString(frame.etherType));
        }
        if (frame.tags.length + frame.labels.length > 0) {
            throw new IllegalStateException("this link type has no place for VLAN tags and MPLS labels");
        }
        return new FrameWriter(frame, linkLength);
    }

    private static int networkLength(Frame frame) {
        if (frame.etherType == EtherType.ARP) return 28;
        if (frame.etherType != 0) return frame.payloadLength;
        int length = transportHeaderLength(frame) + frame.payloadLength;
        if (!frame.ipv6) return 20 + frame.ipv4Options.length + length;
        for (Frame.Extension extension : frame.extensions) length += extensionLength(extension);
        return 40 + length + (frame.fragment ? 8 : 0);
    }

    private static int extensionLength(Frame.Extension extension) {
        return 2 + extension.body().length + 7 & ~7;
    }

    private static int transportHeaderLength(Frame frame) {
        if (frame.fragmentOffset > 0) return 0;
        return switch (frame.protocol) {
            case IpProtocol.TCP -> 20 + frame.tcpOptions.length;
            case IpProtocol.UDP, IpProtocol.ICMP -> 8;
            case IpProtocol.SCTP -> 12;
            default -> 0;
        };
    }

    private int outermostType() {
        return frame.tags.length > 0 ? tagType(0) : typeBelowTags();
    }

    private int tagType(int index) {
        int chosen = frame.tags[index] >>> 16;
        if (chosen != 0) return chosen;
        return index == frame.tags.length - 1 ? EtherType.VLAN : EtherType.SERVICE_VLAN;
    }

    private int typeBelowTags() {
        if (frame.labels.length > 0) return EtherType.MPLS;
        if (frame.etherType != 0) return frame.etherType;
        return frame.ipv6 ? EtherType.IPV6 : EtherType.IPV4;
    }

    /** Everything above the link header. */
    private byte[] rest() {
        for (int i = 0; i < frame.tags.length; i++) {
            u16(frame.tags[i]);
            u16(i + 1 < frame.tags.length ? tagType(i + 1) : typeBelowTags());
        }
        for (int i = 0; i < frame.labels.length; i++) {
            u32(frame.labels[i] << 12 | (i + 1 == frame.labels.length ? MPLS_BOTTOM : 0) | 64);
        }
        if (frame.etherType == EtherType.ARP) {
            arp();
        } else if (frame.etherType != 0) {
            payload();
        } else {
            if (frame.ipv6) ipv6();
            else ipv4();
            transport();
        }
        for (int i = end; i < bytes.length; i++) bytes[i] = (byte) frame.padding.getAsInt();
        return bytes;
    }

    private void arp() {
        u16(1); // Ethernet
        u16(EtherType.IPV4);
        u16(0x0604); // lengths of the addresses
        u16(frame.reply ? 2 : 1);
        u48(frame.sourceMac);
        u32((int) frame.sourceLow);
        u48(frame.reply ? frame.destinationMac : 0);
        u32((int) frame.destinationLow);
    }

    private void ipv4() {
        int start = at;
        int headerLength = 20 + frame.ipv4Options.length;
        u8(0x40 | headerLength / 4);
        u8(frame.trafficClass);
        u16(lengthField(end - start));
        u16(frame.identification);
        u16((frame.fragment && frame.moreFragments ? 0x2000 : 0) | frame.fragmentOffset / 8);
        u8(frame.ttl);
        u8(frame.protocol);
        u16(0);
        u32((int) frame.sourceLow);
        u32((int) frame.destinationLow);
        bytes(frame.ipv4Options, 0, frame.ipv4Options.length);
        putU16(start + 10, Checksum.fold(Checksum.sum(bytes, start, headerLength)));
    }

    private void ipv6() {
        u32(6 << 28 | frame.trafficClass << 20);
        u16(lengthField(end - at - 36)); // four of the forty bytes are written
        int nextHeader = at;
        u8(0);
        u8(frame.ttl);
        u64(frame.sourceHigh);
        u64(frame.sourceLow);
        u64(frame.destinationHigh);
        u64(frame.destinationLow);
        for (Frame.Extension extension : frame.extensions) {
            bytes[nextHeader] = (byte) extension.kind();
            nextHeader = at;
            extension(extension);
        }
        if (frame.fragment) {
            bytes[nextHeader] = IpProtocol.IPV6_FRAGMENT;
            nextHeader = at;
            u16(0);
            u16(frame.fragmentOffset | (frame.moreFragments ? 1 : 0));
            u32(frame.identification);
        }
        bytes[nextHeader] = (byte) protocol();
    }

    private void extension(Frame.Extension extension) {
        int length = extensionLength(extension);
        int next = at + length;
        u8(0);
        u8(
                switch (extension.kind()) {
                    case IpProtocol.AUTHENTICATION_HEADER -> length / 4 - 2; // RFC 4302 §2.2
                    case IpProtocol.IPV6_FRAGMENT -> 0; // reserved there
                    default -> length / 8 - 1;
                });
        bytes(extension.body(), 0, extension.body().length);
        at = next;
    }

    private int lengthField(int length) {
        if (frame.ipLength != Frame.COMPUTED) return frame.ipLength;
        if (length > 0xffff) throw new IllegalStateException("IP packet of " + length + " bytes, at most 65535");
        return length;
    }

    private int protocol() {
        return frame.ipv6 && frame.protocol == IpProtocol.ICMP ? IpProtocol.ICMPV6 : frame.protocol;
    }

    private void transport() {
        int start = at;
        if (frame.fragmentOffset == 0) {
            switch (frame.protocol) {
                case IpProtocol.TCP -> tcp();
                case IpProtocol.UDP -> udp();
                case IpProtocol.SCTP -> sctp();
                case IpProtocol.ICMP -> echo();
                default -> {}
            }
        }
        payload();
        if (frame.fragmentOffset > 0) return;
        switch (frame.protocol) {
            case IpProtocol.TCP -> putU16(start + 16, checksum(start, true));
            case IpProtocol.UDP -> {
                int checksum = checksum(start, true);
                // RFC 768: a computed zero is sent as all ones, because zero means none
                putU16(start + 6, checksum == 0 && frame.checksum == Frame.COMPUTED ? 0xffff : checksum);
            }
            case IpProtocol.ICMP -> putU16(start + 2, checksum(start, frame.ipv6));
            case IpProtocol.SCTP -> {
                var crc = new CRC32C();
                crc.update(bytes, start, end - start);
                putU32(start + 8, Integer.reverseBytes((int) crc.getValue())); // RFC 9260 appendix A
            }
            default -> {}
        }
    }

    private void udp() {
        int length = end - at;
        u16(frame.sourcePort);
        u16(frame.destinationPort);
        u16(frame.udpLength == Frame.COMPUTED ? length : frame.udpLength);
        u16(0);
    }

    private void tcp() {
        u16(frame.sourcePort);
        u16(frame.destinationPort);
        u32((int) frame.sequence);
        u32((int) frame.acknowledgment);
        u16((20 + frame.tcpOptions.length) / 4 << 12 | frame.flags & 0x0fff);
        u16(frame.window);
        u32(0); // checksum, urgent pointer
        bytes(frame.tcpOptions, 0, frame.tcpOptions.length);
    }

    private void sctp() {
        u16(frame.sourcePort);
        u16(frame.destinationPort);
        u32((int) frame.sequence); // verification tag
        u32(0);
    }

    private void echo() {
        u8(frame.ipv6 ? (frame.reply ? 129 : 128) : (frame.reply ? 0 : 8));
        u8(0);
        u16(0);
        u16(frame.echoIdentifier);
        u16(frame.echoSequence);
    }

    private void payload() {
        bytes(frame.payload, frame.payloadFrom, frame.payloadLength);
    }

    private int checksum(int start, boolean pseudoHeader) {
        if (frame.checksum != Frame.COMPUTED) return frame.checksum;
        long sum = Checksum.sum(bytes, start, end - start);
        if (pseudoHeader) {
            sum += Checksum.pseudoHeader(
                    frame.sourceHigh,
                    frame.sourceLow,
                    frame.destinationHigh,
                    frame.destinationLow,
                    protocol(),
                    end - start);
        }
        return Checksum.fold(sum);
    }

    private void bytes(byte[] from, int fromAt, int length) {
        System.arraycopy(from, fromAt, bytes, at, length);
        at += length;
    }

    private void u8(int value) {
        bytes[at++] = (byte) value;
    }

    private void u16(int value) {
        putU16(at, value);
        at += 2;
    }

    private void u32(int value) {
        putU32(at, value);
        at += 4;
    }

    private void u48(long value) {
        u16((int) (value >>> 32));
        u32((int) value);
    }

    private void u64(long value) {
        u32((int) (value >>> 32));
        u32((int) value);
    }

    private void putU16(int to, int value) {
        bytes[to] = (byte) (value >>> 8);
        bytes[to + 1] = (byte) value;
    }

    private void putU32(int to, int value) {
        putU16(to, value >>> 16);
        putU16(to + 2, value);
    }
}
