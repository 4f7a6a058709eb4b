package io.pairwire.dpi.protocol;

import io.pairwire.decode.wire.IpProtocol;
import io.pairwire.dpi.Attribute;
import io.pairwire.dpi.BuiltIn;
import io.pairwire.dpi.Payload;
import io.pairwire.dpi.Protocol;
import io.pairwire.dpi.Recognition;
import io.pairwire.dpi.Session;
import io.pairwire.dpi.SessionParser;
import io.pairwire.dpi.Transport;
import io.pairwire.dpi.Trigger;
import java.util.List;
import java.util.Optional;

/** Log messages, <a href="https://www.rfc-editor.org/rfc/rfc5424">RFC 5424</a>, RFC 3164, RFC 6587. */
@BuiltIn
public final class Syslog implements Protocol {
    private static final Attribute FACILITY = Attribute.number("syslog.facility", "of the first message, 0 to 23");
    private static final Attribute SEVERITY =
            Attribute.number("syslog.severity", "of the first message, 0 emergency to 7 debug");
    private static final Attribute HOST = Attribute.text("syslog.host", "who logs");
    private static final Attribute APPLICATION = Attribute.text("syslog.application", "which program");

    /** For the registry. */
    public Syslog() {}

    @Override
    public String name() {
        return "syslog";
    }

    @Override
    public String label() {
        return "Syslog";
    }

    @Override
    public List<String> parents() {
        return List.of("udp", "tcp");
    }

    @Override
    public List<Trigger> triggers() {
        return List.of(
                Trigger.udp(514),
                new Trigger.Hint(Transport.TCP, 514),
                Trigger.tcp(601),
                Trigger.starts(Transport.UDP, "<"),
                Trigger.starts(Transport.TCP, "<"));
    }

    @Override
    public List<Attribute> attributes() {
        return List.of(FACILITY, SEVERITY, HOST, APPLICATION);
    }

    /** A priority of 0 to 191, then text: nothing else begins so but markup, whose names are no numbers. */
    @Override
    public Recognition recognise(Payload payload, Session session) {
        int at = messageAt(payload);
        if (!payload.has(at, 5)) return session.ipProtocol() == IpProtocol.TCP ? Recognition.MORE : Recognition.NEVER;
        int text = textAt(payload, at);
        if (text < 0 || !payload.has(text, 1)) return Recognition.NEVER;
        int first = payload.u8(text);
        return first >= ' ' && first < 0x7f ? Recognition.YES : Recognition.NEVER;
    }

    /** Behind the count of bytes that a stream may have before each message, RFC 6587 §3.4.1. */
    private static int messageAt(Payload payload) {
        int at = 0;
        while (at < 6 && payload.has(at, 1) && payload.u8(at) >= '0' && payload.u8(at) <= '9') at++;
        return at > 0 && payload.has(at, 1) && payload.u8(at) == ' ' ? at + 1 : 0;
    }

    /** Behind the priority, or -1 if there is none. */
    private static int textAt(Payload payload, int at) {
        int close = payload.indexOf('>', at, at + 5);
        return close < 0 || priority(payload, at, close) < 0 ? -1 : close + 1;
    }

    private static int priority(Payload payload, int at, int close) {
        if (payload.u8(at) != '<' || close == at + 1) return -1;
        int priority = 0;
        for (int i = at + 1; i < close; i++) {
            int digit = payload.u8(i) - '0';
            if (digit < 0 || digit > 9) return -1;
            priority = priority * 10 + digit;
        }
        return priority <= 191 ? priority : -1;
    }

    @Override
    public Optional<SessionParser> parser(Session session) {
        return Optional.of((payload, findings) -> {
            int at = messageAt(payload);
            int close = payload.indexOf('>', at, at + 5);
            if (close < 0) return SessionParser.DONE;
            int priority = priority(payload, at, close);
            if (priority < 0) return SessionParser.DONE;
            findings.put(FACILITY, priority >> 3);
            findings.put(SEVERITY, priority & 7);
            if (payload.matches(close + 1, "1 ")) { // RFC 5424: version, time, host, application
                var words = payload.text(close + 1, Math.min(512, payload.length() - close - 1))
                        .split(" ", 5);
                if (words.length == 5) {
                    findings.put(HOST, words[2]);
                    findings.put(APPLICATION, words[3]);
                }
            }
            return SessionParser.DONE;
        });
    }
}
