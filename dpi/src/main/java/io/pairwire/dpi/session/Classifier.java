package io.pairwire.dpi.session;

import io.pairwire.capture.Packet;
import io.pairwire.decode.Layer;
import io.pairwire.decode.Layers;
import io.pairwire.decode.stream.Direction;
import io.pairwire.decode.wire.IpProtocol;
import io.pairwire.decode.wire.Tcp;
import io.pairwire.dpi.AttributeValues;
import io.pairwire.dpi.Confidence;
import io.pairwire.dpi.ErrorCode;
import io.pairwire.dpi.FileHook;
import io.pairwire.dpi.Payload;
import io.pairwire.dpi.Protocol;
import io.pairwire.dpi.Recognition;
import io.pairwire.dpi.Transport;
import io.pairwire.dpi.registry.Candidates;
import io.pairwire.dpi.registry.Catalogue;
import io.pairwire.dpi.registry.Signature;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Finds out what a session speaks, and has it followed as long as somebody wants to know more.
 *
 * <p>A session is undecided until a protocol says YES or the limits are reached; then it is labelled by a part of what a
 * protocol would show, by an announcement, by address or by port, or stays unknown. A stream is looked at as it has come so
 * far, from its start, so the answer does not depend on how it was cut; and the limits are reached only when both enough
 * segments and enough bytes came.
 */
final class Classifier {
    /** Bytes of a stream that are looked at before giving up, for each allowed segment. */
    private static final int BYTES_A_SEGMENT = 64;

    /** Segments of any length after which nobody goes on. */
    private static final int MOST_SEGMENTS = 1024;

    /** Bytes of one direction that are kept while nobody has said YES. */
    private static final int MOST_KEPT = 4096;

    /** Ports below are given to services alone, RFC 6335 §6. */
    private static final int SYSTEM_PORTS = 1024;

    private static final int DATA_CHUNK = 0;
    private static final int CHUNK_HEADER = 16;

    private final SessionSettings settings;
    private final SessionLists lists;
    private final ErrorCounts errors;
    private final Labels labels;
    private final Follower follower;
    private final StreamFeed streams;
    private final Expectations expectations = new Expectations();
    private final ArrayDeque<Inspection> spare = new ArrayDeque<>();
    private final Candidates candidates = new Candidates();
    private final Payload payload = new Payload();
    private Catalogue catalogue;
    private long memory;
    private long inspected;
    private long asked;

    Classifier(
            Catalogue catalogue,
            SessionSettings settings,
            Wanted wanted,
            SessionListener listener,
            SessionTable table,
            SessionLists lists,
            PathTable paths,
            ErrorCounts errors,
            RandomGenerator random) {
        this.catalogue = catalogue;
        this.settings = settings;
        this.lists = lists;
        this.errors = errors;
        labels = new Labels(catalogue, paths, listener);
        follower = new Follower(catalogue, wanted, listener, labels, expectations, errors);
        streams = new StreamFeed(this, table, random);
    }

    void use(Catalogue newer) {
        catalogue = newer;
        labels.use(newer);
        follower.use(newer);
    }

    /** Bytes in use for what waits to be recognised and for what was found. */
    long memory() {
        return memory;
    }

    void files(FileHook hook) {
        follower.files(hook);
    }

    /** Bytes of streams that came twice with another content while they waited for others. */
    long conflictingBytes() {
        return streams.conflictingBytes();
    }

    long inspected() {
        return inspected;
    }

    long asked() {
        return asked;
    }

    /** Is it the source that has a well-known port, and not the destination, or only a less well known one? */
    boolean isServer(Layers of) {
        var triggers = catalogue.triggers();
        int source = of.sourcePort();
        int destination = of.destinationPort();
        boolean known = triggers.guess(Transport.TCP, source, source) != 0;
        boolean otherKnown = triggers.guess(Transport.TCP, destination, destination) != 0;
        return known && (!otherKnown || source < SYSTEM_PORTS && destination >= SYSTEM_PORTS);
    }

