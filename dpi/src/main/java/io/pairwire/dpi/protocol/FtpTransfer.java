package io.pairwire.dpi.protocol;

import io.pairwire.decode.stream.Direction;
import io.pairwire.dpi.BuiltIn;
import io.pairwire.dpi.CarriedFile;
import io.pairwire.dpi.FileReceiver;
import io.pairwire.dpi.Findings;
import io.pairwire.dpi.Payload;
import io.pairwire.dpi.Protocol;
import io.pairwire.dpi.Recognition;
import io.pairwire.dpi.Session;
import io.pairwire.dpi.SessionParser;
import io.pairwire.dpi.Trigger;
import java.util.List;
import java.util.Optional;

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

    @Override
    public Optional<SessionParser> parser(Session session) {
        return Optional.of(new Transfer());
    }

    /** One file, which ends with the session; a listing of a folder looks the same. */
    private static final class Transfer implements SessionParser {
        private Optional<FileReceiver> receiver = Optional.empty();
        private boolean asked;

        @Override
        public int take(Payload payload, Findings findings) {
            if (!asked) {
                asked = true;
                receiver = findings.file(new CarriedFile("ftp_data", "", "", "", -1, payload.direction()));
            }
            if (receiver.isEmpty()) return DONE;
            receiver.get().bytes(payload.memory(), payload.start(), payload.length());
            return payload.length();
        }

        @Override
        public int gap(Direction direction, long length) {
            receiver.ifPresent(file -> file.gap(length));
            return receiver.isEmpty() ? DONE : 0;
        }
    }
}
