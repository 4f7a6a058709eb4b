package io.pairwire.dpi.session;

import io.pairwire.capture.Packet;
import io.pairwire.decode.Layers;
import io.pairwire.decode.stream.GapReason;
import io.pairwire.decode.stream.StreamHandler;
import io.pairwire.decode.stream.StreamSettings;
import io.pairwire.decode.stream.TcpReassembler;
import io.pairwire.decode.stream.TcpStream;
import io.pairwire.decode.wire.IpProtocol;
import io.pairwire.decode.wire.Tcp;
import java.lang.foreign.MemorySegment;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Puts the streams of those sessions together that are undecided or followed; all others cost nothing here. Not thread-safe.
 */
final class StreamFeed implements StreamHandler {
    private final Classifier classifier;
    private final SessionTable table;
    private final TcpReassembler reassembler;
    private @Nullable TrackedSession current;

    StreamFeed(Classifier classifier, SessionTable table, RandomGenerator random) {
        this.classifier = classifier;
        this.table = table;
        reassembler = new TcpReassembler(StreamSettings.defaults().withMemory(32 << 20, 256 << 10), this, random);
    }

    void offer(TrackedSession session, Packet packet, Layers of) {
        int length = of.payloadLength();
        int flags = Tcp.flags(packet, of.transportAt());
        if (!Classifier.concernsStream(flags, length)) return;
        if (length > 0 && (flags & Tcp.RST) == 0) classifier.segment(session, length);
        current = session;
        try {
            reassembler.offer(packet, of);
        } finally {
            current = null;
        }
        classifier.segmentDone(session);
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
