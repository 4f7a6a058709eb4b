package io.pairwire.decode;

import io.pairwire.decode.wire.Ethernet;
import io.pairwire.decode.wire.Ipv4;
import io.pairwire.decode.wire.Ipv6;
import io.pairwire.decode.wire.Verdict;
import io.pairwire.decode.wire.Vlan;
import java.util.Objects;

/**
 * What a decoder found in one packet: the path of headers with their positions, and the fields that matching needs, as
 * primitives. Reused for every packet; valid until the next {@link PacketDecoder#decode}. Not thread-safe.
 *
 * <p>Addresses and ports are those of the outermost IP header and of the transport directly on it. Whatever the verdict
 * says, what was found before it is kept.
 */
public final class Layers {
    /** Layers kept at most. */
    public static final int DEPTH = 16;

    private static final Layer[] LAYERS = Layer.values();

    // Ordinals instead of references, and a verdict that is only written when it changes: a reference stored into an
    // old object makes the collector mark a card, which costs as much as the rest of a header.
    private final byte[] kinds = new byte[DEPTH];
    private final int[] positions = new int[DEPTH];
    private int depth;
    private int usual; // tags and IP version of a shape that the fast way knows, or 0
    private Verdict verdict = Verdict.OK;
    private int failedKind;
    private int failedAt = -1;

    int networkAt = -1;
    int ipVersion;
    int ipProtocol = -1;
    int fragmentOffset;
    boolean moreFragments;
    long sourceHigh;
    long sourceLow;
    long destinationHigh;
    long destinationLow;
    int transportAt = -1;
    int transport;
    int sourcePort;
    int destinationPort;
    int payloadAt = -1;
    int payloadLength;
    int payloadCaptured;

    /** Empty layers, to be filled by a decoder. */
    public Layers() {}

    /** For decoders: forgets the packet before. */
    public void reset() {
        usual = 0;
        depth = 0;
        if (verdict != Verdict.OK) verdict = Verdict.OK;
        failedAt = -1;
        networkAt = -1;
        ipVersion = 0;
        ipProtocol = -1;
        fragmentOffset = 0;
        moreFragments = false;
        sourceHigh = 0;
        sourceLow = 0;
        destinationHigh = 0;
        destinationLow = 0;
        transportAt = -1;
        transport = 0;
        sourcePort = 0;
        destinationPort = 0;
        payloadAt = -1;
        payloadLength = 0;
        payloadCaptured = 0;
    }

    /**
     * Begins a packet of a shape that nearly all have: Ethernet, {@code tags} VLAN tags, IP without options or extension
     * headers or fragments, and a transport, given by its ordinal. What is the same in all packets of one shape is only
     * written if the packet before had another.
     */
    void beginUsual(int tags, int version, int transport) {
        int shape = tags << 3 | version;
        if (shape != usual) becomeUsual(shape, tags, version);
        kinds[2 + tags] = (byte) transport;
    }

    private void becomeUsual(int shape, int tags, int version) {
        if (usual == 0) reset();
        boolean ipv4 = version == 4;
        int at = Ethernet.LENGTH;
        kinds[0] = (byte) Layer.ETHERNET.ordinal();
        positions[0] = 0;
        for (int i = 1; i <= tags; i++) {
            kinds[i] = (byte) Layer.VLAN.ordinal();
            positions[i] = at;
            at += Vlan.LENGTH;
        }
        kinds[1 + tags] = (byte) (ipv4 ? Layer.IPV4 : Layer.IPV6).ordinal();
        positions[1 + tags] = at;
        networkAt = at;
        ipVersion = version;
        if (ipv4) {
            sourceHigh = 0;
            destinationHigh = 0;
        }
        transportAt = at + (ipv4 ? Ipv4.LENGTH : Ipv6.LENGTH);
        positions[2 + tags] = transportAt;
        depth = 3 + tags;
        usual = shape;
    }

    /**
     * For decoders: adds a layer inside those already there. Without room for it the decoder ends with
     * {@link Verdict#TOO_DEEP}.
     *
     * @param at where its header begins, bytes from the start of the packet
     * @return false if there is no room for it
     */
    public boolean add(Layer kind, int at) {
        if (depth == DEPTH) return false;
        usual = 0;
        kinds[depth] = (byte) kind.ordinal();
        positions[depth++] = at;
        return true;
    }

    /**
     * For decoders: says what is wrong, unless something was wrong before.
     *
     * @param kind what the header at {@code at} is, or would be
     */
    public void fail(Verdict reason, Layer kind, int at) {
        if (verdict != Verdict.OK) return;
        usual = 0;
        verdict = reason;
        failedKind = kind.ordinal();
        failedAt = at;
    }

