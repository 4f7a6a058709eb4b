package io.pairwire.decode.stream;

import io.pairwire.capture.Packet;
import io.pairwire.decode.Layers;
import io.pairwire.decode.wire.IpProtocol;
import io.pairwire.decode.wire.Tcp;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Puts the segments of TCP connections back together (RFC 9293): bytes in order, once, with the gaps named.
 *
 * <p>What comes in order is handed over at once from the packet's own memory; only what comes early is copied, into chunks of
 * a bounded pool. Checksums are not looked at, since captures of outgoing traffic lack them. Time is event time, and never
 * runs back: a packet that is late counts as captured at the latest time seen. Not thread-safe; the packets of a connection,
 * both directions, must come to the same instance.
 */
public final class TcpReassembler {
    private final StreamSettings settings;
    private final StreamHandler handler;
    private final StreamTally tally = new StreamTally();
    private final PiecePool pool;
    private final Connections connections;
    private final Delivery delivery;
    private final long gapNanos;
    private final long idleNanos;
    private final long lingerNanos;
    private long now = Long.MIN_VALUE;

    /** @param random where the secrets of the hash come from; nothing that is handed over depends on it */
    public TcpReassembler(StreamSettings settings, StreamHandler handler, RandomGenerator random) {
        this.settings = settings;
        this.handler = handler;
        pool = new PiecePool(settings.memory());
        connections = new Connections(settings, pool, random);
        delivery = new Delivery(settings, handler, connections, pool, tally);
        gapNanos = settings.gapTimeout().toNanos();
        idleNanos = settings.idleTimeout().toNanos();
        lingerNanos = settings.lingerTimeout().toNanos();
    }

    /**
     * Takes the next packet. Calls the handler, for this stream and for any whose time has come.
     *
     * @param layers what a decoder found in the packet
     * @return false if the packet is no segment, or only a fragment of one: it has moved the time and was counted
     */
    public boolean offer(Packet packet, Layers layers) {
        advance(packet.epochNanos());
        if (layers.transport() != IpProtocol.TCP || layers.isFragment()) {
            tally.notTcp++;
            return false;
        }
        delivery.beginSegment(layers.payloadCaptured(), now);
        try {
            int flags = Tcp.flags(packet, layers.transportAt());
            TcpConnection connection = connections.find(packet, layers);
            if (connection == null) connection = begin(layers, flags);
            if (connection != null) segment(connection, packet, layers, flags);
        } finally {
            delivery.endSegment();
        }
        return true;
    }

    /**
     * Takes over a connection in the middle: for callers who follow streams by themselves as long as they come in order. One
     * with the same endpoints that is known is forgotten. The next {@link #offer} goes on from here; the handler hears of
     * neither beginning again.
     *
     * @param packet a segment of the connection, which is not taken by this
     * @param source how far its sender was followed
     * @param destination how far its receiver was
     * @return the connection, by which {@link #end} knows it together with its serial number
     */
    public TcpConnection resume(Packet packet, Layers layers, StreamPlace source, StreamPlace destination) {
        advance(packet.epochNanos());
        TcpConnection known = connections.find(packet, layers);
        if (known != null) forget(known, EndReason.REUSED);
        TcpConnection first = connections.first();
        if (first != null && connections.isFull()) forget(first, EndReason.EVICTED);
        tally.begun++;
        TcpConnection connection = connections.begin(connections.isFromFirst(), now);
        connection.from(connections.isFromFirst()).resume(source);
        connection.from(!connections.isFromFirst()).resume(destination);
        return connection;
    }

    /** Ends a connection and forgets it, after what waits was handed over; nothing if it is no longer known. */
    public void end(TcpConnection connection, long serial) {
        if (connection.serial() == serial && serial != 0) forget(connection, EndReason.FINISHED);
    }

    /** Begins the connection a segment belongs to, if it is one to begin with. */
    private @Nullable TcpConnection begin(Layers layers, int flags) {
        boolean syn = (flags & (Tcp.SYN | Tcp.RST)) == Tcp.SYN;
        int captured = layers.payloadCaptured();
        boolean pickUp = settings.pickUp() && (flags & Tcp.RST) == 0 && layers.payloadLength() > 0;
        if (!syn && !pickUp) {
            if (layers.payloadLength() == 0) tally.ignoredSegments++;
            delivery.drop(SegmentDrop.NOT_PICKED_UP, captured);
            return null;
        }
        TcpConnection first = connections.first();
        if (first != null && connections.isFull()) forget(first, EndReason.EVICTED);
        return begin(flags);
    }

