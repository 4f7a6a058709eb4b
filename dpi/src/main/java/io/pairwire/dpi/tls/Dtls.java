package io.pairwire.dpi.tls;

import io.pairwire.dpi.Attribute;
import io.pairwire.dpi.BuiltIn;
import io.pairwire.dpi.BytePattern;
import io.pairwire.dpi.Findings;
import io.pairwire.dpi.Payload;
import io.pairwire.dpi.Protocol;
import io.pairwire.dpi.Recognition;
import io.pairwire.dpi.Session;
import io.pairwire.dpi.SessionParser;
import io.pairwire.dpi.Sides;
import io.pairwire.dpi.Transport;
import io.pairwire.dpi.Trigger;
import io.pairwire.dpi.bytes.ByteCursor;
import io.pairwire.dpi.tls.Fingerprints.Carrier;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Datagram transport layer security, <a href="https://www.rfc-editor.org/rfc/rfc6347">RFC 6347</a> and RFC 9147. */
@BuiltIn
public final class Dtls implements Protocol {
    private static final HelloFindings.Names NAMES = HelloFindings.Names.of("dtls");
    private static final int RECORD_HEADER = 13;
    private static final byte[] RECORD = {0x14, (byte) 0xfe};
    /** What came before the first standard, and some still speak. */
    private static final byte[] OLD_RECORD = {0x14, 1, 0};

    private static final byte[] OLD_RECORD_MASK = {(byte) 0xfc, (byte) 0xff, (byte) 0xff};
    private static final byte[] RECORD_MASK = {(byte) 0xfc, (byte) 0xff};

    /** For the registry. */
    public Dtls() {}

    @Override
    public String name() {
        return "dtls";
    }

    @Override
    public String label() {
        return "DTLS";
    }

    @Override
    public List<String> parents() {
        return List.of("udp");
    }

    @Override
    public List<Trigger> triggers() {
        return List.of(record(RECORD, RECORD_MASK), record(OLD_RECORD, OLD_RECORD_MASK));
    }

    private static Trigger record(byte[] value, byte[] mask) {
        return new Trigger.Bytes(
                Transport.UDP,
                Sides.EITHER,
                RECORD_HEADER,
                Integer.MAX_VALUE,
                List.of(new BytePattern(0, value, mask)));
    }

    @Override
    public List<Attribute> attributes() {
        return NAMES.all();
    }

    /** The first record has to end where the datagram does, or where another one begins. */
    @Override
    public Recognition recognise(Payload payload, Session session) {
        var datagram = cursor(payload);
        if (!DtlsHandshake.isRecord(datagram)) return Recognition.NEVER;
        int end = RECORD_HEADER + (datagram.peek(11) << 8 | datagram.peek(12));
        if (end == payload.length() || payload.isCut() && end <= payload.sentLength()) return Recognition.YES;
        datagram.skip(end);
        return DtlsHandshake.isRecord(datagram) ? Recognition.YES : Recognition.NEVER;
    }

    private static ByteCursor cursor(Payload payload) {
        return payload.cursor(0, payload.length());
    }

    @Override
    public Optional<SessionParser> parser(Session session) {
        return Optional.of(new Handshakes());
    }

    /** Both directions of one session. */
    private static final class Handshakes implements SessionParser {
        /** Datagrams with records of a handshake there may be: those of a long one, sent three times. */
        private static final int MOST_DATAGRAMS = 96;

        private final HelloFindings hellos = new HelloFindings(NAMES, Carrier.DTLS);
        private final DtlsHandshake originator = new DtlsHandshake(this::message);
        private final DtlsHandshake responder = new DtlsHandshake(this::message);
        private @Nullable Findings findings;
        private int datagrams;

        @Override
        public int take(Payload payload, Findings findings) {
            this.findings = findings;
            (payload.fromOriginator() ? originator : responder).offer(cursor(payload));
            this.findings = null;
            return hellos.isComplete() || ++datagrams == MOST_DATAGRAMS ? DONE : payload.length();
        }

        private void message(int type, ByteCursor body) {
            if (findings != null) hellos.message(type, body, findings);
        }
    }
}