    /**
     * A session has begun.
     *
     * @param inside the layer that the decoder found in the transport, or {@link Layer#OTHER}
     */
    void begin(TrackedSession session, Layer inside) {
        if (inside != Layer.OTHER && session.transport() != Transport.TCP) {
            labels.base(session, catalogue.number(inside.name().toLowerCase(Locale.ROOT)), Confidence.DPI);
            count(session);
            return;
        }
        if (session.transport() == Transport.IP) {
            int number = catalogue.triggers().ipProtocol(session.protocol);
            if (number == 0) return;
            recognised(session, number, Confidence.DPI, inspection(session));
            return;
        }
        var expected = expectations.of(session, session.heardNanos);
        if (expected == null) return;
        session.parent = expected.parent();
        recognised(session, expected.protocol(), Confidence.CACHE, inspection(session));
    }

    /** Looks at a packet of a session that is undecided or followed. */
    void inspect(TrackedSession session, Packet packet, Layers of, int innerAt) {
        if (of.transport() == IpProtocol.TCP) {
            streams.offer(session, packet, of);
            return;
        }
        int at = of.transport() == 0 ? innerAt : of.payloadAt();
        int captured = of.transport() == 0 ? packet.capturedLength() - at : of.payloadCaptured();
        int sent = of.transport() == 0 ? captured : of.payloadLength();
        if (at < 0 || captured <= 0 || of.transport() == 0 && session.transport() != Transport.IP) return;
        boolean fromOriginator = streams.isFromOriginator(session, of);
        var direction = fromOriginator ? Direction.ORIGINATOR : Direction.RESPONDER;
        if (of.transport() == IpProtocol.SCTP) {
            int data = chunk(session, packet, at, captured);
            if (data < 0 || session.phase == TrackedSession.COUNTED) return;
            at += data;
            captured -= data;
            sent -= data;
        }
        payload.moveTo(packet.memory(), packet.start() + at, captured, sent, direction, 0, packet.epochNanos());
        datagram(session, payload);
    }

    /** Bytes to the data of the first DATA chunk, or -1; a known payload protocol decides at once. */
    private int chunk(TrackedSession session, Packet packet, int at, int captured) {
        if (captured <= CHUNK_HEADER || packet.u8(at) != DATA_CHUNK) return -1;
        int identifier = packet.u32(at + 12);
        if (session.phase == TrackedSession.UNDECIDED && identifier != 0) {
            int number = catalogue.triggers().payloadProtocol(identifier);
            if (number != 0) recognised(session, number, Confidence.DPI, inspection(session));
        }
        return CHUNK_HEADER;
    }

    private void datagram(TrackedSession session, Payload datagram) {
        Inspection inspection = inspection(session);
        if (session.phase == TrackedSession.UNDECIDED) {
            inspection.payloads++;
            if (!ask(session, inspection, datagram)) {
                if (inspection.payloads >= settings.datagrams()) giveUp(session, inspection);
                return;
            }
        }
        if (session.phase != TrackedSession.FOLLOWED) return;
        boolean goesOn = follower.datagram(session, inspection, datagram);
        valuesGrew(session);
        if (!goesOn) settle(session, inspection);
    }

    /** The parser is done, or took the recognition back. */
    private void settle(TrackedSession session, Inspection inspection) {
        if (session.protocolId != 0) count(session);
        else if (inspection.payloads >= settings.datagrams()) giveUp(session, inspection);
    }

    /** A segment with payload is about to be offered; what follows from it comes by {@link #bytes}. */
    void segment(TrackedSession session, int length) {
        Inspection inspection = inspection(session);
        inspection.payloads++;
        inspection.payloadBytes += length;
    }

    /** After a segment: is it time to give up? */
    void segmentDone(TrackedSession session) {
        Inspection inspection = session.inspection;
        if (session.phase != TrackedSession.UNDECIDED || inspection == null) return;
        boolean enough = inspection.payloads >= settings.tcpPackets()
                && inspection.payloadBytes >= (long) settings.tcpPackets() * BYTES_A_SEGMENT;
        if (enough || inspection.payloads >= MOST_SEGMENTS) giveUp(session, inspection);
    }

