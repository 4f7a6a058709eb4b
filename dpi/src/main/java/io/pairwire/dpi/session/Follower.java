package io.pairwire.dpi.session;

import io.pairwire.decode.stream.Direction;
import io.pairwire.dpi.Attribute;
import io.pairwire.dpi.AttributeValues;
import io.pairwire.dpi.CarriedFile;
import io.pairwire.dpi.ErrorCode;
import io.pairwire.dpi.FileHook;
import io.pairwire.dpi.FileReceiver;
import io.pairwire.dpi.Findings;
import io.pairwire.dpi.Payload;
import io.pairwire.dpi.Session;
import io.pairwire.dpi.SessionParser;
import io.pairwire.dpi.Transport;
import io.pairwire.dpi.registry.Catalogue;
import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Feeds the parsers of recognised sessions and keeps what they find. Belongs to one thread. */
final class Follower implements Findings {
    /** How often in a row one parser may hand over to another. */
    private static final int MOST_HAND_OVERS = 8;

    /** A parser that waits is asked again when this part of what is kept has come in addition. */
    private static final int AGAIN = 32;

    private final Wanted wanted;
    private final SessionListener listener;
    private final boolean hearsValues;
    private final Labels labels;
    private final Expectations expectations;
    private final ErrorCounts errors;
    private final Payload payload = new Payload();
    private Catalogue catalogue;
    private @Nullable TrackedSession session;
    private int handOver;
    private FileHook files = FileHook.NONE;

    Follower(
            Catalogue catalogue,
            Wanted wanted,
            SessionListener listener,
            Labels labels,
            Expectations expectations,
            ErrorCounts errors) {
        this.catalogue = catalogue;
        this.wanted = wanted;
        this.listener = listener;
        hearsValues = listener.hearsValues();
        this.labels = labels;
        this.expectations = expectations;
        this.errors = errors;
    }

    void use(Catalogue newer) {
        catalogue = newer;
    }

    void files(FileHook hook) {
        files = hook;
    }

    /** Has the protocol a parser for this session? Then it is in the inspection. */
    boolean begin(TrackedSession of, int protocol, Inspection inspection) {
        inspection.parserProtocol = protocol;
        inspection.parser = null;
        try {
            catalogue
                    .protocol(protocol)
                    .flatMap(known -> known.parser(of))
                    .ifPresent(parser -> inspection.parser = parser);
        } catch (RuntimeException | LinkageError e) { // the edge to code that may be a stranger's
            errors.thrown(protocol);
        }
        return inspection.parser != null;
    }

    /** Hands over a datagram; false if the parser is done, or took the recognition back. */
    boolean datagram(TrackedSession of, Inspection inspection, Payload datagram) {
        int used = take(of, inspection, datagram);
        while (used == 0 && handOver != 0) { // nothing of it was used up: it is the other parser's
            if (!goesOn(of, inspection, used)) return false;
            used = take(of, inspection, datagram);
        }
        return goesOn(of, inspection, used);
    }

    /** Hands over what is kept of one direction. */
    boolean pending(TrackedSession of, Inspection inspection, boolean fromOriginator) {
        StreamBuffer buffer = inspection.stream(fromOriginator);
        if (buffer.length() == 0) return true;
        boolean goesOn = work(of, inspection, buffer, fromOriginator, buffer.memory(), 0, buffer.length(), true);
        return goesOn && of.phase == TrackedSession.FOLLOWED;
    }

