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

/** Mail from a mailbox, <a href="https://www.rfc-editor.org/rfc/rfc1939">RFC 1939</a>. */
@BuiltIn
public final class Pop3 implements Protocol {
    private static final Attribute USER = Attribute.text("pop3.user", "whose mailbox");
    private static final Attribute GREETING = Attribute.text("pop3.greeting", "how the server introduces itself");
    private static final Attribute UPGRADED = Attribute.flag("pop3.stls", "goes on in TLS");

    private static final String[] COMMANDS = {"USER", "CAPA", "APOP", "AUTH", "STLS", "STAT", "QUIT"};
    private static final long GREETED = 1;
    private static final long COMMANDED = 2;

    /** For the registry. */
    public Pop3() {}

    @Override
    public String name() {
        return "pop3";
    }

    @Override
    public String label() {
        return "POP3";
    }

    @Override
    public List<String> parents() {
        return List.of("tcp");
    }

    @Override
    public List<Trigger> triggers() {
        return List.of(Trigger.tcp(110), Trigger.starts(Transport.TCP, "+OK"));
    }

    @Override
    public List<Attribute> attributes() {
        return List.of(USER, GREETING, UPGRADED);
    }

    @Override
    public Recognition recognise(Payload payload, Session session) {
        if (!payload.fromOriginator()) {
            if (!payload.mayMatch(0, "+OK")) return Recognition.NEVER;
            if (payload.length() < 4) return Recognition.MORE;
            boolean says = Lines.holds(payload, 0, "POP") || session.responderPort() == 110;
            session.note(session.note() | GREETED);
            return says || (session.note() & COMMANDED) != 0 ? Recognition.YES : Recognition.MORE;
        }
        if (Lines.word(payload, 0, COMMANDS) >= 0) {
            session.note(session.note() | COMMANDED);
            return (session.note() & GREETED) != 0 ? Recognition.YES : Recognition.MORE;
        }
        return Lines.mayBecome(payload, 0, COMMANDS) ? Recognition.MORE : Recognition.NEVER;
    }

    @Override
    public Optional<SessionParser> parser(Session session) {
        return Optional.of(new Dialogue());
    }

    /** Both directions of one session. */
    private static final class Dialogue implements SessionParser {
        private boolean greeted;
        private boolean upgrading;

        @Override
        public int take(Payload payload, Findings findings) {
            int at = 0;
            for (int next; (next = Lines.next(payload, at)) >= 0; at = next) {
                if (payload.fromOriginator()) {
                    int command = Lines.word(payload, at, "USER", "APOP", "STLS");
                    if (command == 0 || command == 1) {
                        findings.put(
                                USER, Lines.rest(Lines.text(payload, at, next)).split(" ", 2)[0]);
                    }
                    upgrading = command == 2;
                } else if (Lines.isWord(payload, at, "+OK")) {
                    if (!greeted) findings.put(GREETING, Lines.rest(Lines.text(payload, at, next)));
                    greeted = true;
                    if (upgrading) {
                        findings.put(UPGRADED, 1);
                        findings.carries("pops");
                        findings.handOver("tls");
                        return next;
                    }
                }
            }
            return payload.length() - at > Lines.LONGEST ? payload.length() : at;
        }
    }
}
