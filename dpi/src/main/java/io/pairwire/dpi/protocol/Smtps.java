package io.pairwire.dpi.protocol;

import io.pairwire.dpi.BuiltIn;
import io.pairwire.dpi.Payload;
import io.pairwire.dpi.Protocol;
import io.pairwire.dpi.Recognition;
import io.pairwire.dpi.Session;
import io.pairwire.dpi.Trigger;
import java.util.List;

/** Mail on its way in TLS, <a href="https://www.rfc-editor.org/rfc/rfc8314">RFC 8314</a>: told by its port, or by who upgraded to it. */
@BuiltIn
public final class Smtps implements Protocol {
    /** For the registry. */
    public Smtps() {}

    @Override
    public String name() {
        return "smtps";
    }

    @Override
    public String label() {
        return "SMTPS";
    }

    @Override
    public List<String> parents() {
        return List.of("tls");
    }

    @Override
    public List<Trigger> triggers() {
        return List.of();
    }

    @Override
    public Recognition recognise(Payload payload, Session session) {
        return Recognition.NEVER; // what it says is hidden
    }
}
