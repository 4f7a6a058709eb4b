package io.pairwire.dpi.icmp;

import io.pairwire.decode.wire.IpProtocol;
import io.pairwire.dpi.Attribute;
import io.pairwire.dpi.BuiltIn;
import io.pairwire.dpi.Payload;
import io.pairwire.dpi.Protocol;
import io.pairwire.dpi.Recognition;
import io.pairwire.dpi.Session;
import io.pairwire.dpi.SessionParser;
import io.pairwire.dpi.Trigger;
import java.util.List;
import java.util.Optional;

/** ICMPV6, <a href="https://www.rfc-editor.org/rfc/rfc4443">RFC 4443</a>: types and codes between two addresses. */
@BuiltIn
public final class Icmpv6 implements Protocol {
    private static final Attribute TYPE =
            Attribute.number("icmpv6.type", "type of a message").list();
    private static final Attribute CODE =
            Attribute.number("icmpv6.code", "code of a message").list();

    /** For the registry. */
    public Icmpv6() {}

    @Override
    public String name() {
        return "icmpv6";
    }

    @Override
    public String label() {
        return "ICMPV6";
    }

    @Override
    public List<String> parents() {
        return List.of("ip");
    }

    @Override
    public List<Trigger> triggers() {
        return List.of(new Trigger.IpProtocol(IpProtocol.ICMPV6));
    }

    @Override
    public List<Attribute> attributes() {
        return List.of(TYPE, CODE);
    }

    @Override
    public Recognition recognise(Payload payload, Session session) {
        return Recognition.YES; // its number says so
    }

    @Override
    public Optional<SessionParser> parser(Session session) {
        return Optional.of((payload, findings) -> {
            if (!findings.wantsAny()) return SessionParser.DONE;
            if (payload.length() < 2) return 0;
            findings.put(TYPE, payload.u8(0));
            findings.put(CODE, payload.u8(1));
            return 0;
        });
    }
}
