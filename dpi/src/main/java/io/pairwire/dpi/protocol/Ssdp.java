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

/** Discovery of services, UPnP Device Architecture 2.0 §1. */
@BuiltIn
public final class Ssdp implements Protocol {
    private static final Attribute METHOD =
            Attribute.text("ssdp.method", "M-SEARCH or NOTIFY").list();
    private static final Attribute TARGET =
            Attribute.text("ssdp.target", "kinds of service asked for or told").list();
    private static final Attribute NAME =
            Attribute.text("ssdp.usn", "names of services").list();
    private static final Attribute SERVER = Attribute.text("ssdp.server", "the program that speaks");
    private static final Attribute USER_AGENT = Attribute.text("ssdp.user_agent", "the program that asks");
    private static final Attribute HOST = Attribute.text("ssdp.host", "where the message went to, with its port");
    private static final Attribute LOCATION =
            Attribute.text("ssdp.location", "where their descriptions are").list();

    private static final int PORT = 1900;

    /** For the registry. */
    public Ssdp() {}

    @Override
    public String name() {
        return "ssdp";
    }

    @Override
    public String label() {
        return "SSDP";
    }

    @Override
    public List<String> parents() {
        return List.of("udp");
    }

    @Override
    public List<Trigger> triggers() {
        return List.of(
                Trigger.udp(1900),
                Trigger.starts(Transport.UDP, "M-SEARCH "),
                Trigger.starts(Transport.UDP, "NOTIFY * "),
                Trigger.starts(Transport.UDP, "HTTP/1.1 200 OK"));
    }

    @Override
    public List<Attribute> attributes() {
        return List.of(METHOD, TARGET, NAME, SERVER, USER_AGENT, HOST, LOCATION);
    }

    @Override
    public Recognition recognise(Payload payload, Session session) {
        boolean request = payload.matches(0, "M-SEARCH *") || payload.matches(0, "NOTIFY *");
        boolean itsPort = session.responderPort() == PORT || session.originatorPort() == PORT;
        boolean answer =
                payload.matches(0, "HTTP/1.") && (itsPort || hasField(payload, "USN:") || hasField(payload, "ST:"));
        return request || answer ? Recognition.YES : Recognition.NEVER;
    }

    /** An answer goes to the port from which was asked, so the other end may be any port too. */
    private static boolean hasField(Payload payload, String upperCase) {
        for (int at = Lines.next(payload, 0); at > 0; at = Lines.next(payload, at)) {
            if (payload.has(at, 1) && Lines.mayBeWord(payload, at, upperCase)) return true;
        }
        return false;
    }

    @Override
    public Optional<SessionParser> parser(Session session) {
        return Optional.of(Ssdp::take);
    }

    private static int take(Payload payload, Findings findings) {
        int at = Lines.next(payload, 0);
        if (at < 0) return payload.length();
        if (!payload.matches(0, "HTTP"))
            findings.put(METHOD, Lines.text(payload, 0, at).split(" ", 2)[0]);
        for (int next; (next = Lines.next(payload, at)) >= 0; at = next) {
            var line = Lines.text(payload, at, next);
            int colon = line.indexOf(':');
            if (colon < 0) continue;
            var value = line.substring(colon + 1).strip();
            switch (line.substring(0, colon).toUpperCase(Locale.ROOT)) {
                case "ST", "NT" -> findings.put(TARGET, value);
                case "USN" -> findings.put(NAME, value);
                case "SERVER" -> findings.put(SERVER, value);
                case "USER-AGENT" -> findings.put(USER_AGENT, value);
                case "HOST" -> findings.put(HOST, value);
                case "LOCATION" -> findings.put(LOCATION, value);
                default -> {} // not told
            }
        }
        return payload.length();
    }
}
