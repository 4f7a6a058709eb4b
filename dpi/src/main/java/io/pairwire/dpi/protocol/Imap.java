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

/** Mail in its mailbox, <a href="https://www.rfc-editor.org/rfc/rfc9051">RFC 9051</a>. */
@BuiltIn
public final class Imap implements Protocol {
    private static final Attribute USER = Attribute.text("imap.user", "whose mailbox");
    private static final Attribute COMMANDS =
            Attribute.text("imap.command", "commands of the client").list();
    private static final Attribute GREETING = Attribute.text("imap.greeting", "how the server introduces itself");
    private static final Attribute UPGRADED = Attribute.flag("imap.starttls", "goes on in TLS");

    private static final int LONGEST_TAG = 16;
    private static final String[] WORDS = {"CAPABILITY", "LOGIN", "AUTHENTICATE", "STARTTLS", "SELECT", "LOGOUT"};

    /** For the registry. */
    public Imap() {}

    @Override
    public String name() {
        return "imap";
    }

    @Override
    public String label() {
        return "IMAP";
    }

    @Override
    public List<String> parents() {
        return List.of("tcp");
    }

    @Override
    public List<Trigger> triggers() {
        return List.of(
                Trigger.tcp(143), Trigger.starts(Transport.TCP, "* OK"), Trigger.starts(Transport.TCP, "* PREAUTH"));
    }

    @Override
    public List<Attribute> attributes() {
        return List.of(USER, COMMANDS, GREETING, UPGRADED);
    }

    /** The server's greeting, or a tag and a command that IMAP alone has. */
    @Override
    public Recognition recognise(Payload payload, Session session) {
        if (!payload.fromOriginator()) {
            boolean may = payload.mayMatch(0, "* OK") || payload.mayMatch(0, "* PREAUTH");
            if (!may) return tagged(payload, session);
            if (payload.length() < 5) return Recognition.MORE;
            if (session.responderPort() == 143
                    || Lines.holds(payload, 0, "IMAP")
                    || Lines.holds(payload, 0, "CAPABILITY")) return Recognition.YES;
            return Recognition.MORE;
        }
        return tagged(payload, session);
    }

    private static Recognition tagged(Payload payload, Session session) {
        int space = payload.indexOf(' ', 0, LONGEST_TAG + 1);
        if (space < 0) return payload.length() <= LONGEST_TAG ? Recognition.MORE : Recognition.NEVER;
        if (space == 0) return Recognition.NEVER;
        if (Lines.word(payload, space + 1, WORDS) >= 0) return Recognition.YES;
        return Lines.mayBecome(payload, space + 1, WORDS) ? Recognition.MORE : Recognition.NEVER;
    }

    @Override
    public Optional<SessionParser> parser(Session session) {
        return Optional.of(new Dialogue());
    }

    /** Both directions of one session. */
    private static final class Dialogue implements SessionParser {
        private static final int MOST_COMMANDS = 64;
        private boolean greeted;
        private boolean upgrading;
        private int commands;

        @Override
        public int take(Payload payload, Findings findings) {
            int at = 0;
            for (int next; (next = Lines.next(payload, at)) >= 0; at = next) {
                if (payload.fromOriginator()) {
                    command(Lines.text(payload, at, next).split(" ", 4), findings);
                    if (commands == MOST_COMMANDS) return DONE;
                } else if (upgrading && Lines.holds(payload, at, " OK ")) {
                    findings.put(UPGRADED, 1);
                    findings.carries("imaps");
                    findings.handOver("tls");
                    return next;
                } else if (!greeted) {
                    greeted = true;
                    findings.put(GREETING, Lines.rest(Lines.text(payload, at, next)));
                }
            }
            return payload.length() - at > Lines.LONGEST ? payload.length() : at;
        }

        private void command(String[] words, Findings findings) {
            if (words.length < 2) return;
            commands++;
            var command = words[1].toUpperCase(Locale.ROOT);
            findings.put(COMMANDS, command);
            upgrading = command.equals("STARTTLS");
            if (command.equals("LOGIN") && words.length > 2) findings.put(USER, words[2].replace("\"", ""));
        }
    }
}
