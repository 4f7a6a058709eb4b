package io.pairwire.dpi.protocol;

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

/** Remote screens, <a href="https://www.rfc-editor.org/rfc/rfc6143">RFC 6143</a>. */
@BuiltIn
public final class Vnc implements Protocol {
    private static final Attribute VERSION =
            Attribute.text("vnc.version", "as the side says that speaks first: 003.008");

    private static final int LENGTH = 12;

    /** For the registry. */
    public Vnc() {}

    @Override
    public String name() {
        return "vnc";
    }

    @Override
    public String label() {
        return "VNC";
    }

    @Override
    public List<String> parents() {
        return List.of("tcp");
    }

    @Override
    public List<Trigger> triggers() {
        return List.of(Trigger.starts(Transport.TCP, "RFB 0"));
    }

    @Override
    public List<Attribute> attributes() {
        return List.of(VERSION);
    }

    @Override
    public Recognition recognise(Payload payload, Session session) {
        if (!payload.mayMatch(0, "RFB 0")) return Recognition.NEVER;
        if (payload.length() < LENGTH) return Recognition.MORE;
        return payload.u8(7) == '.' && payload.u8(11) == '\n' ? Recognition.YES : Recognition.NEVER;
    }

    @Override
    public Optional<SessionParser> parser(Session session) {
        return Optional.of((payload, findings) -> {
            if (payload.length() < LENGTH) return 0;
            findings.put(VERSION, payload.text(4, 7));
            return SessionParser.DONE;
        });
    }
}
