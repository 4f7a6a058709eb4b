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

/** Dynamic host configuration for IPv6, <a href="https://www.rfc-editor.org/rfc/rfc8415">RFC 8415</a>. */
@BuiltIn
public final class Dhcpv6 implements Protocol {
    private static final Attribute MESSAGE_TYPE = Attribute.number(
                    "dhcpv6.message_type", "1 solicit, 2 advertise, 3 request, 7 reply (RFC 8415 §7.3)")
            .list();
    private static final Attribute CLIENT_ID = Attribute.bytes("dhcpv6.client_id", "unique identifier of the client");
    private static final Attribute FQDN = Attribute.text("dhcpv6.fqdn", "name of the client");
    private static final Attribute VENDOR_CLASS = Attribute.text("dhcpv6.vendor_class", "kind of client");

    private static final int HEADER = 4;
    private static final int RELAY_HEADER = 34;
    private static final int LAST_TYPE = 36;

    /** For the registry. */
    public Dhcpv6() {}

    @Override
    public String name() {
        return "dhcpv6";
    }

    @Override
    public String label() {
        return "DHCPV6";
    }

    @Override
    public List<String> parents() {
        return List.of("udp");
    }

    @Override
    public List<Trigger> triggers() {
        return List.of(Trigger.udp(546), Trigger.udp(547));
    }

    @Override
    public List<Attribute> attributes() {
        return List.of(MESSAGE_TYPE, CLIENT_ID, FQDN, VENDOR_CLASS);
    }

    @Override
    public Recognition recognise(Payload payload, Session session) {
        if (payload.length() < 8) return Recognition.NEVER;
        int type = payload.u8(0);
        if (type < 1 || type > LAST_TYPE) return Recognition.NEVER;
        int at = optionsAt(type);
        return payload.has(at, 4) && payload.u16(at + 2) <= payload.sentLength() - at - 4
                ? Recognition.YES
                : Recognition.NEVER;
    }

    private static int optionsAt(int type) {
        return type == 12 || type == 13 ? RELAY_HEADER : HEADER;
    }

    @Override
    public Optional<SessionParser> parser(Session session) {
        return Optional.of(Dhcpv6::take);
    }

    private static int take(Payload payload, Findings findings) {
        if (payload.length() < HEADER) return payload.length();
        int type = payload.u8(0);
        findings.put(MESSAGE_TYPE, type);
        int at = optionsAt(type);
        while (payload.has(at, 4)) {
            int option = payload.u16(at);
            int length = payload.u16(at + 2);
            at += 4;
            if (!payload.has(at, length)) break;
            switch (option) {
                case 1 -> findings.put(CLIENT_ID, payload.bytes(at, length));
                case 16 -> {
                    if (length > 6) findings.put(VENDOR_CLASS, payload.text(at + 6, length - 6));
                }
                case 39 -> {
                    if (length > 1) findings.put(FQDN, name(payload, at + 1, at + length));
                }
                default -> {} // not told
            }
            at += length;
        }
        return payload.length();
    }

    /** Labels of DNS without compression, RFC 4704 §4.2. */
    private static String name(Payload payload, int at, int end) {
        var name = new StringBuilder();
        while (at < end) {
            int length = payload.u8(at++);
            if (length == 0 || length > end - at) break;
            if (!name.isEmpty()) name.append('.');
            name.append(payload.text(at, length));
            at += length;
        }
        return name.toString();
    }
}
