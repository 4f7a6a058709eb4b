package io.pairwire.dpi.tls;

import io.pairwire.decode.stream.Direction;
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

/** Transport layer security, SSL 3.0 to TLS 1.3, <a href="https://www.rfc-editor.org/rfc/rfc8446">RFC 8446</a>. */
@BuiltIn
public final class Tls implements Protocol {
    private static final HelloFindings.Names NAMES = HelloFindings.Names.of("tls");

    private static final int RECORD_HEADER = 5;
    /** Content type and two bytes of version, with the last bits free: 20 to 23, 3.0 to 3.3. */
    private static final byte[] RECORD = {0x14, 3, 0};

    private static final byte[] RECORD_MASK = {(byte) 0xfc, (byte) 0xff, (byte) 0xfc};
    /** An SSL 2.0 record of up to 255 bytes with a client's hello. */
    private static final byte[] OLD_HELLO = {(byte) 0x80, 0, 1};

    private static final byte[] OLD_HELLO_MASK = {(byte) 0xff, 0, (byte) 0xff};

    /** For the registry. */
    public Tls() {}

    @Override
    public String name() {
        return "tls";
    }

    @Override
    public String label() {
        return "TLS";
    }

    @Override
    public List<String> parents() {
        return List.of("tcp");
    }

    @Override
    public List<Trigger> triggers() {
        return List.of(
                Trigger.tcp(443),
                new Trigger.Hint(Transport.TCP, 8443),
                Trigger.bytes(Transport.TCP, new BytePattern(0, RECORD, RECORD_MASK)),
                new Trigger.Bytes(
                        Transport.TCP,
                        Sides.ORIGINATOR,
                        3,
                        Integer.MAX_VALUE,
                        List.of(new BytePattern(0, OLD_HELLO, OLD_HELLO_MASK))));
    }

    @Override
    public List<Attribute> attributes() {
        return NAMES.all();
    }

    @Override
    public Recognition recognise(Payload payload, Session session) {
        int length = payload.length();
        if (length < 3) return payload.u8(0) >= 0x14 && payload.u8(0) <= 0x17 ? Recognition.MORE : Recognition.NEVER;
        if (payload.u8(0) == 0x80 && payload.u8(2) == ClientHello.TYPE) return recogniseOld(payload);
        if (!TlsHandshake.isRecord(cursor(payload, 0))) return Recognition.NEVER;
        if (length < RECORD_HEADER + 1) return Recognition.MORE;
        if (payload.u8(0) == TlsHandshake.HANDSHAKE) return recogniseHandshake(payload);
        int next = RECORD_HEADER + payload.u16(3);
        if (next >= length) return payload.u8(0) == TlsHandshake.APPLICATION ? Recognition.YES : Recognition.MORE;
        if (length - next < 3) return Recognition.MORE;
        return TlsHandshake.isRecord(cursor(payload, next)) ? Recognition.YES : Recognition.NEVER;
    }

    private static Recognition recogniseHandshake(Payload payload) {
        int type = payload.u8(RECORD_HEADER);
        if (payload.length() < RECORD_HEADER + 6) return type <= 24 ? Recognition.MORE : Recognition.NEVER;
        boolean hello = type == ClientHello.TYPE || type == ServerHello.TYPE;
        if (hello)
            return payload.u8(RECORD_HEADER + 4) == 3 || payload.u8(RECORD_HEADER + 4) == 0x7f
                    ? Recognition.YES
                    : Recognition.NEVER;
        // Certificates, keys, a request for a hello; or in the middle of a connection, encrypted, any byte.
        int next = RECORD_HEADER + payload.u16(3);
        if (payload.length() - next < 3) return next <= payload.length() ? Recognition.YES : Recognition.MORE;
        return TlsHandshake.isRecord(cursor(payload, next)) ? Recognition.YES : Recognition.NEVER;
    }

    private static Recognition recogniseOld(Payload payload) {
        if (payload.length() < 11) return Recognition.MORE;
        return ClientHello.readVersion2(cursor(payload, 3)).isPresent() ? Recognition.YES : Recognition.NEVER;
    }

    private static ByteCursor cursor(Payload payload, int at) {
        return payload.cursor(at, payload.length() - at);
    }

    @Override
    public Optional<SessionParser> parser(Session session) {
        return Optional.of(new Handshakes());
    }

    /** Both directions of one session. */
    private static final class Handshakes implements SessionParser {
        private final HelloFindings hellos = new HelloFindings(NAMES, Carrier.TCP);
        private final TlsHandshake originator = new TlsHandshake(this::message);
        private final TlsHandshake responder = new TlsHandshake(this::message);
        private @Nullable Findings findings;
        private boolean oldHello;
        private boolean begun;

        @Override
        public int take(Payload payload, Findings findings) {
            boolean fromOriginator = payload.fromOriginator();
            if (fromOriginator && payload.position() == 0 && payload.u8(0) == 0x80) return takeOld(payload, findings);
            var side = fromOriginator ? originator : responder;
            if (!begun) nameByPort(findings);
            begun = true;
            this.findings = findings;
            side.offer(payload.memory(), payload.start(), payload.length());
            if (side.unfinishedType() == ClientHello.TYPE) hellos.unfinishedHello(side.unfinished(), findings);
            this.findings = null;
            return isOver() ? DONE : payload.length();
        }

        /** What always runs in TLS on its port, RFC 8314. */
        private static void nameByPort(Findings findings) {
            switch (findings.session().responderPort()) {
                case 465 -> findings.carries("smtps");
                case 993 -> findings.carries("imaps");
                case 995 -> findings.carries("pops");
                default -> {} // the name or the application protocol tells
            }
        }

        private int takeOld(Payload payload, Findings findings) {
            if (payload.length() < 3) return 0;
            int length = 2 + payload.u8(1);
            if (payload.length() < length) return 0;
            oldHello = true;
            ClientHello.readVersion2(payload.cursor(3, length - 3)).ifPresent(hello -> hellos.client(hello, findings));
            return length;
        }

        private void message(int type, ByteCursor body) {
            if (findings != null) hellos.message(type, body, findings);
        }

        private boolean isOver() {
            boolean bothOver =
                    originator.state() != TlsHandshake.State.OPEN && responder.state() != TlsHandshake.State.OPEN;
            return hellos.isComplete() || bothOver || oldHello && responder.state() != TlsHandshake.State.OPEN;
        }

        @Override
        public int gap(Direction direction, long length) {
            return DONE;
        }
    }
}
