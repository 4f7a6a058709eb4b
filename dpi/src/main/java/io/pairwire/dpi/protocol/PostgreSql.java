package io.pairwire.dpi.protocol;

import io.pairwire.dpi.Attribute;
import io.pairwire.dpi.BuiltIn;
import io.pairwire.dpi.BytePattern;
import io.pairwire.dpi.Findings;
import io.pairwire.dpi.Payload;
import io.pairwire.dpi.Protocol;
import io.pairwire.dpi.Recognition;
import io.pairwire.dpi.Session;
import io.pairwire.dpi.SessionParser;
import io.pairwire.dpi.Transport;
import io.pairwire.dpi.Trigger;
import java.util.List;
import java.util.Optional;

/** Databases, the frontend and backend protocol 3 of PostgreSQL. */
@BuiltIn
public final class PostgreSql implements Protocol {
    private static final Attribute USER = Attribute.text("postgresql.user", "who logs in");
    private static final Attribute DATABASE = Attribute.text("postgresql.database", "which database");
    private static final Attribute APPLICATION =
            Attribute.text("postgresql.application", "what the client calls itself");

    private static final int TLS_REQUEST = 80877103;
    private static final int GSS_REQUEST = 80877104;
    private static final int CANCEL = 80877102;

    /** For the registry. */
    public PostgreSql() {}

    @Override
    public String name() {
        return "postgresql";
    }

    @Override
    public String label() {
        return "PostgreSQL";
    }

    @Override
    public List<String> parents() {
        return List.of("tcp");
    }

    @Override
    public List<Trigger> triggers() {
        return List.of(
                Trigger.tcp(5432),
                Trigger.bytes(Transport.TCP, BytePattern.of(4, (byte) 0, (byte) 3, (byte) 0)),
                Trigger.bytes(
                        Transport.TCP,
                        BytePattern.of(0, (byte) 0, (byte) 0, (byte) 0, (byte) 8, (byte) 4, (byte) 0xd2, (byte) 0x16)));
    }

    @Override
    public List<Attribute> attributes() {
        return List.of(USER, DATABASE, APPLICATION);
    }

    @Override
    public Recognition recognise(Payload payload, Session session) {
        if (!payload.fromOriginator()) return answer(payload, session);
        if (payload.length() < 8) return payload.u8(0) == 0 ? Recognition.MORE : Recognition.NEVER;
        int length = payload.u32(0);
        int code = payload.u32(4);
        if (length == 8 && (code == TLS_REQUEST || code == GSS_REQUEST)) return Recognition.YES;
        if (length == 16 && code == CANCEL) return Recognition.YES;
        boolean startup = code >>> 16 == 3 && (code & 0xffff) <= 2 && length >= 9 && length <= 10_000;
        if (!startup) return Recognition.NEVER;
        if (payload.length() < 9) return Recognition.MORE;
        return payload.u8(8) >= 'a' && payload.u8(8) <= 'z' ? Recognition.YES : Recognition.NEVER; // a name follows
    }

    /** On its port, when the beginning was not seen: an authentication, an error, a row. */
    private static Recognition answer(Payload payload, Session session) {
        if (session.responderPort() != 5432 && session.originatorPort() != 5432) return Recognition.NEVER;
        if (payload.length() < 9) return Recognition.MORE;
        int length = payload.u32(1);
        int next = 1 + length;
        boolean known = "RSKZETDCNtI123".indexOf(payload.u8(0)) >= 0 && length >= 4 && length < 1 << 24;
        if (!known || next > payload.length()) return Recognition.MORE;
        return next == payload.length() || "RSKZETDCNtI123".indexOf(payload.u8(next)) >= 0
                ? Recognition.YES
                : Recognition.NEVER;
    }

    @Override
    public Optional<SessionParser> parser(Session session) {
        return Optional.of(PostgreSql::take);
    }

    private static int take(Payload payload, Findings findings) {
        if (!payload.fromOriginator()) {
            if (payload.position() == 0 && payload.u8(0) == 'S' && payload.length() == 1) {
                findings.handOver("tls");
                return 1;
            }
            return payload.length();
        }
        if (payload.length() < 8) return 0;
        int length = payload.u32(0);
        if (length == 8) return 8;
        if (payload.u32(4) >>> 16 != 3 || length < 8 || length > 10_000) return SessionParser.DONE;
        if (payload.length() < length) return 0;
        var pairs = payload.text(8, length - 8).split("\0", -1);
        for (int i = 0; i + 1 < pairs.length; i += 2) {
            switch (pairs[i]) {
                case "user" -> findings.put(USER, pairs[i + 1]);
                case "database" -> findings.put(DATABASE, pairs[i + 1]);
                case "application_name" -> findings.put(APPLICATION, pairs[i + 1]);
                default -> {} // not told
            }
        }
        return SessionParser.DONE;
    }
}
