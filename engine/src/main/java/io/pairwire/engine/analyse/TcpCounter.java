package io.pairwire.engine.analyse;

import io.pairwire.capture.Packet;
import io.pairwire.decode.Layers;
import io.pairwire.decode.wire.IpProtocol;
import io.pairwire.decode.wire.Tcp;
import java.io.IOException;
import java.util.EnumMap;

/** Counts TCP segments and what happened to them. Not thread-safe. */
final class TcpCounter implements AutoCloseable {
    private static final TcpEvent[] EVENTS = TcpEvent.values();
    private static final long HOUR = 3_600_000_000_000L;
    private static final int FLAGS_END = 14; // of the header: behind the byte with the flags

    private final TcpExpert expert;
    private final Evidence[] seen = new Evidence[EVENTS.length];
    private final Evidence resets = new Evidence();
    private final Distribution.Collector handshakes = new Distribution.Collector(HOUR);
    private final Distribution.Collector roundTrips = new Distribution.Collector(HOUR);
    private long packets;
    private long payloadBytes;
    private long syn;
    private long fin;

    TcpCounter(Workspace workspace) {
        expert = new TcpExpert(workspace, workspace.limitBytes() / 8);
        for (int i = 0; i < seen.length; i++) seen[i] = new Evidence();
    }

    /**
     * A segment.
     *
     * @param shown whether it is the outermost TCP of its packet; only that is counted
     * @param quoted whether an ICMP error quotes it: then it only names a connection
     * @return the events, each a {@link TcpEvent#bit}
     */
    int count(Packet packet, Layers ip, TalkCounter talks, boolean shown, boolean quoted) {
        Stream stream = talks.findStream(ip);
        boolean up = talks.isUp();
        int at = ip.transportAt();
        boolean whole = ip.transport() == IpProtocol.TCP && !ip.isFragment() && !quoted;
        int events = 0;
        if (!quoted && packet.capturedLength() - at >= Tcp.LENGTH) {
            expert.read(packet, at, ip.payloadLength());
            boolean another = expert.isAnother(stream, up);
            if (another) stream = talks.streams().again();
            if (whole && (another || expert.answersAnother(stream, up))) events = TcpEvent.REUSED_PORTS.bit();
            if (whole) events |= judge(packet, at, stream, up);
        }
        if (shown) stream.set(Stream.MARKS, Stream.SHOWN);
        if (!quoted) note(packet, stream, up, whole ? ip.payloadLength() : 0);
        if (shown) tally(packet, at, stream, events, whole ? ip.payloadLength() : 0);
        return shown ? events : 0;
    }

    private int judge(Packet packet, int at, Stream stream, boolean up) {
        boolean greeted = stream.longAt(Stream.HANDSHAKE) != 0;
        int events = expert.events(stream, up);
        expert.readOptions(packet, at);
        long handshake = stream.longAt(Stream.HANDSHAKE);
        if (!greeted && handshake > 0) handshakes.add(handshake);
        long roundTrip = expert.roundTripNanos();
        if (roundTrip >= 0 && packet.hasTime()) {
            roundTrips.add(roundTrip);
        }
        if ((events & TcpEvent.RETRANSMISSION.bit()) != 0) stream.increment(Stream.RETRANSMISSIONS);
        return events;
    }

    private static void note(Packet packet, Stream stream, boolean up, int payloadLength) {
        int direction = up ? Stream.UP : Stream.DOWN;
        stream.add(direction + Stream.PACKETS, 1);
        stream.add(direction + Stream.BYTES, packet.originalLength());
        stream.add(direction + Stream.PAYLOAD, payloadLength);
        if (packet.hasTime()) {
            long nanos = packet.epochNanos();
            if (nanos < stream.longAt(Stream.FIRST)) stream.set(Stream.FIRST, nanos);
            if (nanos > stream.longAt(Stream.LAST)) stream.set(Stream.LAST, nanos);
        }
        long numbered = packet.number() << 1 | (up ? 0 : 1);
        if (numbered < stream.longAt(Stream.NUMBER)) stream.set(Stream.NUMBER, numbered);
    }

    private void tally(Packet packet, int at, Stream stream, int events, int payloadLength) {
        packets++;
        payloadBytes += payloadLength;
        long number = packet.number();
        if (packet.capturedLength() - at >= FLAGS_END) {
            int flags = Tcp.flags(packet, at);
            if ((flags & Tcp.FIN) != 0) fin++;
            if ((flags & Tcp.RST) != 0) resets.add(number);
            if ((flags & Tcp.SYN) != 0) {
                syn++;
                stream.increment(Stream.SYNS);
            }
        }
        for (int rest = events; rest != 0; rest &= rest - 1) {
            seen[Integer.numberOfTrailingZeros(rest)].add(number);
        }
    }

    TcpCounts counts() {
        var events = new EnumMap<TcpEvent, Long>(TcpEvent.class);
        for (TcpEvent event : EVENTS) events.put(event, seen[event.ordinal()].count());
        return new TcpCounts(packets, payloadBytes, syn, fin, resets.count(), events);
    }

    Evidence seen(TcpEvent event) {
        return seen[event.ordinal()];
    }

    Evidence resets() {
        return resets;
    }

    Distribution.Collector handshakes() {
        return handshakes;
    }

    Distribution.Collector roundTrips() {
        return roundTrips;
    }

    @Override
    public void close() throws IOException {
        expert.close();
    }
}
