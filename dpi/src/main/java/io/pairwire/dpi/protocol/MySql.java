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

/** Databases, the client and server protocol of MySQL, version 10. */
@BuiltIn
public final class MySql implements Protocol {
    private static final Attribute VERSION = Attribute.text("mysql.version", "version of the server");
    private static final Attribute USER = Attribute.text("mysql.user", "who logs in");
    private static final Attribute DATABASE = Attribute.text("mysql.database", "database chosen when logging in");

    private static final int WITH_DATABASE = 0x8;
    private static final int PROTOCOL_41 = 0x200;
    private static final int TLS = 0x800;

    /** For the registry. */
    public MySql() {}

    @Override
    public String name() {
        return "mysql";
    }

    @Override
    public String label() {
        return "MySQL";
    }

    @Override
    public List<String> parents() {
        return List.of("tcp");
    }

    @Override
    public List<Trigger> triggers() {
        return List.of(Trigger.tcp(3306), Trigger.bytes(Transport.TCP, BytePattern.of(3, (byte) 0, (byte) 10)));
    }

    @Override
    public List<Attribute> attributes() {
        return List.of(VERSION, USER, DATABASE);
    }

    /** The greeting of the server: packet number 0, protocol 10, a version that ends with a zero. */
    @Override
    public Recognition recognise(Payload payload, Session session) {
        if (payload.fromOriginator()) return Recognition.MORE;
        if (payload.length() < 6) return Recognition.MORE;
        int length = payload.u8(0) | payload.u8(1) << 8 | payload.u8(2) << 16;
        if (payload.u8(3) != 0 || length < 20 || length > 1024) return Recognition.NEVER;
        if (payload.u8(4) == 0xff)
            return payload.length() >= length && Lines.holds(payload, 0, "HOST") ? Recognition.YES : Recognition.NEVER;
        if (payload.u8(4) != 10) return Recognition.NEVER;
        int digit = payload.u8(5);
        if (digit < '0' || digit > '9') return Recognition.NEVER;
        if (payload.indexOf(0, 5, 80) >= 0) return Recognition.YES;
        return payload.length() < 80 ? Recognition.MORE : Recognition.NEVER;
    }

    @Override
    public Optional<SessionParser> parser(Session session) {
        return Optional.of(MySql::take);
    }

    private static int take(Payload payload, Findings findings) {
        if (!payload.fromOriginator()) {
            int end = payload.indexOf(0, 5, payload.length());
            if (payload.position() == 0 && end > 0) findings.put(VERSION, payload.text(5, end - 5));
            return payload.length();
        }
        if (payload.length() < 36) return 0;
        int length = payload.u8(0) | payload.u8(1) << 8 | payload.u8(2) << 16;
        if (!payload.has(4, length)) return length > 4096 ? SessionParser.DONE : 0;
        int capabilities = payload.littleU32(4);
        if ((capabilities & TLS) != 0 && length == 32) {
            findings.handOver("tls");
            return 36;
        }
        int end = payload.indexOf(0, 36, 4 + length);
        if ((capabilities & PROTOCOL_41) == 0 || end < 0) return SessionParser.DONE;
        findings.put(USER, payload.text(36, end - 36));
        if ((capabilities & WITH_DATABASE) != 0 && payload.has(end + 1, 1)) {
            int database = end + 2 + payload.u8(end + 1);
            int databaseEnd = payload.indexOf(0, database, 4 + length);
            if (databaseEnd > 0) findings.put(DATABASE, payload.text(database, databaseEnd - database));
        }
        return SessionParser.DONE;
    }
}
