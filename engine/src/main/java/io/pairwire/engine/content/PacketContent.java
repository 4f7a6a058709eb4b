package io.pairwire.engine.content;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.decode.Layer;
import io.pairwire.decode.Layers;
import io.pairwire.decode.wire.Ethernet;
import io.pairwire.decode.wire.IpProtocol;
import io.pairwire.decode.wire.Ipv4;
import io.pairwire.decode.wire.Ipv6;
import io.pairwire.decode.wire.Tcp;
import io.pairwire.decode.wire.Udp;
import io.pairwire.decode.wire.Vlan;

/**
 * What one packet says, as hashes and numbers: who speaks to whom, the fields of its headers that the two ends see the
 * same, its payload, and beside that the fields which change on the way (TTL, checksums, MAC addresses, tags).
 *
 * <p>The outermost IP header counts, so a tunnel is compared by what it carries. Without IP the bytes behind the link
 * header count, without the zeros a short frame is filled up with. {@link #read} moves it to a packet; then the accessors
 * answer for that packet until the next call. Not thread-safe.
 */
public final class PacketContent {
    /** What {@link #identification} answers where there is none. */
    public static final int NONE = -1;

    private static final int MACS = 12;
    private static final int SHORTEST_FRAME = 64;

    private final ContentHash hash;
    private final int hashBytes;

    private long endpoints;
    private long addresses;
    private int hosts;
    private long payload;
    private int networkBodyAt;
    private int payloadAt;
    private int payloadLength;
    private int payloadCaptured;
    private int protocol;
    private int identification;
    private int fragment;
    private int ttl;
    private int trafficClass;
    private long sequences;
    private int flagsAndWindow;
    private long options;
    private int networkChecksum;
    private int transportChecksum;
    private int vlan;
    private long macs;
    private boolean ip;

    /**
     * @param hashBytes bytes of payload that count besides its length; 0 for all that were captured
     */
    public PacketContent(ContentHash hash, int hashBytes) {
        if (hashBytes < 0) throw new IllegalArgumentException("hashBytes is negative: " + hashBytes);
        this.hash = hash;
        this.hashBytes = hashBytes;
    }

    /** Reads a packet as a decoder understood it. */
    public void read(Packet packet, Layers layers) {
        ip = layers.isIp();
        sequences = 0;
        flagsAndWindow = 0;
        options = 0;
        transportChecksum = 0;
        networkChecksum = 0;
        identification = NONE;
        fragment = 0;
        ttl = 0;
        trafficClass = 0;
        readLink(packet, layers);
        if (ip) readIp(packet, layers);
        else readOther(packet, layers);
        int hashed = hashBytes == 0 ? payloadCaptured : Math.min(payloadCaptured, hashBytes);
        payload = hash.bytes(packet, payloadAt, hashed, payloadLength);
    }

    private void readLink(Packet packet, Layers layers) {
        macs = 0;
        vlan = NONE;
        if (packet.linkType() != LinkType.ETHERNET || packet.capturedLength() < Ethernet.LENGTH) return;
        macs = hash.of(packet.u64(0), packet.u32(MACS - 4));
        if (layers.depth() > 1 && layers.kind(1) == Layer.VLAN) vlan = Vlan.identifier(packet, layers.at(1));
    }

    private void readIp(Packet packet, Layers layers) {
        int at = layers.networkAt();
        int networkEnd;
        if (layers.ipVersion() == 4) {
            ttl = Ipv4.ttl(packet, at);
            trafficClass = Ipv4.trafficClass(packet, at);
            identification = Ipv4.identification(packet, at);
            fragment = packet.u16(at + 6);
            networkChecksum = Ipv4.checksum(packet, at);
            int total = Ipv4.totalLength(packet, at);
            networkEnd = total == 0 ? Math.max(packet.originalLength(), packet.capturedLength()) : at + total;
            payloadAt = at + Ipv4.headerLength(packet, at);
        } else {
            ttl = Ipv6.hopLimit(packet, at);
            trafficClass = Ipv6.trafficClass(packet, at);
            if (layers.isFragment()) fragment = layers.fragmentOffset() >>> 3 | (layers.moreFragments() ? 0x2000 : 0);
            int length = Ipv6.payloadLength(packet, at);
            payloadAt = at + Ipv6.LENGTH;
            networkEnd = length == 0 ? Math.max(packet.originalLength(), packet.capturedLength()) : payloadAt + length;
        }
        networkBodyAt = payloadAt;
        protocol = layers.ipProtocol();
        hosts = host(layers.sourceHigh(), layers.sourceLow()) << 16
                | host(layers.destinationHigh(), layers.destinationLow());
        addresses = hash.of(
                layers.sourceLow() ^ Long.rotateLeft(layers.sourceHigh(), 17),
                layers.destinationLow() + Long.rotateLeft(layers.destinationHigh(), 41));
        int transport = layers.isFragment() ? 0 : layers.transport();
        long ports = 0;
        if (transport == IpProtocol.TCP || transport == IpProtocol.UDP) {
            ports = (long) layers.sourcePort() << 16 | layers.destinationPort();
            readTransport(packet, layers, transport == IpProtocol.TCP);
        } else {
            payloadLength = Math.max(networkEnd - payloadAt, 0);
            payloadCaptured = Math.clamp(packet.capturedLength() - payloadAt, 0, payloadLength);
        }
        endpoints = hash.of(addresses, ports << 8 | protocol & 0xff);
    }

