package io.pairwire.decode.craft;

import io.pairwire.decode.wire.EtherType;
import io.pairwire.decode.wire.IpProtocol;
import java.net.InetAddress;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.IntSupplier;
import java.util.random.RandomGenerator;

/**
 * Builds one frame: {@code Frame.udp("10.0.0.1", 1111, "192.168.0.5", 53).vlan(7).payload(query).toEthernet()}.
 *
 * <p>Lengths and checksums are filled in when the frame is written; a frame may be changed and written any number of
 * times, so one frame a flow serves a generator. Addresses as text are literals and never looked up; the forms with
 * numbers are cheaper. Not thread-safe.
 */
public final class Frame {
    /** Stands for a value that the writer computes. */
    static final int COMPUTED = -1;

    private static final byte[] NOTHING = {};
    private static final int[] NONE = {};
    private static final Extension[] NO_EXTENSIONS = {};
    private static final HexFormat COLONS = HexFormat.ofDelimiter(":");

    /** An IPv6 extension header: its protocol number, and what follows its next header and length. */
    record Extension(int kind, byte[] body) {}

    final int etherType; // 0 for IP: there the version decides
    final int protocol;
    long sourceMac = 0x0200_0000_0001L;
    long destinationMac = 0x0200_0000_0002L;
    boolean ipv6;
    long sourceHigh;
    long sourceLow;
    long destinationHigh;
    long destinationLow;
    int sourcePort;
    int destinationPort;
    byte[] payload = NOTHING;
    int payloadFrom;
    int payloadLength;

    int[] tags = NONE; // TPID above TCI; a TPID of 0 follows from the tag's place
    int[] labels = NONE;
    int trafficClass;
    int ttl = 64;
    int identification;
    byte[] ipv4Options = NOTHING;
    Extension[] extensions = NO_EXTENSIONS;
    boolean fragment;
    int fragmentOffset;
    boolean moreFragments;
    int ipLength = COMPUTED;
    int udpLength = COMPUTED;
    int checksum = COMPUTED;

    long sequence;
    long acknowledgment;
    int flags = 0x10;
    int window = 0xffff;
    byte[] tcpOptions = NOTHING;

    boolean reply;
    int echoIdentifier;
    int echoSequence;

    int padTo;
    IntSupplier padding = () -> 0;

    private Frame(int etherType, int protocol) {
        this.etherType = etherType;
        this.protocol = protocol;
    }

    public static Frame udp(String source, int sourcePort, String destination, int destinationPort) {
        return new Frame(0, IpProtocol.UDP).between(source, destination).ports(sourcePort, destinationPort);
    }

    /** UDP between addresses of 4 or of 16 bytes. */
    public static Frame udp(byte[] source, int sourcePort, byte[] destination, int destinationPort) {
        return new Frame(0, IpProtocol.UDP).between(source, destination).ports(sourcePort, destinationPort);
    }

    /** UDP between IPv4 addresses in the low 32 bits; for IPv6 see {@link #between(long, long, long, long)}. */
    public static Frame udp(long source, int sourcePort, long destination, int destinationPort) {
        return new Frame(0, IpProtocol.UDP).between(source, destination).ports(sourcePort, destinationPort);
    }

    /** TCP; unless said otherwise with ACK alone, sequence and acknowledgment 0, window 65535. */
    public static Frame tcp(String source, int sourcePort, String destination, int destinationPort) {
        return new Frame(0, IpProtocol.TCP).between(source, destination).ports(sourcePort, destinationPort);
    }

    /** TCP between addresses of 4 or of 16 bytes. */
    public static Frame tcp(byte[] source, int sourcePort, byte[] destination, int destinationPort) {
        return new Frame(0, IpProtocol.TCP).between(source, destination).ports(sourcePort, destinationPort);
    }

    /** TCP between IPv4 addresses in the low 32 bits. */
    public static Frame tcp(long source, int sourcePort, long destination, int destinationPort) {
        return new Frame(0, IpProtocol.TCP).between(source, destination).ports(sourcePort, destinationPort);
    }

    /** SCTP; the payload is the chunks, {@link #sequence} the verification tag. */
    public static Frame sctp(String source, int sourcePort, String destination, int destinationPort) {
        return new Frame(0, IpProtocol.SCTP).between(source, destination).ports(sourcePort, destinationPort);
    }

    /** SCTP between addresses of 4 or of 16 bytes. */
    public static Frame sctp(byte[] source, int sourcePort, byte[] destination, int destinationPort) {
        return new Frame(0, IpProtocol.SCTP).between(source, destination).ports(sourcePort, destinationPort);
    }

    /** SCTP between IPv4 addresses in the low 32 bits. */
    public static Frame sctp(long source, int sourcePort, long destination, int destinationPort) {
        return new Frame(0, IpProtocol.SCTP).between(source, destination).ports(sourcePort, destinationPort);
    }

