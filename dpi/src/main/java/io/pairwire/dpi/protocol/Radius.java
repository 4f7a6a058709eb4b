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

/** Who may come in, <a href="https://www.rfc-editor.org/rfc/rfc2865">RFC 2865</a> and RFC 2866. */
@BuiltIn
public final class Radius implements Protocol {
    private static final Attribute CODES = Attribute.number(
                    "radius.code", "1 access request, 2 accept, 3 reject, 4 accounting request")
            .list();
    private static final Attribute USER = Attribute.text("radius.user", "who asks");
    private static final Attribute NAS = Attribute.address("radius.nas_address", "through which server");
    private static final Attribute FRAMED = Attribute.address("radius.framed_address", "the address given");
    private static final Attribute CALLING = Attribute.text("radius.calling_station", "from where");

    private static final int HEADER = 20;

    /** For the registry. */
    public Radius() {}

    @Override
    public String name() {
        return "radius";
    }

    @Override
    public String label() {
        return "Radius";
    }

    @Override
    public List<String> parents() {
        return List.of("udp");
    }

    @Override
    public List<Trigger> triggers() {
        return List.of(Trigger.udp(1812), Trigger.udp(1813), Trigger.udp(1645), Trigger.udp(1646), Trigger.udp(3799));
    }

    @Override
    public List<Attribute> attributes() {
        return List.of(CODES, USER, NAS, FRAMED, CALLING);
    }

    /** A length that holds, and attributes that fill it. */
    @Override
    public Recognition recognise(Payload payload, Session session) {
        if (payload.length() < HEADER) return Recognition.NEVER;
        int code = payload.u8(0);
        int length = payload.u16(2);
        if (code == 0 || code > 46 || length < HEADER || length > payload.sentLength()) return Recognition.NEVER;
        int at = HEADER;
        while (at < length && payload.has(at, 2)) {
            if (payload.u8(at + 1) < 2) return Recognition.NEVER;
            at += payload.u8(at + 1);
        }
        return at == length || payload.isCut() ? Recognition.YES : Recognition.NEVER;
    }

    @Override
    public Optional<SessionParser> parser(Session session) {
        return Optional.of(Radius::take);
    }

    private static int take(Payload payload, Findings findings) {
        if (payload.length() < HEADER) return payload.length();
        findings.put(CODES, payload.u8(0));
        int at = HEADER;
        while (payload.has(at, 2) && payload.u8(at + 1) >= 2 && payload.has(at, payload.u8(at + 1))) {
            int length = payload.u8(at + 1) - 2;
            switch (payload.u8(at)) {
                case 1 -> findings.put(USER, payload.text(at + 2, length));
                case 4 -> address(payload, at + 2, length, NAS, findings);
                case 8 -> address(payload, at + 2, length, FRAMED, findings);
                case 31 -> findings.put(CALLING, payload.text(at + 2, length));
                default -> {} // not told
            }
            at += 2 + length;
        }
        return payload.length();
    }

    private static void address(Payload payload, int at, int length, Attribute attribute, Findings findings) {
        if (length != 4) return;
        findings.put(
                attribute,
                payload.u8(at) + "." + payload.u8(at + 1) + "." + payload.u8(at + 2) + "." + payload.u8(at + 3));
    }
}
