package io.pairwire.engine.analyse;

import io.pairwire.capture.Packet;
import io.pairwire.decode.Layers;
import io.pairwire.decode.wire.Ethernet;
import io.pairwire.decode.wire.IpProtocol;
import java.io.IOException;

/**
 * Counts who talks with whom. While packets come, each IP packet is counted once, in the conversation of its transport, or
 * of its addresses where it has none; what follows from these, endpoints and conversations of IP, is added up at the end.
 * Not thread-safe.
 */
final class TalkCounter implements AutoCloseable {
    // What an entry is, in the highest byte of its first word. Below: IP version, lower port, upper port.
    static final int ETHERNET = 1;
    static final int IP = 2;
    static final int UDP = 3;
    static final int SCTP = 4;
    static final int TCP = 5;
    static final int END = 16; // and above it the ordinal of the layer

    /** {@link Talk#MARKS}: it was the outermost of its kind in some packet. */
    static final int OUTERMOST = 1;

    private final TalkTable talks;
    private final StreamTable streams;

    private long lowerHigh;
    private long lowerLow;
    private int lowerPort;
    private long upperHigh;
    private long upperLow;
    private int upperPort;
    private boolean up;

    TalkCounter(Workspace workspace, long seed) {
        talks = new TalkTable(workspace, workspace.limitBytes() / 4, seed);
        streams = new StreamTable(workspace, workspace.limitBytes() * 3 / 8, seed);
    }

    TalkTable talks() {
        return talks;
    }

    StreamTable streams() {
        return streams;
    }

    static long word(int kind, int version, int lowerPort, int upperPort) {
        return (long) kind << 56 | (long) version << 48 | (long) lowerPort << 16 | upperPort;
    }

    static int kind(Talk talk) {
        return (int) (talk.key(0) >>> 56);
    }

    static int version(Talk talk) {
        return (int) (talk.key(0) >>> 48) & 0xff;
    }

    static int lowerPort(Talk talk) {
        return (int) (talk.key(0) >>> 16) & 0xffff;
    }

    static int upperPort(Talk talk) {
        return (int) talk.key(0) & 0xffff;
    }

    /** A frame whose header begins at {@code at}. */
    void countEthernet(Packet packet, int at) {
        long source = Ethernet.source(packet, at);
        long destination = Ethernet.destination(packet, at);
        boolean fromLower = source <= destination;
        Talk talk = fromLower
                ? talks.find(word(ETHERNET, 0, 0, 0), 0, source, 0, destination)
                : talks.find(word(ETHERNET, 0, 0, 0), 0, destination, 0, source);
        count(talk, packet, fromLower);
    }

    /**
     * An IP packet that is not TCP.
     *
     * @param shown whether its UDP, if it has one, is the outermost in the packet
     * @param quoted whether an ICMP error quotes it: then it only names a conversation
     */
    void countIp(Packet packet, Layers ip, boolean shown, boolean quoted) {
        int kind = ip.transportAt() < 0
                ? IP
                : switch (ip.ipProtocol()) {
                    case IpProtocol.UDP -> UDP;
                    case IpProtocol.SCTP -> SCTP;
                    default -> IP;
                };
        order(ip, kind != IP);
        long first = word(kind, ip.ipVersion(), lowerPort, upperPort);
        Talk talk = talks.find(first, lowerHigh, lowerLow, upperHigh, upperLow);
        if (!quoted) count(talk, packet, up);
        if (kind == UDP && shown) talk.set(Talk.MARKS, OUTERMOST);
    }

    private static void count(Talk talk, Packet packet, boolean up) {
        long number = packet.number();
        talk.count(up, packet.originalLength());
        if (packet.hasTime()) talk.times(packet.epochNanos(), packet.epochNanos());
        talk.number(number << 1 | (up ? 0 : 1));
    }

    /** The connection of a TCP segment: the latest between its ends. */
    Stream findStream(Layers ip) {
        order(ip, true);
        return streams.find(lowerHigh, lowerLow, upperHigh, upperLow, lowerPort << 16 | upperPort, ip.ipVersion());
    }

    /** Goes the packet asked for last from the lower end to the upper one? */
    boolean isUp() {
        return up;
    }

    private void order(Layers ip, boolean ports) {
        int source = ports ? ip.sourcePort() : 0;
        int destination = ports ? ip.destinationPort() : 0;
        int order = Long.compareUnsigned(ip.sourceHigh(), ip.destinationHigh());
        if (order == 0) order = Long.compareUnsigned(ip.sourceLow(), ip.destinationLow());
        if (order == 0) order = Integer.compare(source, destination);
        up = order <= 0;
        lowerHigh = up ? ip.sourceHigh() : ip.destinationHigh();
        lowerLow = up ? ip.sourceLow() : ip.destinationLow();
        lowerPort = up ? source : destination;
        upperHigh = up ? ip.destinationHigh() : ip.sourceHigh();
        upperLow = up ? ip.destinationLow() : ip.sourceLow();
        upperPort = up ? destination : source;
    }

    @Override
    public void close() throws IOException {
        talks.close();
        streams.close();
    }
}