    /** An echo request of ICMP or ICMPv6, as the addresses are; {@link #reply} makes it the answer. */
    public static Frame icmpEcho(String source, String destination, int identifier, int sequence) {
        Frame frame = new Frame(0, IpProtocol.ICMP).between(source, destination);
        frame.echoIdentifier = identifier;
        frame.echoSequence = sequence;
        return frame;
    }

    /** Who has the IPv4 address {@code target}, asked by {@code sender}; {@link #reply} makes it the answer. */
    public static Frame arp(String sender, String target) {
        Frame frame = new Frame(EtherType.ARP, 0).between(sender, target);
        if (frame.ipv6) throw new IllegalArgumentException("ARP is for IPv4, not for " + sender);
        return frame;
    }

    /** Any other protocol over IP; the payload is all of it. */
    public static Frame ip(String source, String destination, int protocol) {
        if (switch (protocol) {
            case IpProtocol.ICMP, IpProtocol.TCP, IpProtocol.UDP, IpProtocol.ICMPV6, IpProtocol.SCTP -> true;
            default -> false;
        }) throw new IllegalArgumentException("protocol " + protocol + " has a form of its own");
        return new Frame(0, protocol).between(source, destination);
    }

    /** Any other EtherType, or the length of an IEEE 802.3 frame; the payload is all that follows. */
    public static Frame ethernet(int etherType) {
        return new Frame(etherType, 0);
    }

    /** Sets both addresses: literals of the same family. */
    public Frame between(String source, String destination) {
        return between(
                InetAddress.ofLiteral(source).getAddress(),
                InetAddress.ofLiteral(destination).getAddress());
    }

    /** Sets both addresses, of 4 or of 16 bytes. */
    public Frame between(byte[] source, byte[] destination) {
        if (source.length != destination.length || source.length != 4 && source.length != 16) {
            throw new IllegalArgumentException(
                    "addresses of " + source.length + " and " + destination.length + " bytes; both need 4 or 16");
        }
        return source.length == 4
                ? between(number(source, 0, 4), number(destination, 0, 4))
                : between(
                        number(source, 0, 8),
                        number(source, 8, 8),
                        number(destination, 0, 8),
                        number(destination, 8, 8));
    }

    /** Sets both addresses, IPv4 in the low 32 bits. */
    public Frame between(long source, long destination) {
        ipv6 = false;
        sourceHigh = 0;
        sourceLow = source & 0xffff_ffffL;
        destinationHigh = 0;
        destinationLow = destination & 0xffff_ffffL;
        return this;
    }

    /** Sets both addresses, the halves of IPv6. */
    public Frame between(long sourceHigh, long sourceLow, long destinationHigh, long destinationLow) {
        ipv6 = true;
        this.sourceHigh = sourceHigh;
        this.sourceLow = sourceLow;
        this.destinationHigh = destinationHigh;
        this.destinationLow = destinationLow;
        return this;
    }

    private static long number(byte[] bytes, int from, int length) {
        long number = 0;
        for (int i = from; i < from + length; i++) number = number << 8 | bytes[i] & 0xff;
        return number;
    }

    public Frame ports(int source, int destination) {
        sourcePort = source;
        destinationPort = destination;
        return this;
    }

    /** What the transport carries. Not copied: read when the frame is written. */
    public Frame payload(byte[] payload) {
        return payload(payload, 0, payload.length);
    }

    /** A part of an array as payload. Not copied: read when the frame is written. */
    public Frame payload(byte[] payload, int from, int length) {
        this.payload = payload;
        payloadFrom = from;
        payloadLength = length;
        return this;
    }

    /** Sets both MAC addresses, 48 bits each. */
    public Frame macs(long source, long destination) {
        sourceMac = source;
        destinationMac = destination;
        return this;
    }

    /** Sets both MAC addresses, such as {@code 02:00:5e:10:00:01}. */
    public Frame macs(String source, String destination) {
        return macs(mac(source), mac(destination));
    }

    private static long mac(String text) {
        byte[] bytes = COLONS.parseHex(text);
        if (bytes.length != 6) throw new IllegalArgumentException("not a MAC address: " + text);
        return number(bytes, 0, 6);
    }

    /** Adds a VLAN tag inside those already there. The innermost is 802.1Q, the ones around it 802.1ad. */
    public Frame vlan(int id) {
        return tag(0, id);
    }

    /** Adds a VLAN tag with a type of its own (0: as {@link #vlan}) and all 16 bits of control information. */
    public Frame tag(int tagType, int controlInformation) {
        tags = Arrays.copyOf(tags, tags.length + 1);
        tags[tags.length - 1] = tagType << 16 | controlInformation & 0xffff;
        return this;
    }

