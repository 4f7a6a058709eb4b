package io.pairwire.dpi.session;

import io.pairwire.capture.Packet;
import io.pairwire.decode.Layers;
import io.pairwire.decode.stream.GapReason;
import io.pairwire.decode.stream.StreamHandler;
import io.pairwire.decode.stream.StreamPlace;
import io.pairwire.decode.stream.StreamSettings;
import io.pairwire.decode.stream.TcpConnection;
import io.pairwire.decode.stream.TcpReassembler;
import io.pairwire.decode.stream.TcpStream;
import io.pairwire.decode.wire.IpProtocol;
import io.pairwire.decode.wire.Tcp;
import java.lang.foreign.MemorySegment;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Puts the streams of those sessions together that are undecided or followed; all others cost nothing here. Most streams come
 * in order, and are handed on as they come; only from the first segment on that does not, a reassembler is asked. Not
 * thread-safe.
 */
final class StreamFeed implements StreamHandler {
    private static final StreamSettings SETTINGS = StreamSettings.defaults().withMemory(32 << 20, 256 << 10);

    private final Classifier classifier;
    private final SessionTable table;
    private final TcpReassembler reassembler;
    private @Nullable TrackedSession current;

    StreamFeed(Classifier classifier, SessionTable table, RandomGenerator random) {
        this.classifier = classifier;
        this.table = table;
        reassembler = new TcpReassembler(SETTINGS, this, random);
    }

    void offer(TrackedSession session, Packet packet, Layers of) {
        int length = of.payloadLength();
        int flags = Tcp.flags(packet, of.transportAt());
        if (!Classifier.concernsStream(flags, length)) return;
        if (length > 0 && (flags & Tcp.RST) == 0) classifier.segment(session, length);
        current = session;
        try {
            if (session.connection != null || !inOrder(session, packet, of, flags, length)) {
                if (session.connection == null) resume(session, packet, of);
                reassembler.offer(packet, of);
            } else {
                reassembler.advance(packet.epochNanos());
            }
            if (session.phase == TrackedSession.COUNTED) forget(session);
        } finally {
            current = null;
        }
        classifier.segmentDone(session);
    }

    /**
     * Takes a segment without the reassembler, as long as all came in order, which is what most sessions do until they are
     * decided; false if this one needs it.
     */
    private boolean inOrder(TrackedSession session, Packet packet, Layers of, int flags, int length) {
        Inspection inspection = session.inspection;
        if ((flags & Tcp.RST) != 0) return inspection == null;
        boolean fromOriginator = isFromOriginator(session, of);
        Side side = session.side(fromOriginator);
        boolean syn = (flags & Tcp.SYN) != 0;
        int sequence = (int) Tcp.sequence(packet, of.transportAt()) + (syn ? 1 : 0);
        if (inspection == null) return !side.isSynSeen() || sequence == side.begins; // then there is no payload
        StreamBuffer buffer = inspection.stream(fromOriginator);
        boolean begun = buffer.delivered > 0;
        if (begun || side.isSynSeen()) {
            int distance = sequence - (begun ? buffer.nextSequence : side.begins);
            if (syn && distance != 0) return length == 0 && distance == -(int) buffer.delivered; // a copy
            if (distance < 0) return begun && distance >= -SETTINGS.window() && length <= -distance;
            if (distance > 0) return buffer.ended;
        }
        if (length > of.payloadCaptured()) return false;
        if (length > 0 && !buffer.ended) {
            long position = buffer.delivered;
            buffer.delivered += length;
            buffer.nextSequence = sequence + length;
            long at = packet.start() + of.payloadAt();
            classifier.bytes(session, fromOriginator, packet.memory(), at, length, position, packet.epochNanos());
        }
        if ((flags & Tcp.FIN) != 0 && session.inspection != null) buffer.ended = true;
        return true;
    }

