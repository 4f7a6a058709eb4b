package io.pairwire.dpi.protocol;

import io.pairwire.decode.stream.Direction;
import io.pairwire.dpi.Attribute;
import io.pairwire.dpi.BuiltIn;
import io.pairwire.dpi.CarriedFile;
import io.pairwire.dpi.FileReceiver;
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

/** Mail on its way, <a href="https://www.rfc-editor.org/rfc/rfc5321">RFC 5321</a>. */
@BuiltIn
public final class Smtp implements Protocol {
    private static final Attribute GREETING = Attribute.text("smtp.greeting", "how the server introduces itself");
    private static final Attribute CLIENT = Attribute.text("smtp.client", "how the client introduces itself");
    private static final Attribute FROM =
            Attribute.text("smtp.from", "sender of the envelope").list();
    private static final Attribute TO =
            Attribute.text("smtp.to", "receivers of the envelope").list();
    private static final Attribute SUBJECT =
            Attribute.text("smtp.subject", "subjects").list();
    private static final Attribute UPGRADED = Attribute.flag("smtp.starttls", "goes on in TLS");

    private static final int READY = 220;

    /** For the registry. */
    public Smtp() {}

    @Override
    public String name() {
        return "smtp";
    }

    @Override
    public String label() {
        return "SMTP";
    }

    @Override
    public List<String> parents() {
        return List.of("tcp");
    }

    @Override
    public List<Trigger> triggers() {
        return List.of(
                Trigger.tcp(25),
                Trigger.tcp(587),
                Trigger.starts(Transport.TCP, "220"),
                Trigger.starts(Transport.TCP, "EHLO "),
                Trigger.starts(Transport.TCP, "HELO "));
    }

    @Override
    public List<Attribute> attributes() {
        return List.of(GREETING, CLIENT, FROM, TO, SUBJECT, UPGRADED);
    }

    /** A greeting of 220 may be that of others too: it counts if it says SMTP, or when the client says hello. */
    @Override
    public Recognition recognise(Payload payload, Session session) {
        if (payload.fromOriginator()) {
            if (Lines.word(payload, 0, "EHLO", "HELO", "LHLO") >= 0 && payload.length() > 4) return Recognition.YES;
            return Lines.mayBecome(payload, 0, "EHLO", "HELO", "LHLO") ? Recognition.MORE : Recognition.NEVER;
        }
        int code = Lines.code(payload, 0);
        if (code < 0)
            return payload.mayMatch(0, "220") || payload.mayMatch(0, "554") ? Recognition.MORE : Recognition.NEVER;
        if (code != READY && code != 554 && code != 421) return Recognition.NEVER;
        if (Lines.holds(payload, 0, "SMTP") || Lines.holds(payload, 0, "MAIL")) return Recognition.YES;
        return Recognition.MORE;
    }

    @Override
    public Optional<SessionParser> parser(Session session) {
        return Optional.of(new Dialogue());
    }

    /** Both directions of one session. */
    private static final class Dialogue implements SessionParser {
        private boolean greeted;
        private Optional<FileReceiver> message = Optional.empty();
        private boolean inMessage;
        private boolean upgrading;

        @Override
        public int take(Payload payload, Findings findings) {
            int at = 0;
            for (int next; (next = Lines.next(payload, at)) >= 0; at = next) {
                boolean done = payload.fromOriginator()
                        ? command(payload, at, next, findings)
                        : answer(payload, at, next, findings);
                if (done) return next;
            }
            if (payload.length() - at <= Lines.LONGEST) return at;
            if (inMessage && payload.fromOriginator()) message(payload, at, payload.length(), false);
            return payload.length();
        }

        @Override
        public int gap(Direction direction, long length) {
            message.ifPresent(mail -> mail.gap(length));
            return DONE;
        }

        private boolean command(Payload payload, int at, int next, Findings findings) {
            if (inMessage) {
                if (Lines.mayBeWord(payload, at, "SUBJECT:") && next - at > 8) {
                    findings.put(SUBJECT, Lines.text(payload, at + 8, next).strip());
                }
                boolean end = next - at <= 3 && payload.u8(at) == '.';
                if (end) inMessage = false;
                message(payload, at, next, end);
                return false;
            }
            switch (Lines.word(payload, at, "EHLO", "HELO", "LHLO", "MAIL", "RCPT", "DATA", "STARTTLS")) {
                case 0, 1, 2 -> findings.put(CLIENT, Lines.rest(Lines.text(payload, at, next)));
                case 3 -> findings.put(FROM, mailbox(Lines.text(payload, at, next)));
                case 4 -> findings.put(TO, mailbox(Lines.text(payload, at, next)));
                case 5 -> {
                    inMessage = true;
                    var mail = new CarriedFile("smtp", "message.eml", "message/rfc822", "", -1, payload.direction());
                    message = findings.file(mail);
                }
                case 6 -> {
                    upgrading = true;
                    return false;
                }
                default -> {} // not told
            }
            return false;
        }

        /** A point in front of another, or of anything else, is not part of the line (RFC 5321 §4.5.2). */
        private void message(Payload payload, int at, int next, boolean end) {
            if (message.isEmpty()) return;
            int from = payload.u8(at) == '.' ? at + 1 : at;
            if (end) message.get().ends();
            else message.get().bytes(payload.memory(), payload.start() + from, next - from);
            if (end) message = Optional.empty();
        }

        private static String mailbox(String line) {
            int from = line.indexOf('<');
            int to = line.indexOf('>', from + 1);
            return from >= 0 && to > from ? line.substring(from + 1, to) : Lines.rest(line);
        }

        private boolean answer(Payload payload, int at, int next, Findings findings) {
            int code = Lines.code(payload, at);
            if (upgrading && code == READY) {
                findings.put(UPGRADED, 1);
                findings.carries("smtps");
                findings.handOver("tls");
                return true;
            }
            upgrading = upgrading && code < 0;
            if (!greeted && code == READY)
                findings.put(GREETING, Lines.rest(Lines.text(payload, at, next).replaceFirst("^220-", "220 ")));
            greeted = true;
            return false;
        }
    }
}
