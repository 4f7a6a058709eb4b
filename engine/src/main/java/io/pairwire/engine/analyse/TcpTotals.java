package io.pairwire.engine.analyse;

import io.pairwire.decode.wire.Tcp;
import java.util.EnumMap;

/** What happened to all TCP segments together. Not thread-safe. */
final class TcpTotals {
    private static final TcpEvent[] EVENTS = TcpEvent.values();
    private static final long HOUR = 3_600_000_000_000L;

    private final Evidence[] seen = new Evidence[EVENTS.length];
    private final Distribution.Collector handshakes = new Distribution.Collector(HOUR);
    private final Distribution.Collector roundTrips = new Distribution.Collector(HOUR);
    private Evidence resets = new Evidence();
    private long packets;
    private long payloadBytes;
    private long syn;
    private long fin;

    TcpTotals() {
        for (int i = 0; i < seen.length; i++) seen[i] = new Evidence();
    }

    /** A segment of a batch, and the events it was. */
    void add(TalkBatch batch, int i, Stream stream, int events) {
        packets++;
        payloadBytes += batch.payloadLength(i);
        int flags = batch.flags(i);
        if ((flags & Tcp.FIN) != 0) fin++;
        if ((flags & Tcp.RST) != 0) resets.add(batch.number(i), batch.order(i));
        if ((flags & Tcp.SYN) != 0) {
            syn++;
            stream.increment(Stream.SYNS);
        }
        for (int rest = events; rest != 0; rest &= rest - 1) {
            seen[Integer.numberOfTrailingZeros(rest)].add(batch.number(i), batch.order(i));
        }
    }

    /** Takes on what was counted of other connections. */
    TcpTotals addAll(TcpTotals other) {
        packets += other.packets;
        payloadBytes += other.payloadBytes;
        syn += other.syn;
        fin += other.fin;
        resets = resets.plus(other.resets);
        for (int i = 0; i < seen.length; i++) seen[i] = seen[i].plus(other.seen[i]);
        handshakes.addAll(other.handshakes);
        roundTrips.addAll(other.roundTrips);
        return this;
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
}
