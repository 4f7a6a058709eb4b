package io.pairwire.dpi.protocol;

import io.pairwire.dpi.BuiltIn;
import io.pairwire.dpi.Payload;
import io.pairwire.dpi.Protocol;
import io.pairwire.dpi.Recognition;
import io.pairwire.dpi.Session;
import io.pairwire.dpi.Trigger;
import java.util.List;

/** Set-up of PROFINET IO, IEC 61158-6-10: calls of DCE/RPC with identifiers of its own, by which that finds it. */
@BuiltIn
public final class ProfinetIo implements Protocol {
    /** For the registry. */
    public ProfinetIo() {}

    @Override
    public String name() {
        return "profinet_io";
    }

    @Override
    public String label() {
        return "PROFINET_IO";
    }

    @Override
    public List<String> parents() {
        return List.of("dcerpc");
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
