package io.pairwire.dpi.dns;

import io.pairwire.dpi.Attribute;
import io.pairwire.dpi.BuiltIn;
import io.pairwire.dpi.BytePattern;
import io.pairwire.dpi.Payload;
import io.pairwire.dpi.Protocol;
import io.pairwire.dpi.Recognition;
import io.pairwire.dpi.Session;
import io.pairwire.dpi.SessionParser;
import io.pairwire.dpi.Transport;
import io.pairwire.dpi.Trigger;
import java.util.List;
import java.util.Optional;

/**
 * <a href="https://dnscrypt.info/protocol">DNSCrypt</a>: a resolver's certificate is asked for in plain DNS, whose names and
 * answers are those of {@code dns}; encrypted answers begin with a fixed text.
 */
@BuiltIn
public final class DnsCrypt implements Protocol {
    private static final String ANSWER = "r6fnvWj8";
    private static final String CERTIFICATE = "\0012\15dnscrypt-cert";

    /** For the registry. */
    public DnsCrypt() {}

    @Override
    public String name() {
        return "dnscrypt";
    }

    @Override
    public String label() {
        return "DNScrypt";
    }

    @Override
    public List<String> parents() {
        return List.of("udp");
    }

    @Override
    public List<Trigger> triggers() {
        return List.of(
                Trigger.starts(Transport.UDP, ANSWER),
                Trigger.bytes(Transport.UDP, BytePattern.text(DnsMessage.HEADER, CERTIFICATE)));
    }

    @Override
    public List<Attribute> attributes() {
        return DnsParser.ATTRIBUTES;
    }

    @Override
    public Recognition recognise(Payload payload, Session session) {
        boolean known = payload.matches(0, ANSWER) || payload.matches(DnsMessage.HEADER, CERTIFICATE);
        return known ? Recognition.YES : Recognition.MORE;
    }

    @Override
    public Optional<SessionParser> parser(Session session) {
        var messages = new DnsParser(false);
        return Optional.of((payload, findings) -> payload.matches(DnsMessage.HEADER, CERTIFICATE)
                ? messages.take(payload, findings)
                : SessionParser.DONE);
    }
}