    /** The next bytes of a stream. */
    void bytes(
            TrackedSession session,
            boolean fromOriginator,
            MemorySegment memory,
            long at,
            int length,
            long position,
            long nanos) {
        if (session.phase == TrackedSession.COUNTED) return;
        Inspection inspection = inspection(session);
        StreamBuffer buffer = inspection.stream(fromOriginator);
        buffer.epochNanos = nanos;
        if (session.phase == TrackedSession.UNDECIDED) {
            boolean first = inspection.originator.length() == 0 && inspection.responder.length() == 0;
            if (first) inspection.originatorFirst = fromOriginator;
            if (buffer.length() == 0) buffer.position = position;
            int before = buffer.allocated();
            if (!buffer.append(memory, at, length)) return;
            memory(session, buffer.allocated() - before);
            int shown = Math.min(buffer.length(), MOST_KEPT);
            payload.moveTo(buffer.memory(), 0, shown, shown, direction(fromOriginator), buffer.position, nanos);
            if (!ask(session, inspection, payload)) return;
            if (session.phase == TrackedSession.FOLLOWED) {
                boolean goesOn = follower.pending(session, inspection, inspection.originatorFirst)
                        && follower.pending(session, inspection, !inspection.originatorFirst);
                if (!goesOn) stopped(session, inspection);
            }
            return;
        }
        int before = buffer.allocated();
        boolean goesOn = follower.bytes(session, inspection, fromOriginator, memory, at, length, position);
        memory(session, buffer.allocated() - before);
        valuesGrew(session);
        if (!goesOn) stopped(session, inspection);
    }

    private static Direction direction(boolean fromOriginator) {
        return fromOriginator ? Direction.ORIGINATOR : Direction.RESPONDER;
    }

    private void stopped(TrackedSession session, Inspection inspection) {
        if (session.protocolId != 0) {
            count(session);
            return;
        }
        // The recognition was taken back: what was kept is looked at again by the others.
        for (boolean side : new boolean[] {inspection.originatorFirst, !inspection.originatorFirst}) {
            StreamBuffer buffer = inspection.stream(side);
            int shown = Math.min(buffer.length(), MOST_KEPT);
            if (shown == 0) continue;
            payload.moveTo(buffer.memory(), 0, shown, shown, direction(side), buffer.position, buffer.epochNanos);
            if (!ask(session, inspection, payload)) continue;
            if (session.phase == TrackedSession.FOLLOWED) {
                boolean goesOn =
                        follower.pending(session, inspection, side) && follower.pending(session, inspection, !side);
                if (!goesOn && session.protocolId != 0) count(session);
                else if (!goesOn) giveUp(session, inspection);
            }
            return;
        }
    }

    /** Bytes of a stream will not come: what was kept of it is looked at no more. */
    void gap(TrackedSession session, boolean fromOriginator, long length) {
        Inspection inspection = session.inspection;
        if (inspection == null || session.phase == TrackedSession.COUNTED) return;
        if (session.phase == TrackedSession.FOLLOWED) {
            if (!follower.gap(session, inspection, fromOriginator, length)) stopped(session, inspection);
            return;
        }
        StreamBuffer buffer = inspection.stream(fromOriginator);
        buffer.use(buffer.length()); // the bytes behind the gap may still be known for what they are
    }

    /** Asks those for whom something speaks; true if one said YES. */
    private boolean ask(TrackedSession session, Inspection inspection, Payload shown) {
        inspected++;
        Transport transport = session.transport();
        catalogue.triggers().find(shown, transport, session.originatorPort(), session.responderPort(), candidates);
        for (int i = 0; i < candidates.count(); i++) {
            int number = candidates.protocol(i);
            if (!inspection.enter(number)) continue;
            asked++;
            switch (recognise(catalogue.asked(number), number, session, shown)) {
                case YES -> {
                    recognised(session, number, Confidence.DPI, inspection);
                    return true;
                }
                case NEVER -> inspection.never();
                case MORE -> {
                    boolean whole = catalogue.asked(number) instanceof Signature; // holds as a whole or not at all
                    if (candidates.isBacked(i) && !whole) inspection.partial = number;
                }
            }
        }
        return false;
    }