    /** Shows the reassembler how far the streams were followed, before the segment that it is needed for. */
    private void resume(TrackedSession session, Packet packet, Layers of) {
        boolean fromOriginator = isFromOriginator(session, of);
        TcpConnection connection =
                reassembler.resume(packet, of, place(session, fromOriginator), place(session, !fromOriginator));
        session.connection = connection;
        session.connectionSerial = connection.serial();
    }

    private static StreamPlace place(TrackedSession session, boolean fromOriginator) {
        Side side = session.side(fromOriginator);
        Inspection inspection = session.inspection;
        StreamBuffer buffer = inspection == null ? null : inspection.stream(fromOriginator);
        if (buffer != null && buffer.delivered > 0) {
            return new StreamPlace(true, buffer.nextSequence, buffer.delivered, side.isSynSeen());
        }
        return side.isSynSeen() ? new StreamPlace(true, side.begins, 0, true) : StreamPlace.UNSEEN;
    }

    private void forget(TrackedSession session) {
        TcpConnection connection = session.connection;
        if (connection == null) return;
        session.connection = null;
        reassembler.end(connection, session.connectionSerial);
    }

    /** A session is over: what waits behind a gap of its streams is handed over. */
    void end(TrackedSession session) {
        if (session.connection == null) return;
        TrackedSession before = current;
        current = session; // so that it is not looked for
        try {
            forget(session);
        } finally {
            current = before;
        }
    }

    void finish() {
        reassembler.finish();
    }

    long conflictingBytes() {
        return reassembler.conflictingBytes();
    }

    boolean isFromOriginator(TrackedSession session, Layers of) {
        return isFromOriginator(session, of.sourceHigh(), of.sourceLow(), of.sourcePort());
    }

    private static boolean isFromOriginator(TrackedSession session, long high, long low, int port) {
        boolean ports = session.lowerPort != 0 || session.upperPort != 0;
        return session.originatorHigh() == high
                && session.originatorLow() == low
                && (!ports || session.originatorPort() == port);
    }

    @Override
    public void bytes(TcpStream stream, MemorySegment memory, long at, int length, long epochNanos, long packetNumber) {
        TrackedSession session = session(stream);
        if (session == null) return;
        boolean fromOriginator =
                isFromOriginator(session, stream.sourceHigh(), stream.sourceLow(), stream.sourcePort());
        classifier.bytes(session, fromOriginator, memory, at, length, stream.position(), epochNanos);
    }

    @Override
    public void gap(TcpStream stream, long length, GapReason reason) {
        TrackedSession session = session(stream);
        if (session == null) return;
        boolean fromOriginator =
                isFromOriginator(session, stream.sourceHigh(), stream.sourceLow(), stream.sourcePort());
        classifier.gap(session, fromOriginator, length);
    }

    /** Usually that of the packet at hand; another one where a gap was given up for want of time or room. */
    private @Nullable TrackedSession session(TcpStream stream) {
        TrackedSession session = current;
        if (session != null && isOf(session, stream)) return session;
        return table.find(
                isIpv6(stream) ? 6 : 4,
                IpProtocol.TCP,
                stream.sourceHigh(),
                stream.sourceLow(),
                stream.sourcePort(),
                stream.destinationHigh(),
                stream.destinationLow(),
                stream.destinationPort());
    }

    private static boolean isIpv6(TcpStream stream) {
        return stream.sourceHigh() != 0
                || stream.destinationHigh() != 0
                || (stream.sourceLow() | stream.destinationLow()) >>> 32 != 0;
    }

    private static boolean isOf(TrackedSession session, TcpStream stream) {
        return isFromOriginator(session, stream.sourceHigh(), stream.sourceLow(), stream.sourcePort())
                        && session.responderPort() == stream.destinationPort()
                        && session.responderLow() == stream.destinationLow()
                        && session.responderHigh() == stream.destinationHigh()
                || isFromOriginator(
                                session, stream.destinationHigh(), stream.destinationLow(), stream.destinationPort())
                        && session.responderPort() == stream.sourcePort()
                        && session.responderLow() == stream.sourceLow()
                        && session.responderHigh() == stream.sourceHigh();
    }
}
