package io.pairwire.dpi.tftp;

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
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * TFTP, <a href="https://www.rfc-editor.org/rfc/rfc1350">RFC 1350</a>. The server answers a request from another port, so the
 * transfer is a session of its own, announced by the request.
 */
@BuiltIn
public final class Tftp implements Protocol {
    private static final Attribute OPCODE = Attribute.number("tftp.opcode", "1 read, 2 write, 3 data, 4 ack, 5 error");
    private static final Attribute FILE = Attribute.text("tftp.file", "name of the file asked for");
    private static final Attribute MODE = Attribute.text("tftp.mode", "netascii, octet or mail");
    private static final int READ = 1;
    private static final int WRITE = 2;
    private static final int MOST_NAME = 512;

    /** For the registry. */
    public Tftp() {}

    @Override
    public String name() {
        return "tftp";
    }

    @Override
    public String label() {
        return "TFTP";
    }

    @Override
    public List<String> parents() {
        return List.of("udp");
    }

    @Override
    public List<Trigger> triggers() {
        return List.of(starting(READ), starting(WRITE));
    }

    private static Trigger starting(int opcode) {
        return new Trigger.Bytes(
                Transport.UDP, Sides.EITHER, 6, 1024, List.of(BytePattern.of(0, (byte) 0, (byte) opcode)));
    }

    @Override
    public List<Attribute> attributes() {
        return List.of(OPCODE, FILE, MODE);
    }

    @Override
    public Recognition recognise(Payload payload, Session session) {
        int end = payload.indexOf(0, 2, MOST_NAME);
        if (end <= 2) return Recognition.NEVER;
        for (int i = 2; i < end; i++) {
            if (payload.u8(i) < ' ') return Recognition.NEVER;
        }
        return mode(payload, end + 1).isEmpty() ? Recognition.NEVER : Recognition.YES;
    }

    /** The mode that stands there in any case of letters, with its end; empty if none does. */
    private static String mode(Payload payload, int at) {
        int end = payload.indexOf(0, at, at + 9);
        if (end < 0) return "";
        String mode = payload.text(at, end - at).toLowerCase(Locale.ROOT);
        return List.of("octet", "netascii", "mail").contains(mode) ? mode : "";
    }

    @Override
    public Optional<SessionParser> parser(Session session) {
        return Optional.of(Tftp::take);
    }

    private static int take(Payload payload, Findings findings) {
        if (payload.length() < 4) return SessionParser.DONE;
        int opcode = payload.u16(0);
        findings.put(OPCODE, opcode);
        int end = payload.indexOf(0, 2, MOST_NAME);
        if (opcode != READ && opcode != WRITE || end < 0) return SessionParser.DONE;
        findings.put(FILE, payload.text(2, end - 2));
        findings.put(MODE, mode(payload, end + 1));
        Session session = findings.session();
        findings.expect(
                "tftp", Transport.UDP, session.originatorHigh(), session.originatorLow(), session.originatorPort());
        return SessionParser.DONE;
    }
}
