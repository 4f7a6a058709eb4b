package io.pairwire.dpi.dns;

import io.pairwire.decode.wire.IpProtocol;
import io.pairwire.dpi.AddressLiteral;
import io.pairwire.dpi.Attribute;
import io.pairwire.dpi.Findings;
import io.pairwire.dpi.Payload;
import io.pairwire.dpi.SessionParser;
import java.util.List;

/** Reads messages and tells questions and answers. */
final class DnsParser implements SessionParser {
    static final Attribute ID = Attribute.number("dns.id", "identification of the first message");
    static final Attribute NAME =
            Attribute.text("dns.qname", "name that was asked for").list();
    static final Attribute TYPE =
            Attribute.number("dns.qtype", "type that was asked for").list();
    static final Attribute CODE = Attribute.number("dns.rcode", "response code, 0 for no error");
    static final Attribute ANSWER =
            Attribute.text("dns.answer", "address or name in an answer").list();
    static final Attribute TTL = Attribute.number("dns.ttl", "least time to live of the answers, seconds");
    static final Attribute ROUND_TRIP = Attribute.duration("dns.rtt", "from the first query to the first response");
    static final List<Attribute> ATTRIBUTES = List.of(ID, NAME, TYPE, CODE, ANSWER, TTL, ROUND_TRIP);

    private static final int A = 1;
    private static final int NS = 2;
    private static final int CNAME = 5;
    private static final int PTR = 12;
    private static final int TXT = 16;
    private static final int AAAA = 28;

    private final boolean tellsHost;
    private long askedNanos = -1;
    private boolean answered;
    private boolean identified;

    /** @param tellsHost does the name asked for tell the application? */
    DnsParser(boolean tellsHost) {
        this.tellsHost = tellsHost;
    }

    @Override
    public int take(Payload payload, Findings findings) {
        if (findings.session().ipProtocol() != IpProtocol.TCP) {
            return message(payload, 0, payload.length(), findings) ? 0 : DONE;
        }
        if (!payload.has(0, 2)) return 0;
        int length = payload.u16(0);
        if (!payload.has(2, length)) return 0;
        return message(payload, 2, length, findings) ? 2 + length : DONE;
    }

    /** Reads one message; false if nobody wants more of them. */
    private boolean message(Payload payload, int base, int length, Findings findings) {
        if (length < DnsMessage.HEADER || !payload.has(base, DnsMessage.HEADER)) return true;
        boolean response = (payload.u8(base + 2) & 0x80) != 0;
        int at = base + DnsMessage.HEADER;
        int questions = Math.min(payload.u16(base + 4), DnsMessage.MOST_RECORDS);
        for (int i = 0; i < questions; i++) {
            int end = DnsMessage.skipName(payload, base, at);
            if (end < 0 || !payload.has(end, 4)) return findings.wantsAny();
            question(payload, base, at, end, findings, !response);
            at = end + 4;
        }
        if (!findings.wantsAny()) return false;
        if (!identified) {
            identified = true;
            findings.put(ID, payload.u16(base));
        }
        if (!response) {
            if (askedNanos < 0) askedNanos = payload.epochNanos();
            return true;
        }
        if (!answered) {
            answered = true;
            findings.put(CODE, payload.u8(base + 3) & 0xf);
            if (askedNanos >= 0) findings.put(ROUND_TRIP, payload.epochNanos() - askedNanos);
        }
        answers(payload, base, at, Math.min(payload.u16(base + 6), DnsMessage.MOST_RECORDS), findings);
        return true;
    }

    private void question(Payload payload, int base, int at, int end, Findings findings, boolean asked) {
        String name = DnsMessage.name(payload, base, at);
        if (tellsHost) findings.host(name);
        if (!asked && findings.session().attributes().has(NAME)) return; // it only repeats the query
        findings.put(NAME, name);
        if (findings.wants(TYPE)) findings.put(TYPE, payload.u16(end));
    }

    private static void answers(Payload payload, int base, int from, int count, Findings findings) {
        int at = from;
        long least = Long.MAX_VALUE;
        for (int i = 0; i < count; i++) {
            int end = DnsMessage.skipName(payload, base, at);
            if (end < 0 || !payload.has(end, 10)) break;
            int type = payload.u16(end);
            long ttl = Integer.toUnsignedLong(payload.u32(end + 4));
            int length = payload.u16(end + 8);
            int value = end + 10;
            if (!payload.has(value, length)) break;
            least = Math.min(least, ttl);
            if (findings.wants(ANSWER)) answer(payload, base, type, value, length, findings);
            at = value + length;
        }
        if (least != Long.MAX_VALUE) findings.put(TTL, least);
    }

    private static void answer(Payload payload, int base, int type, int at, int length, Findings findings) {
        switch (type) {
            case A -> {
                if (length == 4) findings.put(ANSWER, AddressLiteral.at(payload, at, 4));
            }
            case AAAA -> {
                if (length == 16) findings.put(ANSWER, AddressLiteral.at(payload, at, 16));
            }
            case NS, CNAME, PTR -> findings.put(ANSWER, DnsMessage.name(payload, base, at));
            case TXT -> {
                if (length > 1) findings.put(ANSWER, payload.text(at + 1, Math.min(payload.u8(at), length - 1)));
            }
            default -> {} // what it says has no short text
        }
    }
}