    private Recognition recognise(Protocol protocol, int number, TrackedSession session, Payload shown) {
        try {
            return protocol.recognise(shown, session);
        } catch (RuntimeException | LinkageError e) { // the edge to code that may be a stranger's
            errors.thrown(number);
            return Recognition.NEVER;
        }
    }

    private void recognised(TrackedSession session, int number, Confidence confidence, Inspection inspection) {
        labels.base(session, number, confidence);
        lists.decided(session);
        if (follower.begin(session, number, inspection)) session.phase = TrackedSession.FOLLOWED;
        else count(session);
    }

    /** Nobody recognised it: guesses. */
    private void giveUp(TrackedSession session, Inspection inspection) {
        errors.count(ErrorCode.SESSION_GIVEN_UP);
        if (inspection.partial != 0) labels.base(session, inspection.partial, Confidence.PARTIAL);
        else if (settings.guessing()) guess(session);
        count(session);
    }

    private void guess(TrackedSession session) {
        Transport transport = session.transport();
        int port = transport == Transport.IP
                ? 0
                : catalogue.triggers().guess(transport, session.originatorPort(), session.responderPort());
        if (port != 0) labels.base(session, port, Confidence.PORT);
        else byAddress(session).ifPresent(label -> labels.guessed(session, label));
    }

    private Optional<String> byAddress(TrackedSession session) {
        var applications = catalogue.applications();
        int version = session.ipVersion;
        Optional<String> found = applications.ofAddress(version, session.responderHigh(), session.responderLow());
        return found.isPresent()
                ? found
                : applications.ofAddress(version, session.originatorHigh(), session.originatorLow());
    }

    /** From now on the session is only counted. */
    private void count(TrackedSession session) {
        session.phase = TrackedSession.COUNTED;
        lists.decided(session);
        giveBack(session);
    }

    private Inspection inspection(TrackedSession session) {
        Inspection inspection = session.inspection;
        if (inspection == null) {
            inspection = spare.isEmpty() ? new Inspection() : spare.pop();
            inspection.reset();
            session.inspection = inspection;
            memory(session, inspection.bytes());
        }
        return inspection;
    }

    private void memory(TrackedSession session, int bytes) {
        session.extraBytes += bytes;
        memory += bytes;
    }

    private void valuesGrew(TrackedSession session) {
        AttributeValues values = session.values;
        if (values == null) return;
        int bytes = values.bytes();
        memory(session, bytes - session.valueBytes);
        session.valueBytes = bytes;
    }

    private void giveBack(TrackedSession session) {
        Inspection inspection = session.inspection;
        if (inspection == null) return;
        session.inspection = null;
        inspection.parser = null;
        valuesGrew(session);
        memory(session, session.valueBytes - session.extraBytes);
        if (spare.size() < 1024) spare.push(inspection);
    }

    /** A session is over: the last chance to say what it was. */
    void end(TrackedSession session) {
        streams.end(session);
        Inspection inspection = session.inspection;
        if (session.phase == TrackedSession.FOLLOWED && inspection != null) follower.end(session, inspection);
        if (session.phase != TrackedSession.UNDECIDED) return;
        if (inspection != null) giveUp(session, inspection);
        else if (settings.guessing()) guess(session);
    }

    /** Forgets all about a session that is over. */
    void release(TrackedSession session) {
        giveBack(session);
        memory(session, -session.extraBytes);
    }

    /** The input has ended: what waits for bytes before it is handed over. */
    void finish() {
        streams.finish();
    }

    /** Is this segment one that streams are made of? */
    static boolean concernsStream(int flags, int payloadLength) {
        return payloadLength > 0 || (flags & (Tcp.SYN | Tcp.FIN | Tcp.RST)) != 0;
    }
}
