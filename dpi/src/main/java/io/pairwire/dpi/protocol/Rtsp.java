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

/** Real-time streaming, <a href="https://www.rfc-editor.org/rfc/rfc7826">RFC 7826</a> and RFC 2326. */
@BuiltIn
public final class Rtsp implements Protocol {
    private static final Attribute METHODS =
            Attribute.text("rtsp.method", "methods of the requests").list();
    private static final Attribute URI = Attribute.text("rtsp.uri", "what is asked for first");
    private static final Attribute SERVER = Attribute.text("rtsp.server", "the program of the server");

    private static final String[] REQUESTS = {
        "OPTIONS",
        "DESCRIBE",
        "SETUP",
        "PLAY",
        "PAUSE",
        "TEARDOWN",
        "ANNOUNCE",
        "RECORD",
        "GET_PARAMETER",
        "SET_PARAMETER"
    };

    /** For the registry. */
    public Rtsp() {}

    @Override
    public String name() {
        return "rtsp";
    }

    @Override
    public String label() {
        return "RTSP";
    }

    @Override
    public List<String> parents() {
        return List.of("tcp");
    }

    @Override
    public List<Trigger> triggers() {
        return List.of(
                Trigger.tcp(554),
                Trigger.starts(Transport.TCP, "RTSP/"),
                Trigger.starts(Transport.TCP, "OPTIONS "),
                Trigger.starts(Transport.TCP, "DESCRIBE "),
                Trigger.starts(Transport.TCP, "SETUP "),
                Trigger.starts(Transport.TCP, "PLAY rtsp"),
                Trigger.starts(Transport.TCP, "TEARDOWN "),
                Trigger.starts(Transport.TCP, "GET_PARAMETER "),
                Trigger.starts(Transport.TCP, "SET_PARAMETER "));
    }

    @Override
    public List<Attribute> attributes() {
        return List.of(METHODS, URI, SERVER);
    }

    @Override
    public Recognition recognise(Payload payload, Session session) {
        if (payload.mayMatch(0, "RTSP/")) return payload.length() >= 5 ? Recognition.YES : Recognition.MORE;
        if (!Lines.mayBecome(payload, 0, REQUESTS)) return Recognition.NEVER;
        int space = payload.indexOf(' ', 0, 16);
        if (space < 0) return Recognition.MORE;
        if (payload.mayMatch(space + 1, "rtsp")) return payload.has(space + 1, 5) ? Recognition.YES : Recognition.MORE;
        if (Lines.next(payload, 0) < 0) return Recognition.MORE;
        return Lines.holds(payload, 0, " RTSP/") ? Recognition.YES : Recognition.NEVER;
    }

    @Override
    public Optional<SessionParser> parser(Session session) {
        return Optional.of(new Dialogue());
    }

    /** The requests and the first words of answers. */
    private static final class Dialogue implements SessionParser {
        private static final int MOST_LINES = 512;
        private boolean uriSeen;
        private boolean serverSeen;
        private int lines;

        @Override
        public int take(Payload payload, Findings findings) {
            int at = 0;
            for (int next; (next = Lines.next(payload, at)) >= 0; at = next) {
                if (++lines > MOST_LINES) return DONE;
                if (Lines.word(payload, at, REQUESTS) >= 0) {
                    var words = Lines.text(payload, at, next).split(" ", 3);
                    findings.put(METHODS, words[0]);
                    if (!uriSeen && words.length > 1) findings.put(URI, words[1]);
                    uriSeen = true;
                } else if (!serverSeen && Lines.mayBeWord(payload, at, "SERVER:")) {
                    serverSeen = true;
                    findings.put(SERVER, Lines.text(payload, at + 7, next).strip());
                }
            }
            return payload.length() - at > Lines.LONGEST ? payload.length() : at;
        }
    }
}
