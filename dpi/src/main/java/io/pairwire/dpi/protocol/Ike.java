package io.pairwire.dpi.protocol;

import io.pairwire.dpi.Attribute;
import io.pairwire.dpi.BuiltIn;
import io.pairwire.dpi.Payload;
import io.pairwire.dpi.Protocol;
import io.pairwire.dpi.Recognition;
import io.pairwire.dpi.Session;
import io.pairwire.dpi.SessionParser;
import io.pairwire.dpi.Trigger;
import java.util.List;
import java.util.Optional;

/** Key exchange of IPsec, <a href="https://www.rfc-editor.org/rfc/rfc7296">RFC 7296</a> and RFC 2409, also behind NAT (RFC 3948). */
@BuiltIn
public final class Ike implements Protocol {
    private static final Attribute VERSION = Attribute.number("ike.version", "1 or 2");
    private static final Attribute EXCHANGE =
            Attribute.number("ike.exchange", "of the first message: 2 main, 4 aggressive, 34 version 2's first");

    private static final int HEADER = 28;

    /** For the registry. */
    public Ike() {}

    @Override
    public String name() {
        return "ike";
    }

    @Override
    public String label() {
        return "IPSec";
    }

    @Override
    public List<String> parents() {
        return List.of("udp");
    }

    @Override
    public List<Trigger> triggers() {
        return List.of(Trigger.udp(500), Trigger.udp(4500));
    }

    @Override
    public List<Attribute> attributes() {
        return List.of(VERSION, EXCHANGE);
    }

    @Override
    public Recognition recognise(Payload payload, Session session) {
        int at = headerAt(payload);
        if (!payload.has(at, HEADER)) return at == 0 && isBehindNat(session) ? nat(payload) : Recognition.NEVER;
        int version = payload.u8(at + 17);
        boolean known = version == 0x10 || version >= 0x20 && version <= 0x2f;
        long length = Integer.toUnsignedLong(payload.u32(at + 24));
        boolean whole = length == payload.sentLength() - at;
        if (known && whole && payload.u64(at) != 0) return Recognition.YES;
        return isBehindNat(session) ? nat(payload) : Recognition.NEVER;
    }

    private static boolean isBehindNat(Session session) {
        return session.originatorPort() == 4500 || session.responderPort() == 4500;
    }

    /** Behind four zeros if it shares its port with ESP. */
    private static int headerAt(Payload payload) {
        return payload.length() >= 4 && payload.u32(0) == 0 ? 4 : 0;
    }

    /** A keep-alive of one byte, or ESP: an index that is not small, and whole words. */
    private static Recognition nat(Payload payload) {
        if (payload.length() == 1) return payload.u8(0) == 0xff ? Recognition.YES : Recognition.NEVER;
        boolean esp = payload.length() >= 24 && Integer.toUnsignedLong(payload.u32(0)) > 255 && payload.u32(4) >= 0;
        return esp ? Recognition.YES : Recognition.NEVER;
    }

    @Override
    public Optional<SessionParser> parser(Session session) {
        return Optional.of((payload, findings) -> {
            int at = headerAt(payload);
            if (!payload.has(at, HEADER)) return payload.length();
            findings.put(VERSION, payload.u8(at + 17) >> 4);
            findings.put(EXCHANGE, payload.u8(at + 18));
            return SessionParser.DONE;
        });
    }
}
