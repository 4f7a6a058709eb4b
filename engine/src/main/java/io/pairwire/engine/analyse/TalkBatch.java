package io.pairwire.engine.analyse;

import io.pairwire.capture.Packet;
import io.pairwire.decode.Layers;
import io.pairwire.decode.wire.IpProtocol;
import io.pairwire.decode.wire.Tcp;
import io.pairwire.decode.wire.TcpOptions;

/**
 * What up to {@value #CAPACITY} IP packets say about who talks with whom, as numbers: so that one thread reads packets and
 * another counts. One thread at a time.
 */
final class TalkBatch {
    static final int CAPACITY = 256;

    // Marks.
    /** It goes from the lower end, in the order of addresses, to the upper one. */
    static final int UP = 1;

    /** Its transport is the outermost of that kind in its packet. */
    static final int SHOWN = 2;

    /** An ICMP error quotes it: it only names a conversation. */
    static final int QUOTED = 4;

    static final int TIMED = 8;

    /** A segment with all its lengths known, in one piece. */
    static final int WHOLE = 16;

    /** The fixed part of its TCP header was captured, and not in a quote. */
    static final int HEADER = 32;

    /** Its TCP flags were captured. */
    static final int FLAGGED = 64;

    private static final int FLAGS_END = 14; // of the header: behind the byte with the flags
    private static final int LARGEST_SCALE = 14; // RFC 7323 §2.3

    private static final int LOWER_HIGH = 0;
    private static final int LOWER_LOW = 1;
    private static final int UPPER_HIGH = 2;
    private static final int UPPER_LOW = 3;
    private static final int KEY = 4;
    private static final int HASH = 5;
    private static final int ORDER = 6;
    private static final int NUMBER = 7;
    private static final int NANOS = 8;
    private static final int LENGTHS = 9; // on the wire, above the payload
    private static final int SEQUENCES = 10; // sequence number above the acknowledgment
    private static final int REST = 11; // window, flags, scale, marks: 16, 16, 8 and 24 bits
    private static final int WORDS = 12;

    private final long[] words = new long[CAPACITY * WORDS];
    private final TcpOptions options = new TcpOptions();
    private int length;

    int length() {
        return length;
    }

    boolean isFull() {
        return length == CAPACITY;
    }

    void clear() {
        length = 0;
    }

    /**
     * Adds an IP packet.
     *
     * @param kind as in {@link TalkCounter}
     * @param marks {@link #SHOWN} and {@link #QUOTED}
     * @param order rises with every one that is added to any batch
     */
    void add(Packet packet, Layers ip, int kind, int marks, long order, long seed) {
        int base = length++ * WORDS;
        int all = marks | order(base, ip, kind);
        if (packet.hasTime()) all |= TIMED;
        long hash = TalkTable.hash(
                seed,
                words[base + KEY],
                words[base + LOWER_HIGH],
                words[base + LOWER_LOW],
                words[base + UPPER_HIGH],
                words[base + UPPER_LOW]);
        words[base + HASH] = hash;
        words[base + ORDER] = order;
        words[base + NUMBER] = packet.number();
        words[base + NANOS] = packet.epochNanos();
        words[base + LENGTHS] = (long) packet.originalLength() << 32;
        words[base + REST] = all;
        if (kind == TalkCounter.TCP) addTcp(base, packet, ip, all);
    }

    /** Adds the only one of another batch. */
    void copy(TalkBatch one) {
        System.arraycopy(one.words, 0, words, length++ * WORDS, WORDS);
    }

    private int order(int base, Layers ip, int kind) {
        boolean ports = kind != TalkCounter.IP;
        int source = ports ? ip.sourcePort() : 0;
        int destination = ports ? ip.destinationPort() : 0;
        int order = Long.compareUnsigned(ip.sourceHigh(), ip.destinationHigh());
        if (order == 0) order = Long.compareUnsigned(ip.sourceLow(), ip.destinationLow());
        if (order == 0) order = Integer.compare(source, destination);
        boolean up = order <= 0;
        words[base + LOWER_HIGH] = up ? ip.sourceHigh() : ip.destinationHigh();
        words[base + LOWER_LOW] = up ? ip.sourceLow() : ip.destinationLow();
        words[base + UPPER_HIGH] = up ? ip.destinationHigh() : ip.sourceHigh();
        words[base + UPPER_LOW] = up ? ip.destinationLow() : ip.sourceLow();
        words[base + KEY] =
                TalkCounter.word(kind, ip.ipVersion(), up ? source : destination, up ? destination : source);
        return up ? UP : 0;
    }

