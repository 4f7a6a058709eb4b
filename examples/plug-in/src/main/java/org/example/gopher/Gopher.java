package org.example.gopher;

import io.pairwire.dpi.Attribute;
import io.pairwire.dpi.Findings;
import io.pairwire.dpi.Payload;
import io.pairwire.dpi.Protocol;
import io.pairwire.dpi.Recognition;
import io.pairwire.dpi.Session;
import io.pairwire.dpi.SessionParser;
import io.pairwire.dpi.Trigger;
import java.util.List;
import java.util.Optional;

/**
 * The Internet Gopher Protocol, <a href="https://www.rfc-editor.org/rfc/rfc1436">RFC 1436</a>. A client sends one line, the
 * selector; a server answers with a menu: a line for each item, its fields separated by tabs.
 */
public final class Gopher implements Protocol {
    private static final Attribute SELECTOR = Attribute.text("gopher.selector", "what the client asks for");
    private static final Attribute ITEMS = Attribute.number("gopher.items", "items of the menu");

    private static final int LONGEST_LINE = 1024;
    private static final String KINDS = "0123456789+TgIihs:;<d";

    /** For the service loader. */
    public Gopher() {}

    @Override
    public String name() {
        return "gopher";
    }

    @Override
    public String label() {
        return "Gopher";
    }

    @Override
    public List<String> parents() {
        return List.of("tcp");
    }

    @Override
    public List<Trigger> triggers() {
        return List.of(Trigger.tcp(70));
    }

    @Override
    public List<Attribute> attributes() {
        return List.of(SELECTOR, ITEMS);
    }

    /** Any line can be a selector, so only the first item of a menu says that this is Gopher. */
    @Override
    public Recognition recognise(Payload payload, Session session) {
        int end = payload.indexOf('\n', 0, LONGEST_LINE);
        if (end < 0) return payload.length() < LONGEST_LINE ? Recognition.MORE : Recognition.NEVER;
        if (payload.fromOriginator()) return Recognition.MORE;
        return isItem(payload, end) ? Recognition.YES : Recognition.NEVER;
    }

    /** Kind and name, selector, host, port; tabs between them. */
    private static boolean isItem(Payload payload, int end) {
        if (KINDS.indexOf(payload.u8(0)) < 0) return false;
        int at = 0;
        for (int field = 0; field < 3; field++) {
            at = payload.indexOf('\t', at, end) + 1;
            if (at == 0) return false;
        }
        return payload.has(at, 1) && payload.u8(at) >= '0' && payload.u8(at) <= '9';
    }

    @Override
    public Optional<SessionParser> parser(Session session) {
        return Optional.of(new Menu());
    }

    /** Reads one session from its first byte on. */
    private static final class Menu implements SessionParser {
        private long items;

        @Override
        public int take(Payload payload, Findings findings) {
            int at = 0;
            for (int end; (end = payload.indexOf('\n', at, payload.length())) >= 0; at = end + 1) {
                if (payload.fromOriginator()) {
                    findings.put(SELECTOR, payload.text(at, end - at).strip());
                } else if (payload.u8(at) == '.' && end - at <= 2) {
                    return DONE; // the line that ends a menu
                } else {
                    findings.put(ITEMS, ++items);
                }
            }
            return payload.length() - at < LONGEST_LINE ? at : DONE; // the rest of a line comes again with more
        }
    }
}
