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

/** Remote desktop, MS-RDPBCGR §2.2.1, on TPKT (RFC 1006) and X.224. */
@BuiltIn
public final class Rdp implements Protocol {
    private static final Attribute COOKIE = Attribute.text("rdp.cookie", "who logs in, as the client says");
    private static final Attribute REQUESTED = Attribute.number(
            "rdp.requested", "bits of what the client offers: 1 TLS, 2 CredSSP, 8 CredSSP with early result");
    private static final Attribute SELECTED = Attribute.number("rdp.selected", "what the server chose of them");

    private static final int MESSAGE = 11;
    private static final int REQUEST = 0xe0;
    private static final int CONFIRM = 0xd0;

    /** For the registry. */
    public Rdp() {}

    @Override
    public String name() {
        return "rdp";
    }

    @Override
    public String label() {
        return "RDP";
    }

    @Override
    public List<String> parents() {
        return List.of("tcp", "udp");
    }

    @Override
    public List<Trigger> triggers() {
        return List.of(
                Trigger.tcp(3389),
                Trigger.bytes(Transport.UDP, BytePattern.of(0, (byte) -1, (byte) -1, (byte) -1, (byte) -1)),
                Trigger.bytes(Transport.TCP, BytePattern.of(0, (byte) 3, (byte) 0), BytePattern.of(5, (byte) 0xe0)));
    }

    @Override
    public List<Attribute> attributes() {
        return List.of(COOKIE, REQUESTED, SELECTED);
    }

    /** A request to connect with a cookie, or with what may be negotiated; or on its port the answer. */
    @Override
    public Recognition recognise(Payload payload, Session session) {
        if (session.ipProtocol() == IpProtocol.UDP) return recogniseDatagram(payload);
        if (payload.u8(0) != 3) return Recognition.NEVER;
        if (payload.length() < MESSAGE) return Recognition.MORE;
        int length = payload.u16(2);
        int kind = payload.u8(5);
        if (payload.u8(1) != 0 || kind != REQUEST && kind != CONFIRM) return Recognition.NEVER;
        if (payload.length() < length) return Recognition.MORE;
        if (payload.matches(MESSAGE, "Cookie: mstshash=") || payload.matches(MESSAGE, "mstshash="))
            return Recognition.YES;
        int negotiation = length - 8;
        boolean negotiates = negotiation >= MESSAGE
                && (payload.u8(negotiation) == 1 || payload.u8(negotiation) == 2)
                && payload.littleU16(negotiation + 2) == 8;
        boolean itsPort = session.responderPort() == 3389;
        return negotiates || itsPort ? Recognition.YES : Recognition.NEVER;
    }

    /** The first packet of its transport over UDP, MS-RDPEUDP §3.1.5.1: nothing acknowledged, a SYN, filled up. */
    private static Recognition recogniseDatagram(Payload payload) {
        if (payload.length() < 16 || payload.u32(0) != -1) return Recognition.NEVER;
        boolean synchronises = (payload.u16(6) & 1) != 0;
        return synchronises && payload.sentLength() >= 1132 ? Recognition.YES : Recognition.NEVER;
    }

    @Override
    public Optional<SessionParser> parser(Session session) {
        return session.ipProtocol() == IpProtocol.UDP ? Optional.empty() : Optional.of(Rdp::take);
    }

    private static int take(Payload payload, Findings findings) {
        if (payload.length() < MESSAGE) return 0;
        int length = payload.u16(2);
        if (payload.u8(0) != 3 || length < MESSAGE) return SessionParser.DONE;
        if (payload.length() < length) return 0;
        boolean request = payload.u8(5) == REQUEST;
        int end = payload.indexOf('\r', MESSAGE, length);
        if (request && end > 0 && payload.matches(MESSAGE, "Cookie: mstshash=")) {
            findings.put(COOKIE, payload.text(MESSAGE + 17, end - MESSAGE - 17));
        }
        int negotiation = length - 8;
        if (negotiation < MESSAGE) return request ? length : SessionParser.DONE;
        if (request && payload.u8(negotiation) == 1)
            findings.put(REQUESTED, Integer.toUnsignedLong(payload.littleU32(negotiation + 4)));
        if (!request && payload.u8(negotiation) == 2)
            findings.put(SELECTED, Integer.toUnsignedLong(payload.littleU32(negotiation + 4)));
        if (!request && payload.u8(negotiation) == 2 && payload.littleU32(negotiation + 4) != 0) {
            findings.handOver("tls");
            return length;
        }
        return request ? length : SessionParser.DONE;
    }
}
