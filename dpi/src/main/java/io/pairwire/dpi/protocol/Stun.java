package io.pairwire.dpi.protocol;

import io.pairwire.decode.wire.IpProtocol;
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

/** Session traversal utilities for NAT, <a href="https://www.rfc-editor.org/rfc/rfc8489">RFC 8489</a>, and RFC 3489 before. */
@BuiltIn
public final class Stun implements Protocol {
    private static final Attribute METHOD =
            Attribute.number("stun.method", "of the first message: 1 binding, 3 allocate");
    private static final Attribute SOFTWARE = Attribute.text("stun.software", "the program that speaks");
    private static final Attribute USERNAME = Attribute.text("stun.username", "who asks");
    private static final Attribute REALM = Attribute.text("stun.realm", "where that name holds");

    private static final int HEADER = 20;
    private static final byte[] COOKIE = {0x21, 0x12, (byte) 0xa4, 0x42};

    /** For the registry. */
    public Stun() {}

    @Override
    public String name() {
        return "stun";
    }

    @Override
    public String label() {
        return "STUN";
    }

    @Override
    public List<String> parents() {
        return List.of("udp", "tcp");
    }

    @Override
    public List<Trigger> triggers() {
        return List.of(
                Trigger.udp(3478),
                Trigger.tcp(3478),
                new Trigger.Hint(Transport.UDP, 3479),
                new Trigger.Hint(Transport.UDP, 3480),
                new Trigger.Hint(Transport.UDP, 3481),
                Trigger.bytes(Transport.TCP, BytePattern.of(6, COOKIE)),
                Trigger.bytes(Transport.UDP, BytePattern.of(4, COOKIE)),
                Trigger.bytes(Transport.TCP, BytePattern.of(4, COOKIE)));
    }

    @Override
    public List<Attribute> attributes() {
        return List.of(METHOD, SOFTWARE, USERNAME, REALM);
    }

    @Override
    public Recognition recognise(Payload payload, Session session) {
        boolean stream = session.ipProtocol() == IpProtocol.TCP;
        if (payload.length() < HEADER) return stream && mayBegin(payload) ? Recognition.MORE : Recognition.NEVER;
        if (stream && isFramed(payload)) return Recognition.YES;
        int type = payload.u16(0);
        int length = payload.u16(2);
        if (type >= 0x4000 || length % 4 != 0) return channel(payload, session);
        if (payload.matches(4, COOKIE)) {
            boolean whole = stream || length == payload.sentLength() - HEADER;
            return whole ? Recognition.YES : Recognition.NEVER;
        }
        boolean old = !stream && length == payload.sentLength() - HEADER && isOldMethod(type);
        return old ? Recognition.YES : Recognition.NEVER;
    }

    /** Behind a length, as RFC 4571 puts datagrams into streams, and ICE over TCP with it. */
    private static boolean isFramed(Payload payload) {
        return payload.matches(6, COOKIE)
                && payload.u8(2) < 0x40
                && payload.u16(4) % 4 == 0
                && payload.u16(0) == payload.u16(4) + HEADER;
    }

    private static boolean mayBegin(Payload payload) {
        return payload.u8(0) < 0x40 && (payload.length() < 5 || payload.u8(4) == COOKIE[0]);
    }

    /** RFC 3489 §11.1 knew no cookie: then its six types alone are believed. */
    private static boolean isOldMethod(int type) {
        return switch (type) {
            case 0x0001, 0x0101, 0x0111, 0x0002, 0x0102, 0x0112 -> true;
            default -> false;
        };
    }

    /** Data on a channel, RFC 8656 §12: only on the port of STUN. */
    private static Recognition channel(Payload payload, Session session) {
        boolean itsPort = session.responderPort() == 3478 || session.originatorPort() == 3478;
        int type = payload.u16(0);
        int rest = payload.sentLength() - 4 - payload.u16(2);
        boolean plausible = type >= 0x4000 && type <= 0x4fff && rest >= 0 && rest < 4;
        return itsPort && plausible ? Recognition.YES : Recognition.NEVER;
    }

    @Override
    public Optional<SessionParser> parser(Session session) {
        return Optional.of(new Messages());
    }

    /** The messages of one session. */
    private static final class Messages implements SessionParser {
        private static final int MOST = 16;
        private int messages;
        private boolean methodSeen;

        @Override
        public int take(Payload payload, Findings findings) {
            if (payload.u8(0) >= 4) return other(payload, findings);
            boolean stream = findings.session().ipProtocol() == IpProtocol.TCP;
            if (!payload.has(0, HEADER)) return 0;
            if (stream && isFramed(payload)) return 2;
            int length = payload.u16(2);
            if (!payload.has(HEADER, length) && !payload.isCut()) return 0;
            if (!methodSeen) findings.put(METHOD, method(payload.u16(0)));
            methodSeen = true;
            int at = HEADER;
            while (payload.has(at, 4)) {
                int type = payload.u16(at);
                int size = payload.u16(at + 2);
                if (!payload.has(at + 4, size)) break;
                switch (type) {
                    case 0x0006 -> findings.put(USERNAME, payload.text(at + 4, size));
                    case 0x0014 -> findings.put(REALM, payload.text(at + 4, size));
                    case 0x8022 -> findings.put(SOFTWARE, payload.text(at + 4, size));
                    default -> {} // not told
                }
                at += 4 + (size + 3 & ~3);
            }
            return ++messages == MOST ? DONE : HEADER + length;
        }

        /** What shares the session with it, RFC 7983 §7: keys are exchanged, then media flow. */
        private int other(Payload payload, Findings findings) {
            int first = payload.u8(0);
            if (first >= 20 && first <= 63) {
                findings.handOver("dtls");
                return 0;
            }
            if (first >= 128 && first <= 191) {
                findings.carries("rtp");
                return DONE;
            }
            return ++messages == MOST ? DONE : payload.length();
        }

        /** The bits of the method, around those of the class, RFC 8489 §5. */
        private static int method(int type) {
            return type & 0x000f | type >> 1 & 0x0070 | type >> 2 & 0x0f80;
        }
    }
}
