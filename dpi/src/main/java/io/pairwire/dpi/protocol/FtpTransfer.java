package io.pairwire.dpi.protocol;

import io.pairwire.dpi.BuiltIn;
import io.pairwire.dpi.Payload;
import io.pairwire.dpi.Protocol;
import io.pairwire.dpi.Recognition;
import io.pairwire.dpi.Session;
import io.pairwire.dpi.Trigger;
import java.util.List;

/** Files on their way, <a href="https://www.rfc-editor.org/rfc/rfc959">RFC 959</a>: a session that the control connection announced. */
@BuiltIn
public final class FtpTransfer implements Protocol {
    /** For the registry. */
    public FtpTransfer() {}

    @Override
    public String name() {
        return "ftp_data";
    }

    @Override
    public String label() {
        return "FTP_DATA";
    }

    @Override
    public List<String> parents() {
        return List.of("tcp");
    }

    @Override
    public List<Trigger> triggers() {
        return List.of(Trigger.tcp(20));
    }

    @Override
    public Recognition recognise(Payload payload, Session session) {
        return Recognition.MORE; // files may hold anything: only who was told of it, or the port, says so
    }
}
