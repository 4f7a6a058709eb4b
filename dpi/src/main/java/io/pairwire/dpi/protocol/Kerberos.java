package io.pairwire.dpi.protocol;

import io.pairwire.decode.wire.IpProtocol;
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

/** Tickets, <a href="https://www.rfc-editor.org/rfc/rfc4120">RFC 4120</a>. */
@BuiltIn
public final class Kerberos implements Protocol {
    private static final Attribute TYPES = Attribute.number(
                    "kerberos.type", "10 and 11 first ticket, 12 and 13 further ones, 30 error")
            .list();
    private static final Attribute REALM = Attribute.text("kerberos.realm", "the realm");
    private static final Attribute CLIENT = Attribute.text("kerberos.client", "who asks, without the realm");
    private static final Attribute ERROR = Attribute.number("kerberos.error", "code of the error, RFC 4120 §7.5.9");

    /** For the registry. */
    public Kerberos() {}

    @Override
    public String name() {
        return "kerberos";
    }

    @Override
    public String label() {
        return "Kerberos";
    }

    @Override
    public List<String> parents() {
        return List.of("udp", "tcp");
    }

    @Override
    public List<Trigger> triggers() {
        return List.of(Trigger.udp(88), Trigger.tcp(88));
    }

    @Override
    public List<Attribute> attributes() {
        return List.of(TYPES, REALM, CLIENT, ERROR);
    }

    /** An application tag of a message, a sequence, and in it version 5. */
    @Override
    public Recognition recognise(Payload payload, Session session) {
        boolean stream = session.ipProtocol() == IpProtocol.TCP;
        int at = stream ? 4 : 0;
        if (payload.length() < at + 12) return stream ? Recognition.MORE : Recognition.NEVER;
        int tag = payload.u8(at);
        if (tag < 0x6a || tag > 0x7e) return Recognition.NEVER;
        int sequence = Ber.body(payload, at);
        if (sequence < 0 || !payload.has(sequence, 2) || payload.u8(sequence) != Ber.SEQUENCE) return Recognition.NEVER;
        int field = Ber.body(payload, sequence);
        if (field < 0 || !payload.has(field, 5)) return Recognition.NEVER;
        boolean version = (payload.u8(field) & 0xfe) == 0xa0
                && payload.u8(field + 2) == Ber.INTEGER
                && payload.u8(field + 4) == 5;
        return version ? Recognition.YES : Recognition.NEVER;
    }

    @Override
    public Optional<SessionParser> parser(Session session) {
        return Optional.of(Kerberos::take);
    }

    private static int take(Payload payload, Findings findings) {
        boolean stream = findings.session().ipProtocol() == IpProtocol.TCP;
        int at = stream ? 4 : 0;
        if (payload.length() < at + 2) return 0;
        int type = payload.u8(at) & 0x1f;
        if (stream && payload.u32(0) > 0 && payload.u32(0) < 64 * 1024 - 4 && !payload.has(4, payload.u32(0))) return 0;
        findings.put(TYPES, type);
        int sequence = Ber.body(payload, at);
        int fields = sequence < 0 ? -1 : Ber.body(payload, sequence);
        for (int field = fields; field >= 0 && payload.has(field, 2); field = Ber.next(payload, field)) {
            field(type, payload.u8(field) & 0x1f, payload, Ber.body(payload, field), findings);
        }
        return stream ? SessionParser.DONE : payload.length();
    }

    /** §5.4.1 and §5.9.1: the fields that matter, by the type of the message. */
    private static void field(int type, int number, Payload payload, int at, Findings findings) {
        if (at < 0) return;
        boolean answer = type == 11 || type == 13;
        if (type == 30 && number == 6) {
            long code = Ber.number(payload, at);
            if (code >= 0) findings.put(ERROR, code);
        }
        if (answer && number == 3 || type == 30 && number == 9) findings.put(REALM, Ber.text(payload, at));
        if (answer && number == 4) name(payload, at, findings);
        if ((type == 10 || type == 12) && number == 4) body(payload, at, findings);
    }

    private static void body(Payload payload, int at, Findings findings) {
        for (int field = Ber.body(payload, at); field >= 0 && payload.has(field, 2); field = Ber.next(payload, field)) {
            int inside = Ber.body(payload, field);
            if (inside < 0) return;
            if (payload.u8(field) == 0xa1) name(payload, inside, findings);
            if (payload.u8(field) == 0xa2) findings.put(REALM, Ber.text(payload, inside));
        }
    }

    /** PrincipalName, §5.2.2: its type, then its parts. */
    private static void name(Payload payload, int at, Findings findings) {
        int type = Ber.body(payload, at);
        int parts = type < 0 ? -1 : Ber.next(payload, type);
        int list = parts < 0 ? -1 : Ber.body(payload, parts);
        int first = list < 0 ? -1 : Ber.body(payload, list);
        if (first >= 0) findings.put(CLIENT, Ber.text(payload, first));
    }
}