    private TcpConnection begin(int flags) {
        boolean answer = (flags & (Tcp.SYN | Tcp.ACK)) == (Tcp.SYN | Tcp.ACK);
        tally.begun++;
        return connections.begin(connections.isFromFirst() != answer, now);
    }

    private void forget(TcpConnection connection, EndReason reason) {
        delivery.endBoth(connection, reason);
        connections.remove(connection);
    }

    private void segment(TcpConnection found, Packet packet, Layers layers, int flags) {
        TcpConnection connection = found;
        int at = layers.transportAt();
        int sequence = (int) Tcp.sequence(packet, at);
        if ((flags & Tcp.RST) != 0) {
            reset(connection, sequence, layers.payloadCaptured());
            return;
        }
        boolean syn = (flags & Tcp.SYN) != 0;
        if (syn) sequence++;
        if (syn && isNewConnection(connection, sequence, flags)) {
            forget(connection, EndReason.REUSED);
            connection = begin(flags);
        }
        connections.touch(connection, now);
        TcpStream stream = connection.from(connections.isFromFirst());
        if (connection.closed && !stream.begun) {
            delivery.drop(SegmentDrop.AFTER_END, layers.payloadCaptured());
            return;
        }
        int length = layers.payloadLength();
        if (!stream.begun) {
            stream.begun = true;
            stream.startAt(sequence);
            stream.synSeen = syn;
            handler.begin(stream);
        }
        int distance = sequence - stream.nextSequence;
        boolean keepAlive = distance == -1 && length <= 1 && (flags & (Tcp.SYN | Tcp.FIN)) == 0;
        if (keepAlive) tally.keepAlives++;
        boolean earlier = distance < 0 && distance >= -settings.window() && length > 0;
        if (earlier && !keepAlive && !stream.synSeen && stream.isUntouched()) stream.startAt(sequence);
        int urgentAt = -1;
        if ((flags & Tcp.URG) != 0) {
            tally.urgent++;
            urgentAt = Tcp.urgentPointer(packet, at) - 1;
        }
        boolean fin = (flags & Tcp.FIN) != 0;
        delivery.take(stream, sequence, packet, layers, fin, urgentAt);
    }

    private void reset(TcpConnection connection, int sequence, int captured) {
        delivery.drop(
                SegmentDrop.AFTER_END,
                captured); // a reset may say why (RFC 9293 §3.5.2), which is no part of the stream
        if (connection.closed) return;
        TcpStream stream = connection.from(connections.isFromFirst());
        int distance = sequence - stream.nextSequence;
        if (stream.begun && (distance > settings.window() || distance < -settings.window())) tally.ignoredResets++;
        else delivery.endBoth(connection, EndReason.RESET);
    }

    /**
     * Does a SYN begin another connection with the same addresses and ports? Not if it is a copy of one seen before, nor if
     * nothing was sent yet, for then an earlier attempt gave way to this one.
     *
     * @param sequence of the first byte behind the SYN
     */
    private boolean isNewConnection(TcpConnection connection, int sequence, int flags) {
        TcpStream stream = connection.from(connections.isFromFirst());
        if (!stream.begun) return connection.closed;
        if (sequence == stream.firstSequence) {
            stream.synSeen = true;
            return false;
        }
        if (connection.closed) return true;
        boolean answer = (flags & Tcp.ACK) != 0;
        if (stream.isUntouched() && (answer || stream.opposite().isUntouched())) {
            stream.startAt(sequence);
            stream.synSeen = true;
            return false;
        }
        return !answer;
    }

    /**
     * Says that it is {@code epochNanos} now, for who knows without a packet, and gives up what waited too long. Costs one
     * comparison for each timeout and the work on what has run out.
     */
    public void advance(long epochNanos) {
        if (epochNanos > now) now = epochNanos;
        delivery.giveUpOverdue(now, gapNanos);
        for (TcpConnection idle = connections.idle(now, idleNanos);
                idle != null;
                idle = connections.idle(now, idleNanos)) {
            forget(idle, EndReason.IDLE);
        }
        for (TcpConnection old = connections.lingering(now, lingerNanos);
                old != null;
                old = connections.lingering(now, lingerNanos)) {
            connections.remove(old);
        }
    }

    /** Ends all streams, as the input has ended; what waits is handed over. May begin anew with other packets. */
    public void finish() {
        for (TcpConnection first = connections.first(); first != null; first = connections.first()) {
            forget(first, EndReason.FINISHED);
        }
    }

    /** Bytes so far of which another copy waited with another content. */
    public long conflictingBytes() {
        return tally.conflicting;
    }

    /** The accounts as they stand now. Allocates. */
    public StreamStatistics statistics() {
        return tally.statistics(pool, connections.count());
    }
}
