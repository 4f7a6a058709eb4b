package io.pairwire.dpi.protocol;

import io.pairwire.dpi.BuiltIn;
import io.pairwire.dpi.Payload;
import io.pairwire.dpi.Protocol;
import io.pairwire.dpi.Recognition;
import io.pairwire.dpi.Session;
import io.pairwire.dpi.Trigger;
import java.util.List;

/** Schneider's Unified Messaging Application Services: a function of Modbus, by which that finds it. */
@BuiltIn
public final class Umas implements Protocol {
    /** For the registry. */
    public Umas() {}

    @Override
    public String name() {
        return "umas";
    }

    @Override
    public String label() {
        return "UMAS";
    }

    @Override
    public List<String> parents() {
        return List.of("modbus");
    }

    @Override
    public List<Trigger> triggers() {
        return List.of();
    }

    @Override
    public Recognition recognise(Payload payload, Session session) {
        return Recognition.NEVER; // nobody asks
    }
}
