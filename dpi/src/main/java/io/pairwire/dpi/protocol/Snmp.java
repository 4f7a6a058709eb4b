package io.pairwire.dpi.protocol;

import io.pairwire.dpi.Attribute;
import io.pairwire.dpi.BuiltIn;
import io.pairwire.dpi.Findings;
import io.pairwire.dpi.Payload;
import io.pairwire.dpi.Protocol;
import io.pairwire.dpi.Recognition;
import io.pairwire.dpi.Session;
import io.pairwire.dpi.SessionParser;
import io.pairwire.dpi.Trigger;
import java.util.List;
import java.util.Optional;

/** Simple network management, <a href="https://www.rfc-editor.org/rfc/rfc3416">RFC 3416</a>, RFC 1157, RFC 3412. */
@BuiltIn
public final class Snmp implements Protocol {
    private static final Attribute VERSION =
            Attribute.number("snmp.version", "as sent: 0 is version 1, 1 is version 2c, 3 is version 3");
    private static final Attribute COMMUNITY =
            Attribute.text("snmp.community", "the community, which is a password in the clear");
    private static final Attribute REQUEST =
            Attribute.number("snmp.request", "0 get, 1 get next, 2 response, 3 set, 5 get bulk, 7 trap");

    private static final int SEQUENCE = 0x30;
    private static final int INTEGER = 2;
    private static final int TEXT = 4;

    /** For the registry. */
    public Snmp() {}

    @Override
    public String name() {
        return "snmp";
    }

    @Override
    public String label() {
        return "SNMP";
    }

    @Override
    public List<String> parents() {
        return List.of("udp");
    }

    @Override
    public List<Trigger> triggers() {
        return List.of(Trigger.udp(161), Trigger.udp(162));
    }

    @Override
    public List<Attribute> attributes() {
        return List.of(VERSION, COMMUNITY, REQUEST);
    }

    /** A sequence that holds a version of 0, 1 or 3. */
    @Override
    public Recognition recognise(Payload payload, Session session) {
        int at = body(payload, 0, SEQUENCE);
        if (at < 0 || !payload.has(at, 3)) return Recognition.NEVER;
        boolean version = payload.u8(at) == INTEGER && payload.u8(at + 1) == 1 && isVersion(payload.u8(at + 2));
        if (!version) return Recognition.NEVER;
        int next = payload.has(at + 3, 1) ? payload.u8(at + 3) : -1;
        return next == TEXT || next == SEQUENCE ? Recognition.YES : Recognition.NEVER;
    }

    private static boolean isVersion(int number) {
        return number == 0 || number == 1 || number == 3;
    }

    /** Where the body of an element begins, or -1 if it is no such element. */
    private static int body(Payload payload, int at, int tag) {
        if (!payload.has(at, 2) || payload.u8(at) != tag) return -1;
        int length = payload.u8(at + 1);
        if (length < 0x80) return at + 2;
        return length == 0x80 || length > 0x84 ? -1 : at + 2 + (length & 0x7f);
    }

    @Override
    public Optional<SessionParser> parser(Session session) {
        return Optional.of(Snmp::take);
    }

    private static int take(Payload payload, Findings findings) {
        int at = body(payload, 0, SEQUENCE);
        if (at < 0 || !payload.has(at, 5)) return payload.length();
        findings.put(VERSION, payload.u8(at + 2));
        int text = body(payload, at + 3, TEXT);
        if (text < 0) return SessionParser.DONE; // version 3: what follows is encrypted mostly
        int length = payload.u8(at + 4);
        if (length >= 0x80 || !payload.has(text, length + 1)) return payload.length();
        findings.put(COMMUNITY, payload.text(text, length));
        int request = payload.u8(text + length);
        if (request >= 0xa0 && request <= 0xa8) findings.put(REQUEST, request & 0x1f);
        return SessionParser.DONE;
    }
}