    /** Hands over the next bytes of one direction, together with those kept before. */
    boolean bytes(
            TrackedSession of,
            Inspection inspection,
            boolean fromOriginator,
            MemorySegment memory,
            long at,
            int length,
            long position) {
        StreamBuffer buffer = inspection.stream(fromOriginator);
        StreamBuffer other = inspection.stream(!fromOriginator);
        if (other.length() > other.askedAt && !pending(of, inspection, !fromOriginator)) return false;
        long passed = Math.min(buffer.skip, length);
        buffer.skip -= passed;
        int rest = (int) (length - passed);
        if (buffer.length() == 0) buffer.position = position + passed;
        if (rest == 0) return true;
        if (buffer.length() == 0) {
            return work(of, inspection, buffer, fromOriginator, memory, at + passed, rest, false);
        }
        if (!buffer.append(memory, at + passed, rest)) {
            errors.count(ErrorCode.STREAM_ABANDONED);
            return false;
        }
        if (buffer.length() - buffer.askedAt < buffer.askedAt / AGAIN) return true;
        return pending(of, inspection, fromOriginator);
    }

    /**
     * Lets the parser use up what it can, and keeps the rest.
     *
     * @param kept are the bytes those of the buffer?
     */
    private boolean work(
            TrackedSession of,
            Inspection inspection,
            StreamBuffer buffer,
            boolean fromOriginator,
            MemorySegment memory,
            long at,
            int length,
            boolean kept) {
        Direction direction = fromOriginator ? Direction.ORIGINATOR : Direction.RESPONDER;
        int done = 0;
        long position = buffer.position;
        while (done < length) {
            int left = length - done;
            payload.moveTo(memory, at + done, left, left, direction, position + done, buffer.epochNanos);
            int used = take(of, inspection, payload);
            if (used < 0) return goesOn(of, inspection, used);
            if (used > left) {
                buffer.skip = (long) used - left;
                used = left;
            }
            done += used;
            boolean changed = handOver != 0 && changeParser(of, inspection);
            if (inspection.parser == null) return false;
            if (used == 0 && !changed) break;
        }
        if (kept) {
            buffer.use(done);
        } else {
            buffer.position = position + done;
            if (done < length && !buffer.append(memory, at + done, length - done)) {
                errors.count(ErrorCode.STREAM_ABANDONED);
                return false;
            }
        }
        buffer.askedAt = buffer.length();
        return true;
    }

    private boolean changeParser(TrackedSession of, Inspection inspection) {
        int next = handOver;
        handOver = 0;
        labels.carries(of, next);
        inspection.handOvers++;
        if (inspection.handOvers > MOST_HAND_OVERS || !begin(of, next, inspection)) inspection.parser = null;
        return true;
    }

    private int take(TrackedSession of, Inspection inspection, Payload shown) {
        SessionParser parser = inspection.parser;
        if (parser == null) return SessionParser.DONE;
        session = of;
        handOver = 0;
        try {
            return parser.take(shown, this);
        } catch (RuntimeException | LinkageError e) { // the edge to code that may be a stranger's
            errors.thrown(inspection.parserProtocol);
            return SessionParser.DONE;
        } finally {
            session = null;
        }
    }

    /** What a negative answer means; a recognition is only taken back as long as nothing was used up. */
    private boolean goesOn(TrackedSession of, Inspection inspection, int used) {
        if (used >= 0) {
            if (handOver != 0) changeParser(of, inspection);
            return inspection.parser != null;
        }
        if (used == SessionParser.VIOLATION) {
            errors.count(ErrorCode.PROTOCOL_TOOK_BACK);
            inspection.never(inspection.parserProtocol);
            inspection.parser = null;
            of.phase = TrackedSession.UNDECIDED;
            labels.none(of);
        }
        return false;
    }

    /** Bytes will not come; false if the parser is done. */
    boolean gap(TrackedSession of, Inspection inspection, boolean fromOriginator, long length) {
        StreamBuffer buffer = inspection.stream(fromOriginator);
        long unwanted = Math.min(buffer.skip, length);
        buffer.skip -= unwanted;
        if (unwanted == length) return true;
        buffer.use(buffer.length());
        SessionParser parser = inspection.parser;
        if (parser == null) return false;
        session = of;
        try {
            return parser.gap(fromOriginator ? Direction.ORIGINATOR : Direction.RESPONDER, length) >= 0;
        } catch (RuntimeException | LinkageError e) { // the edge to code that may be a stranger's
            errors.thrown(inspection.parserProtocol);
            return false;
        } finally {
            session = null;
        }
    }