    /** Adds an MPLS label below those already there. */
    public Frame mpls(int label) {
        labels = Arrays.copyOf(labels, labels.length + 1);
        labels[labels.length - 1] = label;
        return this;
    }

    /** Time to live or hop limit; 64 unless set. */
    public Frame ttl(int ttl) {
        this.ttl = ttl;
        return this;
    }

    /** Type of service or traffic class. */
    public Frame trafficClass(int trafficClass) {
        this.trafficClass = trafficClass;
        return this;
    }

    /** IPv4 identification, or that of the IPv6 fragment header. */
    public Frame identification(int identification) {
        this.identification = identification;
        return this;
    }

    /** At most 40 bytes, filled up with zeros to a multiple of four. */
    public Frame ipv4Options(byte[] options) {
        ipv4Options = wholeWords(options);
        return this;
    }

    private static byte[] wholeWords(byte[] options) {
        if (options.length > 40) throw new IllegalArgumentException(options.length + " bytes of options, at most 40");
        return Arrays.copyOf(options, options.length + 3 & ~3);
    }

    /**
     * Adds an extension header after those already there: its protocol number, and what follows its next header and
     * length, filled up with zeros. The length is in the units that the kind uses.
     */
    public Frame ipv6Extension(int kind, byte[] body) {
        extensions = Arrays.copyOf(extensions, extensions.length + 1);
        extensions[extensions.length - 1] = new Extension(kind, body.clone());
        return this;
    }

    /**
     * Makes this a piece of a datagram; {@code offset} in bytes, a multiple of eight. The payload is that of this
     * piece. The transport header is written at offset 0 only, with the length and checksum of this piece alone unless
     * {@link #udpLength} and {@link #checksum} say otherwise. In IPv6 the fragment header is the last extension header.
     */
    public Frame fragment(int identification, int offset, boolean more) {
        if (offset < 0 || offset > 0xfff8 || (offset & 7) != 0) {
            throw new IllegalArgumentException("fragment offset is not a multiple of 8 below 65536: " + offset);
        }
        this.identification = identification;
        fragment = true;
        fragmentOffset = offset;
        moreFragments = more;
        return this;
    }

    /** Puts a lie into the length field of the IP header; 0 as segmentation offload leaves it. */
    public Frame ipLength(int length) {
        ipLength = length;
        return this;
    }

    /** Puts another number into the length field of UDP. */
    public Frame udpLength(int length) {
        udpLength = length;
        return this;
    }

    /** Puts another number into the checksum field of TCP, UDP or ICMP. */
    public Frame checksum(int checksum) {
        this.checksum = checksum;
        return this;
    }

    /** TCP sequence number, or the verification tag of SCTP; the low 32 bits. */
    public Frame sequence(long sequence) {
        this.sequence = sequence;
        return this;
    }

    /** TCP acknowledgment number, the low 32 bits. */
    public Frame acknowledgment(long acknowledgment) {
        this.acknowledgment = acknowledgment;
        return this;
    }

    /** TCP flags as in the header: FIN 1, SYN 2, RST 4, PSH 8, ACK 16. */
    public Frame flags(int flags) {
        this.flags = flags;
        return this;
    }

    public Frame window(int window) {
        this.window = window;
        return this;
    }

    /** TCP options: at most 40 bytes, filled up with zeros to a multiple of four. */
    public Frame options(byte[] options) {
        tcpOptions = wholeWords(options);
        return this;
    }

    /** Makes an echo or ARP request the answer; addresses stay as they are. */
    public Frame reply() {
        reply = true;
        return this;
    }

    /** Fills the frame up to {@code length} bytes, link header included, as a network card does to reach 60. */
    public Frame padTo(int length, int filler) {
        padTo = length;
        padding = () -> filler;
        return this;
    }

    /** Fills the frame up to {@code length} bytes with whatever the source gives: two copies differ in their padding. */
    public Frame padTo(int length, RandomGenerator filler) {
        padTo = length;
        padding = filler::nextInt;
        return this;
    }

    public byte[] toEthernet() {
        return FrameWriter.ethernet(this);
    }

    /** Linux cooked capture, as received by this host from {@link #macs}' source. */
    public byte[] toLinuxCooked() {
        return FrameWriter.linuxCooked(this);
    }

    /** Linux cooked capture version 2, as received on interface 1. */
    public byte[] toLinuxCooked2() {
        return FrameWriter.linuxCooked2(this);
    }

    /** IP alone. */
    public byte[] toRaw() {
        return FrameWriter.raw(this);
    }

    /** BSD loopback with the address family in the order of the capturing host; network order is also that of LOOP. */
    public byte[] toNull(ByteOrder order) {
        return FrameWriter.nullLoopback(this, order);
    }
}
