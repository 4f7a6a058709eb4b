package io.pairwire.dpi.protocol;

import io.pairwire.dpi.BuiltIn;
import io.pairwire.dpi.Payload;
import io.pairwire.dpi.Protocol;
import io.pairwire.dpi.Recognition;
import io.pairwire.dpi.Session;
import io.pairwire.dpi.Trigger;
import java.util.List;

/** Versions 2 and 3 of SMB, MS-SMB2; {@link Smb} tells. */
@BuiltIn
public final class Smb23 implements Protocol {
    /** For the registry. */
    public Smb23() {}

    @Override
    public String name() {
        return "smbv23";
    }

    @Override
    public String label() {
        return "SMBv23";
    }

    @Override
    public List<String> parents() {
        return List.of("smb");
    }

    @Override
    public List<Trigger> triggers() {
        return List.of(Trigger.tcp(445)); // what a session there is guessed to be
    }

    @Override
    public Recognition recognise(Payload payload, Session session) {
        return Recognition.NEVER; // told by what carries it
    }
}
