package io.pairwire.dpi.protocol;

import io.pairwire.dpi.BuiltIn;
import io.pairwire.dpi.Payload;
import io.pairwire.dpi.Protocol;
import io.pairwire.dpi.Recognition;
import io.pairwire.dpi.Session;
import io.pairwire.dpi.Trigger;
import java.util.List;

/** The first version of SMB, MS-CIFS; {@link Smb} tells. */
@BuiltIn
public final class Smb1 implements Protocol {
    /** For the registry. */
    public Smb1() {}

    @Override
    public String name() {
        return "smbv1";
    }

    @Override
    public String label() {
        return "SMBv1";
    }

    @Override
    public List<String> parents() {
        return List.of("smb");
    }

    @Override
    public List<Trigger> triggers() {
        return List.of();
    }

    @Override
    public Recognition recognise(Payload payload, Session session) {
        return Recognition.NEVER; // told by what carries it
    }
}
