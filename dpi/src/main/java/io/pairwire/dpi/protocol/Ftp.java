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
import java.util.Locale;
import java.util.Optional;

/** File transfer, <a href="https://www.rfc-editor.org/rfc/rfc959">RFC 959</a>, its control connection; RFC 2428 and RFC 4217. */
@BuiltIn
public final class Ftp implements Protocol {
    private static final Attribute GREETING = Attribute.text("ftp.greeting", "how the server introduces itself");
    private static final Attribute USER = Attribute.text("ftp.user", "who logs in");
    private static final Attribute COMMANDS =
            Attribute.text("ftp.command", "commands of the client").list();
    private static final Attribute FILES =
            Attribute.text("ftp.file", "names of files moved or deleted").list();
    private static final Attribute UPGRADED = Attribute.flag("ftp.auth_tls", "goes on in TLS");

    private static final int READY = 220;
    private static final long GREETED = 1;
    private static final String[] FIRST = {"USER", "AUTH", "FEAT", "SYST", "PASS", "OPTS", "PBSZ"};

    /** For the registry. */
    public Ftp() {}

    @Override
    public String name() {
        return "ftp";
    }

    @Override
    public String label() {
        return "FTP_CONTROL";
    }

    @Override
    public List<String> parents() {
        return List.of("tcp");
    }

    @Override
    public List<Trigger> triggers() {
        return List.of(Trigger.tcp(21), Trigger.starts(Transport.TCP, "220"));
    }

    @Override
    public List<Attribute> attributes() {
        return List.of(GREETING, USER, COMMANDS, FILES, UPGRADED);
    }

    /** A greeting of 220 may be a mail server's: it counts if it says FTP, or when the client logs in. */
    @Override
    public Recognition recognise(Payload payload, Session session) {
        if (payload.fromOriginator()) {
            if (Lines.word(payload, 0, "USER") >= 0 && (session.note() & GREETED) == 0)
                return Recognition.MORE; // POP3 says so too
            if (Lines.word(payload, 0, FIRST) >= 0) return Recognition.YES;
            return Lines.mayBecome(payload, 0, FIRST) ? Recognition.MORE : Recognition.NEVER;
        }
        int code = Lines.code(payload, 0);
        if (code < 0) return payload.mayMatch(0, "220") ? Recognition.MORE : Recognition.NEVER;
        if (code != READY) return Recognition.NEVER;
        session.note(GREETED);
        return Lines.holds(payload, 0, "FTP") && !Lines.holds(payload, 0, "SMTP") ? Recognition.YES : Recognition.MORE;
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
                    command(Lines.text(payload, at, next), findings);
                } else if (upgrading && Lines.code(payload, at) == 234) {
                    findings.put(UPGRADED, 1);
                    findings.handOver("tls");
                    return next;
                } else {
                    answer(Lines.code(payload, at), Lines.text(payload, at, next), findings);
                }
            }
            return payload.length() - at > Lines.LONGEST ? payload.length() : at;
        }

        private void command(String line, Findings findings) {
            var rest = Lines.rest(line);
            var command = line.split(" ", 2)[0].toUpperCase(Locale.ROOT);
            if (command.isEmpty() || command.length() > 4) return;
            findings.put(COMMANDS, command);
            upgrading = command.equals("AUTH");
            switch (command) {
                case "USER" -> findings.put(USER, rest);
                case "RETR", "STOR", "APPE", "DELE" -> findings.put(FILES, rest);
                case "PORT" -> expect(Endpoint.ofSixNumbers(rest), findings);
                case "EPRT" -> expect(Endpoint.ofExtended(rest, findings.session(), true), findings);
                default -> {} // told above
            }
        }

        private void answer(int code, String line, Findings findings) {
            if (code == READY && !greeted) {
                greeted = true;
                findings.put(GREETING, line.substring(4).strip());
            }
            int open = line.indexOf('(');
            int close = line.indexOf(')', open + 1);
            if (open < 0 || close < 0) return;
            var inside = line.substring(open + 1, close);
            if (code == 227) expect(Endpoint.ofSixNumbers(inside), findings);
            if (code == 229) expect(Endpoint.ofExtended(inside, findings.session(), false), findings);
        }

        private static void expect(Optional<Endpoint> endpoint, Findings findings) {
            endpoint.ifPresent(
                    there -> findings.expect("ftp_data", Transport.TCP, there.high(), there.low(), there.port()));
        }
    }
}