    private void addTcp(int base, Packet packet, Layers ip, int marks) {
        int at = ip.transportAt();
        int captured = packet.capturedLength() - at;
        boolean quoted = (marks & QUOTED) != 0;
        int flags = 0;
        if (captured >= FLAGS_END) {
            flags = Tcp.flags(packet, at);
            marks |= FLAGGED;
        }
        if (!quoted && ip.transport() == IpProtocol.TCP && !ip.isFragment()) {
            marks |= WHOLE;
            words[base + LENGTHS] |= ip.payloadLength() & 0xffff_ffffL;
        }
        long window = 0;
        long scale = 0;
        if (!quoted && captured >= Tcp.LENGTH) {
            marks |= HEADER;
            words[base + SEQUENCES] = Tcp.sequence(packet, at) << 32 | Tcp.acknowledgment(packet, at);
            window = Tcp.window(packet, at);
            if ((flags & Tcp.SYN) != 0 && (marks & WHOLE) != 0) scale = scale(packet, at) & 0xff;
        }
        words[base + REST] = window << 48 | (long) (flags & 0xffff) << 32 | scale << 24 | marks;
    }

    private int scale(Packet packet, int at) {
        int scale = TcpExpert.SCALE_NONE;
        if (Tcp.headerLength(packet, at) > Tcp.LENGTH) {
            options.moveTo(packet, at);
            while (options.next()) {
                if (options.type() == TcpOptions.WINDOW_SCALE) scale = Math.min(options.windowScale(), LARGEST_SCALE);
            }
        }
        return scale;
    }

    long lowerHigh(int i) {
        return words[i * WORDS + LOWER_HIGH];
    }

    long lowerLow(int i) {
        return words[i * WORDS + LOWER_LOW];
    }

    long upperHigh(int i) {
        return words[i * WORDS + UPPER_HIGH];
    }

    long upperLow(int i) {
        return words[i * WORDS + UPPER_LOW];
    }

    /** What, IP version and ports, as {@link TalkCounter#word} puts them together. */
    long key(int i) {
        return words[i * WORDS + KEY];
    }

    /** Over the key and the addresses, the same for both directions. */
    long hash(int i) {
        return words[i * WORDS + HASH];
    }

    /** Bits that both directions share and that do not depend on a seed: what is decided by them can be repeated. */
    long spread(int i) {
        int base = i * WORDS;
        long mixed = (words[base + KEY] ^ words[base + LOWER_LOW]) * 0x9e37_79b9_7f4a_7c15L;
        return (mixed ^ mixed >>> 32 ^ words[base + UPPER_LOW]) * 0xbf58_476d_1ce4_e5b9L;
    }

    long order(int i) {
        return words[i * WORDS + ORDER];
    }

    /** Of the packet. */
    long number(int i) {
        return words[i * WORDS + NUMBER];
    }

    long nanos(int i) {
        return words[i * WORDS + NANOS];
    }

    /** Of the whole frame on the wire, bytes. */
    int originalLength(int i) {
        return (int) (words[i * WORDS + LENGTHS] >>> 32);
    }

    /** Of a {@link #WHOLE} segment, otherwise 0. */
    int payloadLength(int i) {
        return (int) words[i * WORDS + LENGTHS];
    }

    /** Only with {@link #HEADER}, as the next two. */
    int sequence(int i) {
        return (int) (words[i * WORDS + SEQUENCES] >>> 32);
    }

    int acknowledgment(int i) {
        return (int) words[i * WORDS + SEQUENCES];
    }

    int window(int i) {
        return (int) (words[i * WORDS + REST] >>> 48);
    }

    /** 0 without {@link #FLAGGED}. */
    int flags(int i) {
        return (int) (words[i * WORDS + REST] >>> 32) & 0xffff;
    }

    /** The scale of windows that a SYN offers, or {@link TcpExpert#SCALE_NONE}. */
    int scale(int i) {
        return (byte) (words[i * WORDS + REST] >>> 24);
    }

    int marks(int i) {
        return (int) words[i * WORDS + REST] & 0xff_ffff;
    }
}
