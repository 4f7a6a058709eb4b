package io.pairwire.dpi.protocol;

import io.pairwire.decode.wire.IpProtocol;
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

/** Session initiation, <a href="https://www.rfc-editor.org/rfc/rfc3261">RFC 3261</a>; the media it announces (RFC 8866) become its children. */
@BuiltIn
public final class Sip implements Protocol {
    private static final Attribute METHODS =
            Attribute.text("sip.method", "methods of the requests").list();
    private static final Attribute STATUS =
            Attribute.number("sip.status", "status of the answers").list();
    private static final Attribute FROM = Attribute.text("sip.from", "who calls");
    private static final Attribute TO = Attribute.text("sip.to", "who is called");
    private static final Attribute CALL =
            Attribute.text("sip.call_id", "which calls").list();
    private static final Attribute USER_AGENT =
            Attribute.text("sip.user_agent", "the program of the side that said it first");

    private static final String ANSWER = "SIP/2.0 ";
    private static final String[] METHOD_NAMES = {
        "INVITE",
        "ACK",
        "BYE",
        "CANCEL",
        "REGISTER",
        "OPTIONS",
        "PRACK",
        "SUBSCRIBE",
        "NOTIFY",
        "PUBLISH",
        "INFO",
        "REFER",
        "MESSAGE",
        "UPDATE"
    };

    /** For the registry. */
    public Sip() {}

    @Override
    public String name() {
        return "sip";
    }

    @Override
    public String label() {
        return "SIP";
    }

    @Override
    public List<String> parents() {
        return List.of("udp", "tcp");
    }

    @Override
    public List<Trigger> triggers() {
        return List.of(
                Trigger.udp(5060),
                Trigger.tcp(5060),
                Trigger.starts(Transport.UDP, "SIP/2.0 "),
                Trigger.starts(Transport.TCP, "SIP/2.0 "),
                request(Transport.UDP, "INVITE "),
                request(Transport.UDP, "REGISTER "),
                request(Transport.UDP, "OPTIONS "),
                request(Transport.UDP, "SUBSCRIBE "),
                request(Transport.UDP, "NOTIFY "),
                request(Transport.UDP, "MESSAGE "),
                request(Transport.TCP, "INVITE sip"),
                request(Transport.TCP, "REGISTER sip"),
                request(Transport.TCP, "OPTIONS sip"));
    }

    @Override
    public List<Attribute> attributes() {
        return List.of(METHODS, STATUS, FROM, TO, CALL, USER_AGENT);
    }

    private static Trigger request(Transport transport, String start) {
        return Trigger.starts(transport, start);
    }

    @Override
    public Recognition recognise(Payload payload, Session session) {
        if (payload.mayMatch(0, ANSWER))
            return payload.length() >= ANSWER.length() ? Recognition.YES : Recognition.MORE;
        boolean stream = session.ipProtocol() == IpProtocol.TCP;
        if (isKeepAlive(payload)) return Recognition.MORE;
        int space = payload.indexOf(' ', 0, 12);
        if (space < 0) return stream && payload.length() < 12 ? Recognition.MORE : Recognition.NEVER;
        if (Lines.word(payload, 0, METHOD_NAMES) < 0) return Recognition.NEVER;
        if (payload.matches(space + 1, "sip:") || payload.matches(space + 1, "sips:")) return Recognition.YES;
        if (payload.matches(space + 1, "tel:")) return Recognition.YES;
        int end = Lines.next(payload, 0);
        if (end < 0) return stream ? Recognition.MORE : Recognition.NEVER;
        return Lines.holds(payload, 0, " SIP/2.0") ? Recognition.YES : Recognition.NEVER;
    }

    /** Empty lines or zeros that keep a way through a NAT open, RFC 5626 §3.5.1. */
    private static boolean isKeepAlive(Payload payload) {
        if (payload.length() > 4) return false;
        for (int at = 0; at < payload.length(); at++) {
            int letter = payload.u8(at);
            if (letter != '\r' && letter != '\n' && letter != 0) return false;
        }
        return true;
    }

