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

/** Proxies, <a href="https://www.rfc-editor.org/rfc/rfc1928">RFC 1928</a> and SOCKS 4: a greeting and the answer that fits. */
@BuiltIn
public final class Socks implements Protocol {
    private static final Attribute VERSION = Attribute.number("socks.version", "4 or 5");
    private static final Attribute TARGET = Attribute.text("socks.target", "name or IPv4 address to connect to");
    private static final Attribute PORT = Attribute.number("socks.port", "port to connect to");

    private static final int LONGEST = 512;

    /** For the registry. */
    public Socks() {}

    @Override
    public String name() {
        return "socks";
    }

    @Override
    public String label() {
        return "SOCKS";
    }

    @Override
    public List<String> parents() {
        return List.of("tcp");
    }

    @Override
    public List<Trigger> triggers() {
        return List.of(
                Trigger.tcp(1080),
                Trigger.bytes(Transport.TCP, BytePattern.of(0, (byte) 5)),
                Trigger.bytes(Transport.TCP, BytePattern.of(0, (byte) 4)));
    }

    @Override
    public List<Attribute> attributes() {
        return List.of(VERSION, TARGET, PORT);
    }

    @Override
    public Recognition recognise(Payload payload, Session session) {
        return payload.fromOriginator() ? greeting(payload, session) : answer(payload, session);
    }

    private static Recognition greeting(Payload payload, Session session) {
        int version = payload.u8(0);
        if (version == 5) {
            if (payload.length() < 2) return Recognition.MORE;
            int methods = payload.u8(1);
            if (methods == 0 || methods > 16) return Recognition.NEVER;
            if (payload.length() < 2 + methods) return Recognition.MORE;
            session.note(5);
            return Recognition.MORE;
        }
        if (version != 4) return Recognition.NEVER;
        if (payload.length() < 9) return Recognition.MORE;
        boolean command = payload.u8(1) == 1 || payload.u8(1) == 2;
        if (!command || payload.indexOf(0, 8, payload.length()) < 0) return Recognition.NEVER;
        session.note(4);
        return Recognition.MORE;
    }

    private static Recognition answer(Payload payload, Session session) {
        if (payload.length() < 2) return Recognition.MORE;
        if (session.note() == 5) {
            int method = payload.u8(1);
            return payload.u8(0) == 5 && (method <= 3 || method == 0xff) ? Recognition.YES : Recognition.NEVER;
        }
        boolean four = session.note() == 4 && payload.u8(0) == 0 && payload.u8(1) >= 90 && payload.u8(1) <= 93;
        return four ? Recognition.YES : Recognition.NEVER;
    }

    @Override
    public Optional<SessionParser> parser(Session session) {
        return Optional.of(new Requests());
    }

    /** The greeting and the request behind it, the answers, and what is spoken through the proxy. */
    private static final class Requests implements SessionParser {
        private boolean greeted;
        private boolean asked;
        private boolean chosen;
        private boolean granted;

        @Override
        public int take(Payload payload, Findings findings) {
            if (asked && granted) return inside(payload, findings);
            if (!payload.fromOriginator()) return answer(payload);
            if (asked) return 0; // the answer decides
            if (payload.u8(0) == 4) return version4(payload, findings);
            if (!greeted) {
                if (payload.length() < 2 || !payload.has(2, payload.u8(1))) return 0;
                greeted = true;
                findings.put(VERSION, 5);
                return 2 + payload.u8(1);
            }
            return payload.u8(0) == 1 ? password(payload) : request(payload, findings);
        }

        private int version4(Payload payload, Findings findings) {
            if (payload.length() < 9) return 0;
            int end = payload.indexOf(0, 8, payload.length());
            boolean byName = payload.u24(4) == 0 && payload.u8(7) != 0; // SOCKS 4A
            if (end >= 0 && byName) end = payload.indexOf(0, end + 1, payload.length());
            if (end < 0) return payload.length() > LONGEST ? DONE : 0;
            findings.put(VERSION, 4);
            findings.put(PORT, payload.u16(2));
            if (!byName) findings.put(TARGET, dotted(payload, 4));
            asked = true;
            return end + 1;
        }

        /** RFC 1928 §3 and §6, RFC 1929 §2; of version 4 always eight bytes. */
        private int answer(Payload payload) {
            if (payload.u8(0) == 0) {
                if (payload.length() < 8) return 0;
                granted = payload.u8(1) == 90;
                return granted ? 8 : DONE;
            }
            if (payload.length() < 2) return 0;
            if (!chosen || payload.u8(0) == 1) {
                chosen = true;
                return payload.u8(1) == 0xff ? DONE : 2;
            }
            if (payload.length() < 5) return 0;
            int kind = payload.u8(3);
            int length = kind == 1 ? 4 : kind == 4 ? 16 : kind == 3 ? 1 + payload.u8(4) : -1;
            if (payload.u8(1) != 0 || length < 0) return DONE;
            if (!payload.has(4, length + 2)) return 0;
            granted = true;
            return 6 + length;
        }

        /** The client speaks first in both that are followed. */
        private static int inside(Payload payload, Findings findings) {
            if (!payload.fromOriginator()) return DONE;
            if (payload.length() < 4) return 0;
            if (payload.u8(0) == 0x16 && payload.u8(1) == 3) findings.handOver("tls");
            else if (Lines.word(payload, 0, "GET", "POST", "HEAD", "PUT", "OPTIONS", "DELETE") >= 0)
                findings.handOver("http");
            else return DONE;
            return 0;
        }

        /** RFC 1929: a name and a password, neither of which is told. */
        private static int password(Payload payload) {
            if (payload.length() < 2 || !payload.has(2 + payload.u8(1), 1)) return 0;
            int end = 3 + payload.u8(1) + payload.u8(2 + payload.u8(1));
            return payload.length() < end ? 0 : end;
        }

        private int request(Payload payload, Findings findings) {
            if (payload.length() < 5) return 0;
            int kind = payload.u8(3);
            int length = kind == 1 ? 4 : kind == 4 ? 16 : kind == 3 ? 1 + payload.u8(4) : -1;
            if (payload.u8(0) != 5 || length < 0) return DONE;
            if (!payload.has(4, length + 2)) return 0;
            findings.put(PORT, payload.u16(4 + length));
            if (kind == 1) findings.put(TARGET, dotted(payload, 4));
            if (kind == 3) {
                findings.put(TARGET, payload.text(5, length - 1));
                findings.host(payload.text(5, length - 1));
            }
            asked = true;
            return 6 + length;
        }

        private static String dotted(Payload payload, int at) {
            return payload.u8(at) + "." + payload.u8(at + 1) + "." + payload.u8(at + 2) + "." + payload.u8(at + 3);
        }
    }
}
