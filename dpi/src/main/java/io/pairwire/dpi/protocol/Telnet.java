package io.pairwire.dpi.protocol;

import io.pairwire.dpi.Attribute;
import io.pairwire.dpi.BuiltIn;
import io.pairwire.dpi.BytePattern;
import io.pairwire.dpi.Payload;
import io.pairwire.dpi.Protocol;
import io.pairwire.dpi.Recognition;
import io.pairwire.dpi.Session;
import io.pairwire.dpi.SessionParser;
import io.pairwire.dpi.Transport;
import io.pairwire.dpi.Trigger;
import java.util.List;
import java.util.Optional;

/** Terminals, <a href="https://www.rfc-editor.org/rfc/rfc854">RFC 854</a>: recognised by its negotiation. */
@BuiltIn
public final class Telnet implements Protocol {
    private static final Attribute OPTIONS = Attribute.number(
                    "telnet.option", "options of the first negotiation: 1 echo, 24 terminal")
            .list();

    private static final int ESCAPE = 255;

    /** For the registry. */
    public Telnet() {}

    @Override
    public String name() {
        return "telnet";
    }

    @Override
    public String label() {
        return "Telnet";
    }

    @Override
    public List<String> parents() {
        return List.of("tcp");
    }

    @Override
    public List<Trigger> triggers() {
        return List.of(
                Trigger.tcp(23),
                Trigger.bytes(Transport.TCP, new BytePattern(0, new byte[] {(byte) 0xff, (byte) 0xf8}, new byte[] {
                    (byte) 0xff, (byte) 0xf8
                })));
    }

    @Override
    public List<Attribute> attributes() {
        return List.of(OPTIONS);
    }

    @Override
    public Recognition recognise(Payload payload, Session session) {
        if (payload.u8(0) != ESCAPE) return session.responderPort() == 23 ? Recognition.MORE : Recognition.NEVER;
        if (payload.length() < 3) return Recognition.MORE;
        boolean negotiates = payload.u8(1) >= 250 && payload.u8(1) <= 254 && payload.u8(2) <= 64;
        if (!negotiates) return Recognition.NEVER;
        if (session.responderPort() == 23 || payload.length() == 3) return Recognition.YES;
        return payload.u8(3) == ESCAPE || payload.u8(1) == 250 ? Recognition.YES : Recognition.NEVER;
    }

    @Override
    public Optional<SessionParser> parser(Session session) {
        return Optional.of((payload, findings) -> {
            int at = 0;
            for (int seen = 0; payload.has(at, 3) && payload.u8(at) == ESCAPE && seen < 32; seen++) {
                if (payload.u8(at + 1) == 250) break;
                findings.put(OPTIONS, payload.u8(at + 2));
                at += 3;
            }
            return SessionParser.DONE;
        });
    }
}
