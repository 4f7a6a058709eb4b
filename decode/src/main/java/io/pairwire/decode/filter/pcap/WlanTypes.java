package io.pairwire.decode.filter.pcap;

import io.pairwire.capture.LinkType;
import io.pairwire.decode.filter.ir.Condition;
import io.pairwire.decode.filter.ir.Width;
import io.pairwire.decode.filter.pcap.Code.From;
import io.pairwire.decode.filter.text.Suggestion;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Type, subtype and direction in the frame control field of IEEE 802.11 §9.2.4.1. */
final class WlanTypes {
    private static final int TYPE_MASK = 0x0c;
    private static final int SUBTYPE_MASK = 0xf0;

    private static final Map<String, Integer> TYPES =
            new TreeMap<>(Map.of("mgt", 0, "management", 0, "ctl", 4, "control", 4, "data", 8));

    /** Subtypes by type, type included. */
    private static final Map<Integer, Map<String, Integer>> SUBTYPES = Map.of(
            0,
            subtypes(0, """
                    assoc-req 00 assocreq 00 assoc-resp 10 assocresp 10 reassoc-req 20 reassocreq 20 reassoc-resp 30
                    reassocresp 30 probe-req 40 probereq 40 probe-resp 50 proberesp 50 beacon 80 atim 90 disassoc a0
                    disassociation a0 auth b0 authentication b0 deauth c0 deauthentication c0
                    """),
            4,
            subtypes(4, "bar 80 ba 90 ps-poll a0 rts b0 cts c0 ack d0 cf-end e0 cf-end-ack f0"),
            8,
            subtypes(8, """
                    data 00 data-cf-ack 10 data-cf-poll 20 data-cf-ack-poll 30 null 40 cf-ack 50 cf-poll 60 cf-ack-poll 70
                    qos-data 80 qos-data-cf-ack 90 qos-data-cf-poll a0 qos-data-cf-ack-poll b0 qos c0 qos-cf-poll e0
                    qos-cf-ack-poll f0
                    """));

    private static final Map<String, Integer> DIRECTIONS =
            new TreeMap<>(Map.of("nods", 0, "tods", 1, "fromds", 2, "dstods", 3));

    private final Code code;

    WlanTypes(Code code) {
        this.code = code;
    }

    private static Map<String, Integer> subtypes(int type, String text) {
        String[] words = text.strip().split("\\s+");
        var subtypes = new TreeMap<String, Integer>();
        for (int i = 0; i < words.length; i += 2) subtypes.put(words[i], type | Integer.parseInt(words[i + 1], 16));
        return subtypes;
    }

    Condition test(String what, List<Token> arguments) {
        if (!code.layout.isWlan() || code.layout.linkType == LinkType.PPI) {
            throw code.error("\"" + what + "\" is known on 802.11 only");
        }
        Token first = arguments.getFirst();
        return switch (what) {
            case "dir" -> code.equal(From.LINK, 1, Width.BYTE, named(first, DIRECTIONS, 0xff, "direction"), 0x03);
            case "subtype" -> code.equal(From.LINK, 0, Width.BYTE, anySubtype(first), TYPE_MASK | SUBTYPE_MASK);
            default -> {
                int type = named(first, TYPES, TYPE_MASK, "type");
                if (arguments.size() == 1) yield code.equal(From.LINK, 0, Width.BYTE, type, TYPE_MASK);
                var known = SUBTYPES.getOrDefault(type, Map.of());
                int subtype = named(arguments.get(1), known, SUBTYPE_MASK, "subtype");
                yield code.equal(From.LINK, 0, Width.BYTE, type | subtype, TYPE_MASK | SUBTYPE_MASK);
            }
        };
    }

    /** A number inside the mask, or a known name. */
    private int named(Token token, Map<String, Integer> known, int mask, String what) {
        if (token.is(Token.Kind.NUMBER)) {
            if ((token.number() & ~mask) == 0) return token.number();
            throw code.error(
                    "\"" + token.text() + "\" is no 802.11 " + what + " (bits 0x" + Integer.toHexString(mask) + ")");
        }
        Integer value = known.get(token.text().toLowerCase(Locale.ROOT));
        if (value == null) throw unknown(token, known, what);
        return value;
    }

    private int anySubtype(Token token) {
        for (var known : SUBTYPES.values()) {
            Integer value = known.get(token.text().toLowerCase(Locale.ROOT));
            if (value != null) return value;
        }
        var all = new TreeMap<String, Integer>();
        SUBTYPES.values().forEach(all::putAll);
        throw unknown(token, all, "subtype");
    }

    private RuntimeException unknown(Token token, Map<String, Integer> known, String what) {
        return code.error(
                "unknown 802.11 " + what + " \"" + token.text() + "\"" + Suggestion.of(token.text(), known.keySet()));
    }
}
