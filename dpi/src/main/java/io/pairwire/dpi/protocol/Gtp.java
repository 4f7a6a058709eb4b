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

/** Tunnels of mobile networks, 3GPP TS 29.060, 29.274 and 29.281: their control, and what was not looked into. */
@BuiltIn
public final class Gtp implements Protocol {
    private static final Attribute VERSION = Attribute.number("gtp.version", "0, 1 or 2");
    private static final Attribute TYPES = Attribute.number(
                    "gtp.type", "message types: 1 echo, 16 create, 32 create session, 255 a packet")
            .list();
    private static final Attribute ACCESS_POINT = Attribute.text("gtp.access_point", "name of the access point");

    /** For the registry. */
    public Gtp() {}

    @Override
    public String name() {
        return "gtp";
    }

    @Override
    public String label() {
        return "GTP";
    }

    @Override
    public List<String> parents() {
        return List.of("udp");
    }

    @Override
    public List<Trigger> triggers() {
        return List.of(Trigger.udp(2123), Trigger.udp(2152), Trigger.udp(3386));
    }

    @Override
    public List<Attribute> attributes() {
        return List.of(VERSION, TYPES, ACCESS_POINT);
    }

    @Override
    public Recognition recognise(Payload payload, Session session) {
        if (payload.length() < 8) return Recognition.NEVER;
        int version = payload.u8(0) >> 5;
        int header = version == 0 ? 20 : version == 1 ? 8 : 4;
        if (version > 2) return Recognition.NEVER;
        int length = payload.u16(2);
        return length + header <= payload.sentLength() && payload.u8(1) != 0 ? Recognition.YES : Recognition.NEVER;
    }

    @Override
    public Optional<SessionParser> parser(Session session) {
        return Optional.of(Gtp::take);
    }

    private static int take(Payload payload, Findings findings) {
        if (payload.length() < 8) return payload.length();
        int version = payload.u8(0) >> 5;
        findings.put(VERSION, version);
        findings.put(TYPES, payload.u8(1));
        if (version == 2) {
            int at = (payload.u8(0) & 8) != 0 ? 12 : 8;
            for (; payload.has(at, 4) && payload.has(at + 4, payload.u16(at + 1)); at += 4 + payload.u16(at + 1)) {
                if (payload.u8(at) == 71) findings.put(ACCESS_POINT, labels(payload, at + 4, payload.u16(at + 1)));
            }
        }
        return payload.length();
    }

    /** As DNS writes names, TS 23.003 §9.1. */
    private static String labels(Payload payload, int at, int length) {
        var name = new StringBuilder();
        int end = at + length;
        while (at < end) {
            int label = Math.min(payload.u8(at), end - at - 1);
            if (!name.isEmpty()) name.append('.');
            name.append(payload.text(at + 1, label));
            at += 1 + label;
        }
        return name.toString();
    }
}
