package io.pairwire.dpi.protocol;

import io.pairwire.dpi.Attribute;
import io.pairwire.dpi.BuiltIn;
import io.pairwire.dpi.Findings;
import io.pairwire.dpi.Payload;
import io.pairwire.dpi.Protocol;
import io.pairwire.dpi.Recognition;
import io.pairwire.dpi.Session;
import io.pairwire.dpi.SessionParser;
import io.pairwire.dpi.Trigger;
import java.util.List;
import java.util.Optional;

/** Routes between networks, <a href="https://www.rfc-editor.org/rfc/rfc4271">RFC 4271</a>. */
@BuiltIn
public final class Bgp implements Protocol {
    private static final Attribute TYPES = Attribute.number(
                    "bgp.type", "1 open, 2 update, 3 notification, 4 keep-alive")
            .list();
    private static final Attribute SYSTEM = Attribute.number(
                    "bgp.as", "autonomous systems that open; 23456 stands for one of four bytes")
            .list();
    private static final Attribute HOLD = Attribute.number("bgp.hold", "seconds that a side waits for the other");

    private static final int HEADER = 19;

    /** For the registry. */
    public Bgp() {}

    @Override
    public String name() {
        return "bgp";
    }

    @Override
    public String label() {
        return "BGP";
    }

    @Override
    public List<String> parents() {
        return List.of("tcp");
    }

    @Override
    public List<Trigger> triggers() {
        return List.of(Trigger.tcp(179));
    }

    @Override
    public List<Attribute> attributes() {
        return List.of(TYPES, SYSTEM, HOLD);
    }

    @Override
    public Recognition recognise(Payload payload, Session session) {
        for (int at = 0; at < Math.min(16, payload.length()); at++) {
            if (payload.u8(at) != 0xff) return Recognition.NEVER;
        }
        if (payload.length() < HEADER) return Recognition.MORE;
        int length = payload.u16(16);
        int type = payload.u8(18);
        return length >= HEADER && length <= 4096 && type >= 1 && type <= 5 ? Recognition.YES : Recognition.NEVER;
    }

    @Override
    public Optional<SessionParser> parser(Session session) {
        return Optional.of(new Messages());
    }

    /** Both directions. */
    private static final class Messages implements SessionParser {
        private static final int MOST = 64;
        private int messages;

        @Override
        public int take(Payload payload, Findings findings) {
            int at = 0;
            while (payload.has(at, HEADER)) {
                int length = Math.max(HEADER, payload.u16(at + 16));
                int type = payload.u8(at + 18);
                if (type == 1 && !payload.has(at, 29)) return at;
                findings.put(TYPES, type);
                if (type == 1 && length >= 29) {
                    findings.put(SYSTEM, payload.u16(at + 20));
                    findings.put(HOLD, payload.u16(at + 22));
                }
                if (++messages == MOST) return DONE;
                at += length;
            }
            return at;
        }
    }
}