    private void readTransport(Packet packet, Layers layers, boolean tcp) {
        int at = layers.transportAt();
        payloadAt = layers.payloadAt();
        payloadLength = layers.payloadLength();
        payloadCaptured = layers.payloadCaptured();
        if (!tcp) {
            transportChecksum = Udp.checksum(packet, at);
            return;
        }
        sequences = packet.u64(at + 4);
        flagsAndWindow = Tcp.flags(packet, at) << 16 | Tcp.window(packet, at);
        transportChecksum = Tcp.checksum(packet, at);
        int length = Tcp.headerLength(packet, at);
        if (length > Tcp.LENGTH) options = hash.bytes(packet, at + Tcp.LENGTH, length - Tcp.LENGTH, 0);
    }

    private void readOther(Packet packet, Layers layers) {
        int at = 0;
        int index = 0;
        while (index < layers.depth() && isLink(layers.kind(index))) index++;
        if (index > 0 && index < layers.depth()) at = layers.at(index);
        else if (index > 0) at = Math.min(Ethernet.LENGTH, packet.capturedLength());
        int end = packet.capturedLength();
        if (end <= SHORTEST_FRAME) while (end > at && packet.u8(end - 1) == 0) end--;
        payloadAt = at;
        payloadCaptured = end - at;
        payloadLength = payloadCaptured;
        protocol = NONE;
        addresses = 0;
        hosts = 0;
        endpoints = index > 0 ? NONE : packet.linkType(); // the same packet on another link is the same packet
    }

    /** Sixteen bits without a secret. */
    private static int host(long high, long low) {
        long x = (low ^ high * 0x9e37_79b9_7f4a_7c15L) * 0x9fb2_1c65_1e98_df25L;
        return (int) ((x ^ x >>> 32) * 0x9e37_79b9_7f4a_7c15L >>> 48);
    }

    private static boolean isLink(Layer kind) {
        return switch (kind) {
            case ETHERNET, VLAN, LINUX_COOKED, LINUX_COOKED_2, NULL_LOOPBACK -> true;
            default -> false;
        };
    }

    /** Is there an IP header? */
    public boolean isIp() {
        return ip;
    }

    /** A hash of protocol, addresses and ports of one direction. */
    public long endpoints() {
        return endpoints;
    }

    /** A hash of the addresses alone, of one direction. */
    public long addresses() {
        return addresses;
    }

    /** Hashes of both addresses, the source in the upper half, the same in every run; 0 without IP. */
    public int hosts() {
        return hosts;
    }

    /** A hash of the payload: that of TCP or UDP, otherwise what follows the IP header, otherwise the frame's. */
    public long payload() {
        return payload;
    }

    public int payloadAt() {
        return payloadAt;
    }

    /** Where the bytes behind the IP header begin; means nothing without IP. */
    public int networkBodyAt() {
        return networkBodyAt;
    }

    /** Bytes of payload that were sent. */
    public int payloadLength() {
        return payloadLength;
    }

    /** How many of these were captured. */
    public int payloadCaptured() {
        return payloadCaptured;
    }

    /** The IANA number of what IP carries, or {@value #NONE}. */
    public int protocol() {
        return protocol;
    }

    /** Of IPv4, otherwise {@value #NONE}. */
    public int identification() {
        return identification;
    }

    /** Flags and offset of a fragment as in the header of IPv4. */
    public int fragment() {
        return fragment;
    }

    /** Time to live or hop limit. */
    public int ttl() {
        return ttl;
    }

    public int trafficClass() {
        return trafficClass;
    }

    /** Of TCP: sequence number in the upper half, acknowledgment in the lower. */
    public long sequences() {
        return sequences;
    }

    /** Of TCP: flags in the upper half, window in the lower. */
    public int flagsAndWindow() {
        return flagsAndWindow;
    }

    /** A hash of the options of TCP; 0 without. */
    public long options() {
        return options;
    }

    /** Of IPv4, otherwise 0. */
    public int networkChecksum() {
        return networkChecksum;
    }

    /** Of TCP and UDP, otherwise 0. */
    public int transportChecksum() {
        return transportChecksum;
    }

    /** Identifier of the outermost VLAN tag, or {@value #NONE}. */
    public int vlan() {
        return vlan;
    }

    /** A hash of both MAC addresses; 0 where the link has none that we know. */
    public long macs() {
        return macs;
    }

    /**
     * The same for two copies of one packet whatever happened to TTL, traffic class, checksums, MAC addresses and tags on
     * the way, and different for a retransmission wherever senders count their packets.
     *
     * @param translated whether addresses and ports may change too
     */
    public long key(boolean translated) {
        long who = translated ? protocol : endpoints;
        long header =
                hash.of(sequences, (long) flagsAndWindow << 32 | (identification & 0xffffL) << 16 | fragment & 0x3fff);
        return hash.of(who ^ header, payload ^ options);
    }
}