    /**
     * For decoders: the outermost IP header, which {@link #add} lists besides. IPv4 addresses are in the low 32 bits.
     *
     * @param version 4 or 6
     * @param protocol the IANA number of what follows the header and its extension headers
     */
    public void network(
            int at,
            int version,
            int protocol,
            long sourceHigh,
            long sourceLow,
            long destinationHigh,
            long destinationLow) {
        usual = 0;
        networkAt = at;
        ipVersion = version;
        ipProtocol = protocol;
        this.sourceHigh = sourceHigh;
        this.sourceLow = sourceLow;
        this.destinationHigh = destinationHigh;
        this.destinationLow = destinationLow;
    }

    /** For decoders: the packet is one piece of a larger datagram; {@code offset} in bytes. */
    public void fragment(int offset, boolean more) {
        usual = 0;
        fragmentOffset = offset;
        moreFragments = more;
    }

    /**
     * For decoders: the transport header directly on the outermost IP header, which {@link #add} lists besides.
     *
     * @param protocol its IANA number, or 0 if it is cut or malformed behind the ports
     */
    public void transport(int at, int protocol, int sourcePort, int destinationPort) {
        usual = 0;
        transportAt = at;
        transport = protocol;
        this.sourcePort = sourcePort;
        this.destinationPort = destinationPort;
    }

    /**
     * For decoders: what that transport carries.
     *
     * @param length bytes that were sent, without padding
     * @param captured how many of them were captured, {@code length} at most
     */
    public void payload(int at, int length, int captured) {
        usual = 0;
        payloadAt = at;
        payloadLength = length;
        payloadCaptured = captured;
    }

    /** For decoders: takes over what another found of the outermost IP packet; path and verdict stay. */
    void ipFieldsOf(Layers other) {
        usual = 0;
        networkAt = other.networkAt;
        ipVersion = other.ipVersion;
        ipProtocol = other.ipProtocol;
        fragmentOffset = other.fragmentOffset;
        moreFragments = other.moreFragments;
        sourceHigh = other.sourceHigh;
        sourceLow = other.sourceLow;
        destinationHigh = other.destinationHigh;
        destinationLow = other.destinationLow;
        transportAt = other.transportAt;
        transport = other.transport;
        sourcePort = other.sourcePort;
        destinationPort = other.destinationPort;
        payloadAt = other.payloadAt;
        payloadLength = other.payloadLength;
        payloadCaptured = other.payloadCaptured;
    }

    /** For decoders: forgets the innermost layer, to say better what is there. */
    void leave() {
        depth--;
    }

    /** For decoders: adds the layers of a packet inside this one, and what is wrong there unless {@code forgiving}. */
    void append(Layers inner, boolean forgiving) {
        for (int i = 0; i < inner.depth; i++) {
            if (!add(inner.kind(i), inner.positions[i])) {
                fail(Verdict.TOO_DEEP, inner.kind(i), inner.positions[i]);
                return;
            }
        }
        if (inner.verdict != Verdict.OK && !forgiving) fail(inner.verdict, inner.failedKind(), inner.failedAt);
    }

    /**
     * For decoders that take off a header of their own and hand the rest to another decoder: moves every position from
     * the start of the rest to the start of the packet.
     *
     * @param bytes length of what was taken off
     */
    public void shift(int bytes) {
        usual = 0;
        for (int i = 0; i < depth; i++) positions[i] += bytes;
        if (failedAt >= 0) failedAt += bytes;
        if (networkAt >= 0) networkAt += bytes;
        if (transportAt >= 0) transportAt += bytes;
        if (payloadAt >= 0) payloadAt += bytes;
    }

    /** How the look at the packet ended. */
    public Verdict verdict() {
        return verdict;
    }

    /** Where the header begins that is cut, malformed or one too many, or -1 if the verdict is {@link Verdict#OK}. */
    public int failedAt() {
        return failedAt;
    }

    /** What that header is, or would be; means nothing if {@link #failedAt} is -1. */
    public Layer failedKind() {
        return LAYERS[failedKind];
    }

    /** Number of layers found: headers that are whole and plausible, and at most one {@link Layer#OTHER} behind them. */
    public int depth() {
        return depth;
    }

    /**
     * The layer at {@code index}, outermost first.
     *
     * @throws IndexOutOfBoundsException unless {@code index} is from 0 to {@link #depth()} - 1
     */
    public Layer kind(int index) {
        return LAYERS[kinds[Objects.checkIndex(index, depth)]];
    }

    /** Where that layer begins, bytes from the start of the packet. */
    public int at(int index) {
        return positions[Objects.checkIndex(index, depth)];
    }

