package io.pairwire.dpi.protocol;

import io.pairwire.dpi.Attribute;
import io.pairwire.dpi.BuiltIn;
import io.pairwire.dpi.Findings;
import io.pairwire.dpi.Payload;
import io.pairwire.dpi.Protocol;
import io.pairwire.dpi.Recognition;
import io.pairwire.dpi.Session;
import io.pairwire.dpi.SessionParser;
import io.pairwire.dpi.Transport;
import io.pairwire.dpi.Trigger;
import java.util.List;
import java.util.Optional;

/** Directories, <a href="https://www.rfc-editor.org/rfc/rfc4511">RFC 4511</a>, and those without connections (MS-ADTS §6.3.3). */
@BuiltIn
public final class Ldap implements Protocol {
    private static final Attribute OPERATIONS = Attribute.number(
                    "ldap.operation", "0 bind, 2 unbind, 3 search, 4 entry, 5 end of search")
            .list();
    private static final Attribute NAME =
            Attribute.text("ldap.name", "names bound to or searched below").list();
    private static final Attribute RESULT = Attribute.number("ldap.bind_result", "0 success, 49 wrong credentials");

    /** For the registry. */
    public Ldap() {}

    @Override
    public String name() {
        return "ldap";
    }

    @Override
    public String label() {
        return "LDAP";
    }

    @Override
    public List<String> parents() {
        return List.of("tcp", "udp");
    }

    @Override
    public List<Trigger> triggers() {
        return List.of(Trigger.tcp(389), Trigger.udp(389), new Trigger.Hint(Transport.TCP, 3268));
    }

    @Override
    public List<Attribute> attributes() {
        return List.of(OPERATIONS, NAME, RESULT);
    }

    /** A sequence of a message number and one of the operations. */
    @Override
    public Recognition recognise(Payload payload, Session session) {
        if (payload.u8(0) != Ber.SEQUENCE) return Recognition.NEVER;
        int at = Ber.body(payload, 0);
        if (at < 0 || !payload.has(at, 2)) return payload.length() < 8 ? Recognition.MORE : Recognition.NEVER;
        if (payload.u8(at) != Ber.INTEGER || payload.u8(at + 1) == 0 || payload.u8(at + 1) > 4)
            return Recognition.NEVER;
        int operation = at + 2 + payload.u8(at + 1);
        if (!payload.has(operation, 1)) return Recognition.MORE;
        return isOperation(payload.u8(operation)) ? Recognition.YES : Recognition.NEVER;
    }

    private static boolean isOperation(int tag) {
        return tag >= 0x60 && tag <= 0x79 && (tag & 0x1f) <= 25 || tag == 0x42 || tag == 0x4a || tag == 0x50;
    }

    @Override
    public Optional<SessionParser> parser(Session session) {
        return Optional.of(new Messages());
    }

    /** Both directions of one session. */
    private static final class Messages implements SessionParser {
        private static final int MOST = 32;
        private static final int BIND = 0;
        private static final int BIND_ANSWER = 1;
        private static final int SEARCH = 3;
        private int messages;

        @Override
        public int take(Payload payload, Findings findings) {
            int at = 0;
            while (payload.has(at, 2)) {
                int body = Ber.body(payload, at);
                if (payload.u8(at) != Ber.SEQUENCE || body < 0 && payload.has(at, 6)) return DONE;
                if (body < 0) return at;
                int next = Ber.next(payload, at);
                if (next < 0) return payload.length() > 16 * 1024 ? DONE : at;
                operation(payload, Ber.next(payload, body), findings);
                if (++messages == MOST) return DONE;
                at = next;
            }
            return at;
        }

        private static void operation(Payload payload, int at, Findings findings) {
            if (at < 0 || !payload.has(at, 1)) return;
            int operation = payload.u8(at) & 0x1f;
            findings.put(OPERATIONS, operation);
            int body = Ber.body(payload, at);
            if (body < 0) return;
            switch (operation) {
                case BIND -> {
                    int name = Ber.next(payload, body);
                    if (name > 0) findings.put(NAME, Ber.text(payload, name));
                }
                case SEARCH -> findings.put(NAME, Ber.text(payload, body));
                case BIND_ANSWER -> {
                    long result = Ber.number(payload, body);
                    if (result >= 0) findings.put(RESULT, result);
                }
                default -> {} // told by its number
            }
        }
    }
}
