package io.pairwire.decode;

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

    private final Layer[] kinds = new Layer[DEPTH];
    private final int[] positions = new int[DEPTH];
    private int depth;

    Verdict verdict = Verdict.OK;
    int networkAt;
    int ipVersion;
    int ipProtocol;
    int fragmentOffset;
    boolean moreFragments;
    long sourceHigh;
    long sourceLow;
    long destinationHigh;
    long destinationLow;
    int transportAt;
    int transport;
    int sourcePort;
    int destinationPort;
    int payloadAt;
    int payloadLength;
    int payloadCaptured;

    /** Empty layers, to be filled by a decoder. */
    public Layers() {}

    void reset() {
        depth = 0;
        verdict = Verdict.OK;
        networkAt = -1;
        ipVersion = 0;
        ipProtocol = -1;
        fragmentOffset = 0;
        moreFragments = false;
        transportAt = -1;
        transport = 0;
        sourcePort = 0;
        destinationPort = 0;
        payloadAt = -1;
        payloadLength = 0;
        payloadCaptured = 0;
    }

    /** Adds a layer; false if there is no room for it. */
    boolean add(Layer kind, int at) {
        if (depth == DEPTH) return false;
        kinds[depth] = kind;
        positions[depth++] = at;
        return true;
    }

    /** How the look at the packet ended. */
    public Verdict verdict() {
        return verdict;
    }

    /** Number of layers found. */
    public int depth() {
        return depth;
    }

    /** The layer at {@code index}, outermost first. */
    public Layer kind(int index) {
        return kinds[index];
    }

    /** Where that layer begins, bytes from the start of the packet. */
    public int at(int index) {
        return positions[index];
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
     * The IANA number of the transport whose header was found and checked: 6 TCP, 17 UDP, 132 SCTP; 0 if there is none
     * (also in every fragment but the first). A first fragment does have one; see {@link #isFragment}.
     */
    public int transport() {
        return transport;
    }

    /** Where the transport header begins, or -1. */
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
