package io.pairwire.dpi.dns;

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

/** Multicast DNS, <a href="https://www.rfc-editor.org/rfc/rfc6762">RFC 6762</a>: messages of DNS on port 5353; names and answers are those of {@code dns}. */
@BuiltIn
public final class Mdns implements Protocol {
    static final int PORT = 5353;

    /** For the registry. */
    public Mdns() {}

    @Override
    public String name() {
        return "mdns";
    }

    @Override
    public String label() {
        return "MDNS";
    }

    @Override
    public List<String> parents() {
        return List.of("udp");
    }

    @Override
    public List<Trigger> triggers() {
        return List.of(Trigger.udp(PORT));
    }

    @Override
    public List<Attribute> attributes() {
        return DnsParser.ATTRIBUTES;
    }

    @Override
    public Recognition recognise(Payload payload, Session session) {
        return DnsMessage.isPlausible(payload, 0, true) ? Recognition.YES : Recognition.NEVER;
    }

    @Override
    public Optional<SessionParser> parser(Session session) {
        return Optional.of(new DnsParser(false));
    }
}
