package io.pairwire.dpi.dns;

import io.pairwire.decode.wire.IpProtocol;
import io.pairwire.dpi.Attribute;
import io.pairwire.dpi.BuiltIn;
import io.pairwire.dpi.BytePattern;
import io.pairwire.dpi.Payload;
import io.pairwire.dpi.Protocol;
import io.pairwire.dpi.Recognition;
import io.pairwire.dpi.Session;
import io.pairwire.dpi.SessionParser;
import io.pairwire.dpi.Sides;
import io.pairwire.dpi.Transport;
import io.pairwire.dpi.Trigger;
import java.util.List;
import java.util.Optional;

/** The domain name system, <a href="https://www.rfc-editor.org/rfc/rfc1035">RFC 1035</a>, on any port. */
@BuiltIn
public final class Dns implements Protocol {
    private static final int PORT = 53;
    private static final BytePattern ONE_QUESTION = BytePattern.of(4, (byte) 0, (byte) 1);

    /** For the registry. */
    public Dns() {}

    @Override
    public String name() {
        return "dns";
    }

    @Override
    public String label() {
        return "DNS";
    }

    @Override
    public List<String> parents() {
        return List.of("udp", "tcp");
    }

    @Override
    public List<Trigger> triggers() {
        return List.of(
                Trigger.udp(PORT),
                Trigger.tcp(PORT),
                new Trigger.Bytes(Transport.UDP, Sides.EITHER, 17, Integer.MAX_VALUE, List.of(ONE_QUESTION)));
    }

    @Override
    public List<Attribute> attributes() {
        return DnsParser.ATTRIBUTES;
    }

    @Override
    public Recognition recognise(Payload payload, Session session) {
        if (session.ipProtocol() != IpProtocol.TCP) return datagram(payload, session);
        if (payload.length() < 2 + DnsMessage.HEADER) return Recognition.MORE;
        int length = payload.u16(0);
        if (length < DnsMessage.HEADER) return Recognition.NEVER;
        if (!payload.has(2, Math.min(length, 300))) return Recognition.MORE;
        return DnsMessage.isPlausible(payload, 2, false) ? Recognition.YES : Recognition.NEVER;
    }

    private static Recognition datagram(Payload payload, Session session) {
        if (!DnsMessage.isPlausible(payload, 0, false)) return Recognition.NEVER;
        if (isPort(session, PORT)) return Recognition.YES;
        // On other ports the whole question must be plausible, and its name made of what names are made of.
        if (isPort(session, Mdns.PORT) || isPort(session, Llmnr.PORT) || isPort(session, 137)) return Recognition.NEVER;
        if (payload.u16(4) != 1 || payload.u8(12) == 0) return Recognition.NEVER;
        String name = DnsMessage.name(payload, 0, DnsMessage.HEADER);
        if (name.isEmpty() || !name.contains(".")) return Recognition.NEVER;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c <= ' ' || c >= 0x7f) return Recognition.NEVER;
        }
        return Recognition.YES;
    }

    static boolean isPort(Session session, int port) {
        return session.originatorPort() == port || session.responderPort() == port;
    }

    @Override
    public Optional<SessionParser> parser(Session session) {
        return Optional.of(new DnsParser(true));
    }
}
