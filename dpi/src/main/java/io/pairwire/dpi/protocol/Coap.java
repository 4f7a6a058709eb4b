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

/** The web of small things, <a href="https://www.rfc-editor.org/rfc/rfc7252">RFC 7252</a>. */
@BuiltIn
public final class Coap implements Protocol {
    private static final Attribute CODES = Attribute.number(
                    "coap.code", "class in the upper three bits: 1 get, 2 post, 69 content")
            .list();
    private static final Attribute PATH =
            Attribute.text("coap.path", "what is asked for").list();

    private static final int URI_PATH = 11;

    /** For the registry. */
    public Coap() {}

    @Override
    public String name() {
        return "coap";
    }

    @Override
    public String label() {
        return "COAP";
    }

    @Override
    public List<String> parents() {
        return List.of("udp");
    }

    @Override
    public List<Trigger> triggers() {
        return List.of(Trigger.udp(5683));
    }

    @Override
    public List<Attribute> attributes() {
        return List.of(CODES, PATH);
    }

    @Override
    public Recognition recognise(Payload payload, Session session) {
        if (payload.length() < 4) return Recognition.NEVER;
        int token = payload.u8(0) & 15;
        int kind = payload.u8(1) >> 5;
        boolean plausible = payload.u8(0) >> 6 == 1
                && token <= 8
                && (kind == 0 || kind == 2 || kind == 4 || kind == 5)
                && payload.has(4, token);
        return plausible ? Recognition.YES : Recognition.NEVER;
    }

    @Override
    public Optional<SessionParser> parser(Session session) {
        return Optional.of(Coap::take);
    }

    private static int take(Payload payload, Findings findings) {
        if (payload.length() < 4) return payload.length();
        findings.put(CODES, payload.u8(1));
        int at = 4 + (payload.u8(0) & 15);
        int option = 0;
        var path = new StringBuilder();
        while (payload.has(at, 1) && payload.u8(at) != 0xff) {
            int delta = payload.u8(at) >> 4;
            int length = payload.u8(at) & 15;
            at++;
            int wide = extended(delta) + extended(length);
            if (delta == 15 || length == 15 || !payload.has(at, wide)) break;
            option += delta < 13 ? delta : delta == 13 ? 13 + payload.u8(at) : 269 + payload.u16(at);
            int lengthAt = at + extended(delta);
            length = length < 13 ? length : length == 13 ? 13 + payload.u8(lengthAt) : 269 + payload.u16(lengthAt);
            at += wide;
            if (!payload.has(at, length)) break;
            if (option == URI_PATH && path.length() < 512) path.append('/').append(payload.text(at, length));
            at += length;
        }
        if (!path.isEmpty()) findings.put(PATH, path.toString());
        return payload.length();
    }

    private static int extended(int nibble) {
        return nibble == 13 ? 1 : nibble == 14 ? 2 : 0;
    }
}