    /** The session is over: what was kept back for more is shown a last time. */
    void end(TrackedSession of, Inspection inspection) {
        for (boolean side : new boolean[] {true, false}) {
            StreamBuffer buffer = inspection.stream(side);
            if (buffer.length() > buffer.askedAt && !pending(of, inspection, side)) return;
        }
    }

    private TrackedSession open() {
        TrackedSession open = session;
        if (open == null) throw new IllegalStateException("findings are told outside of a parser's method");
        return open;
    }

    @Override
    public Session session() {
        return open();
    }

    @Override
    public boolean wants(Attribute attribute) {
        return wanted.includes(attribute);
    }

    @Override
    public boolean wantsAny() {
        return wanted.any() || files != FileHook.NONE;
    }

    @Override
    public Optional<FileReceiver> file(CarriedFile file) {
        return files.begins(open(), file);
    }

    private AttributeValues values() {
        TrackedSession open = open();
        AttributeValues values = open.values;
        if (values == null) {
            values = new AttributeValues();
            open.values = values;
        }
        return values;
    }

    private void refused(AttributeValues values, long before) {
        if (values.refused() > before) errors.count(ErrorCode.VALUES_REFUSED);
    }

    @Override
    public void put(Attribute attribute, long value) {
        if (!wanted.includes(attribute)) return;
        AttributeValues values = values();
        long before = values.refused();
        values.put(attribute, value);
        refused(values, before);
        if (hearsValues) listener.found(open(), attribute, Long.toString(value));
    }

    @Override
    public void put(Attribute attribute, String value) {
        if (!wanted.includes(attribute)) return;
        AttributeValues values = values();
        long before = values.refused();
        values.put(attribute, value);
        refused(values, before);
        if (hearsValues) listener.found(open(), attribute, value);
    }

    @Override
    public void putLate(Attribute attribute, int bytes, Supplier<String> text) {
        if (!wanted.includes(attribute)) return;
        if (hearsValues) {
            put(attribute, text.get());
            return;
        }
        AttributeValues values = values();
        long before = values.refused();
        values.putLate(attribute, bytes, text);
        refused(values, before);
    }

    @Override
    public void put(Attribute attribute, byte[] value) {
        if (!wanted.includes(attribute)) return;
        AttributeValues values = values();
        long before = values.refused();
        values.put(attribute, value);
        refused(values, before);
        if (hearsValues) listener.found(open(), attribute, HexFormat.of().formatHex(value));
    }

    @Override
    public void host(String name) {
        catalogue.applications().ofHost(name).ifPresent(this::application);
    }

    @Override
    public void alpn(String name) {
        int carried = catalogue.triggers().alpn(name);
        if (carried != 0) labels.carries(open(), carried);
        catalogue.applications().ofAlpn(name).ifPresent(this::application);
    }

    @Override
    public void certificate(String name) {
        host(name);
    }

    @Override
    public void application(String label) {
        labels.application(open(), label);
    }

    @Override
    public void carries(String protocol) {
        int number = catalogue.number(protocol);
        if (number == 0) errors.count(ErrorCode.PROTOCOL_UNKNOWN);
        else labels.carries(open(), number);
    }

    @Override
    public void handOver(String protocol) {
        int number = catalogue.number(protocol);
        if (number == 0) errors.count(ErrorCode.PROTOCOL_UNKNOWN);
        else handOver = number;
    }

    @Override
    public void expect(String protocol, Transport transport, long addressHigh, long addressLow, int port) {
        int number = catalogue.number(protocol);
        if (number == 0) {
            errors.count(ErrorCode.PROTOCOL_UNKNOWN);
            return;
        }
        TrackedSession open = open();
        long lost = expectations.lost();
        expectations.add(transport, addressHigh, addressLow, port, number, open.id, open.heardNanos);
        if (expectations.lost() > lost) errors.count(ErrorCode.EXPECTATION_LOST);
    }
}