    /** Index of the outermost layer of that kind, or -1. */
    public int first(Layer kind) {
        for (int i = 0; i < depth; i++) {
            if (kinds[i] == kind.ordinal()) return i;
        }
        return -1;
    }

    /** Index of the innermost layer of that kind, or -1. */
    public int last(Layer kind) {
        for (int i = depth - 1; i >= 0; i--) {
            if (kinds[i] == kind.ordinal()) return i;
        }
        return -1;
    }

    /** Is there a layer of that kind? */
    public boolean has(Layer kind) {
        return first(kind) >= 0;
    }

    /**
     * Bytes from the start of the layer at {@code index} to what it carries, or -1 if nothing shows where it ends: then it
     * is the last one, and not the outermost transport.
     *
     * @throws IndexOutOfBoundsException unless {@code index} is from 0 to {@link #depth()} - 1
     */
    public int headerLength(int index) {
        int at = at(index);
        if (index + 1 < depth) return positions[index + 1] - at;
        if (transport != 0 && at == transportAt) return payloadAt - at;
        return failedAt > at ? failedAt - at : -1; // what follows was looked at and is no header
    }

    /** Index of the IP header that the layer at {@code index} lies in or is, or -1 if there is none around it. */
    public int ipAround(int index) {
        int around = Objects.checkIndex(index, depth);
        while (around >= 0 && !isIp(around)) around--;
        return around;
    }

    /**
     * Index of the innermost IP header of this packet, or -1. What an ICMP error quotes belongs to another packet and
     * does not count.
     */
    public int innermostIp() {
        int innermost = -1;
        for (int i = 0; i < depth && !isIcmp(i); i++) {
            if (isIp(i)) innermost = i;
        }
        return innermost;
    }

    /** Index of the IP header that an ICMP error quotes, or -1. */
    public int quotedIp() {
        for (int i = 1; i < depth; i++) {
            if (isIp(i) && isIcmp(i - 1)) return i;
        }
        return -1;
    }

    private boolean isIp(int index) {
        return kinds[index] == Layer.IPV4.ordinal() || kinds[index] == Layer.IPV6.ordinal();
    }

    private boolean isIcmp(int index) {
        return kinds[index] == Layer.ICMP.ordinal() || kinds[index] == Layer.ICMPV6.ordinal();
    }

    /** Is there an IP header? */
    public boolean isIp() {
        return ipVersion != 0;
    }

    /** 4, 6, or 0 without IP. */
    public int ipVersion() {
        return ipVersion;
    }

    /** Where the outermost IP header begins, or -1. */
    public int networkAt() {
        return networkAt;
    }

    /** The protocol above the outermost IP header and its extension headers, an IANA protocol number, or -1. */
    public int ipProtocol() {
        return ipProtocol;
    }

    /** Is this one piece of a larger datagram? */
    public boolean isFragment() {
        return moreFragments || fragmentOffset != 0;
    }

    /** Offset of the fragment in its datagram, bytes. */
    public int fragmentOffset() {
        return fragmentOffset;
    }

    /** Do more fragments follow? */
    public boolean moreFragments() {
        return moreFragments;
    }

    /** The upper 64 bits of an IPv6 source address; 0 for IPv4. */
    public long sourceHigh() {
        return sourceHigh;
    }

    /** The lower 64 bits of an IPv6 source address, or an IPv4 address in the low 32 bits. */
    public long sourceLow() {
        return sourceLow;
    }

    /** The upper 64 bits of an IPv6 destination address; 0 for IPv4. */
    public long destinationHigh() {
        return destinationHigh;
    }

    /** The lower 64 bits of an IPv6 destination address, or an IPv4 address in the low 32 bits. */
    public long destinationLow() {
        return destinationLow;
    }

    /**
     * The IANA number of the transport whose header was found and checked: 6 TCP, 17 UDP, 33 DCCP,
     * 132 SCTP, 136 UDP-Lite; 0 if there is none
     * (also in every fragment but the first). A first fragment does have one; see {@link #isFragment}.
     */
    public int transport() {
        return transport;
    }

    /**
     * Where the transport header begins, or -1. Where this is not -1, ports are known; in a header that is cut behind
     * them or malformed they are known while {@link #transport()} is 0.
     */
    public int transportAt() {
        return transportAt;
    }

    public int sourcePort() {
        return sourcePort;
    }

    public int destinationPort() {
        return destinationPort;
    }

    /** Where the payload of the transport begins, or -1 without transport. */
    public int payloadAt() {
        return payloadAt;
    }

    /** Bytes of payload that were sent, by the IP and UDP lengths; padding does not count. */
    public int payloadLength() {
        return payloadLength;
    }

    /** How many of these were captured; less than {@link #payloadLength()} if the packet was cut. */
    public int payloadCaptured() {
        return payloadCaptured;
    }
}