    @Override
    public Optional<SessionParser> parser(Session session) {
        return Optional.of(new Dialogue());
    }

    /** Messages of one session. */
    private static final class Dialogue implements SessionParser {
        private static final int MOST_MESSAGES = 64;
        private static final int LONGEST = 16 * 1024;
        private int messages;
        private boolean partiesSeen;
        private boolean agentSeen;
        private String call = "";

        @Override
        public int take(Payload payload, Findings findings) {
            int length = Math.min(payload.length(), LONGEST);
            var text = payload.text(0, length);
            boolean stream = findings.session().ipProtocol() == IpProtocol.TCP;
            int body = text.indexOf("\r\n\r\n");
            if (body < 0 && stream) return length == LONGEST ? payload.length() : 0;
            if (body < 0) body = text.lastIndexOf("\r\n"); // a datagram that was cut, or ends too early
            if (body < 0) return payload.length();
            var lines = text.substring(0, body).split("\r\n");
            int contentLength = 0;
            boolean describes = false;
            first(lines[0], findings);
            for (var line : lines) {
                int colon = line.indexOf(':');
                if (colon < 0) continue;
                var value = line.substring(colon + 1).strip();
                switch (line.substring(0, colon).strip().toLowerCase(Locale.ROOT)) {
                    case "from", "f" -> {
                        if (!partiesSeen) findings.put(FROM, address(value));
                    }
                    case "to", "t" -> {
                        if (!partiesSeen) findings.put(TO, address(value));
                    }
                    case "call-id", "i" -> {
                        if (!value.equals(call)) findings.put(CALL, value);
                        call = value;
                    }
                    case "user-agent", "server" -> {
                        if (!agentSeen) findings.put(USER_AGENT, value);
                        agentSeen = true;
                    }
                    case "content-length", "l" ->
                        contentLength = value.matches("[0-9]{1,5}") ? Integer.parseInt(value) : 0;
                    case "content-type", "c" ->
                        describes = value.toLowerCase(Locale.ROOT).startsWith("application/sdp");
                    default -> {} // not told
                }
            }
            partiesSeen = true;
            int end = body + 4 + contentLength;
            if (end > length && end <= LONGEST && !payload.isCut() && stream) return 0;
            if (describes && end > body + 4 && body + 4 <= length)
                media(text.substring(body + 4, Math.min(end, text.length())), findings);
            return ++messages == MOST_MESSAGES ? DONE : end;
        }

        private static void first(String line, Findings findings) {
            var words = line.split(" ", 3);
            if (words.length < 2) return;
            if (!words[0].equals("SIP/2.0")) findings.put(METHODS, words[0]);
            else if (words[1].matches("[1-6][0-9][0-9]")) findings.put(STATUS, Integer.parseInt(words[1]));
        }

        private static String address(String value) {
            int from = value.indexOf('<');
            int to = value.indexOf('>', from + 1);
            return from >= 0 && to > from ? value.substring(from + 1, to) : value.split(";", 2)[0];
        }

        private static void media(String description, Findings findings) {
            var address = "";
            for (var line : description.split("\r?\n")) {
                if (line.startsWith("c=IN IP4 ")) address = line.substring(9).strip();
            }
            for (var line : description.split("\r?\n")) {
                if (!line.startsWith("m=audio ") && !line.startsWith("m=video ")) continue;
                var words = line.split(" ", 4);
                if (words.length < 3 || !words[1].matches("[0-9]{1,5}") || !words[2].contains("RTP")) continue;
                int port = Integer.parseInt(words[1]);
                if (port == 0 || port >= 0xffff) continue;
                Endpoint.ofDotted(address, port).ifPresent(there -> {
                    findings.expect("rtp", Transport.UDP, there.high(), there.low(), there.port());
                    findings.expect("rtcp", Transport.UDP, there.high(), there.low(), there.port() + 1);
                });
            }
        }
    }
}
