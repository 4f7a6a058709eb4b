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
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Dynamic host configuration, <a href="https://www.rfc-editor.org/rfc/rfc2131">RFC 2131</a>, on BOOTP, RFC 951. */
@BuiltIn
public final class Dhcp implements Protocol {
    private static final Attribute MESSAGE_TYPE = Attribute.number(
                    "dhcp.message_type", "1 discover, 2 offer, 3 request, 5 acknowledgement (RFC 2132 §9.6)")
            .list();
    private static final Attribute HOST_NAME =
            Attribute.text("dhcp.host_name", "names of clients").list();
    private static final Attribute DOMAIN = Attribute.text("dhcp.domain", "name of its domain");
    private static final Attribute VENDOR_CLASS = Attribute.text("dhcp.vendor_class", "kind of client");
    private static final Attribute PARAMETERS =
            Attribute.bytes("dhcp.parameters", "options that the client asks for, in its order");
    private static final Attribute REQUESTED_ADDRESS =
            Attribute.address("dhcp.requested_address", "address that the client asks for");
    private static final Attribute SERVER = Attribute.address("dhcp.server", "address of the server");
    private static final Attribute CLIENT_ADDRESS =
            Attribute.address("dhcp.client_address", "address given to the client");
    private static final Attribute CLIENT_MAC =
            Attribute.text("dhcp.client_mac", "hardware addresses of clients").list();

    private static final int YOUR_ADDRESS = 16;
    private static final int CLIENT_HARDWARE = 28;
    private static final int COOKIE_AT = 236;
    private static final byte[] COOKIE = {0x63, (byte) 0x82, 0x53, 0x63};
    private static final int PAD = 0;
    private static final int END = 255;

    /** For the registry. */
    public Dhcp() {}

    @Override
    public String name() {
        return "dhcp";
    }

    @Override
    public String label() {
        return "DHCP";
    }

    @Override
    public List<String> parents() {
        return List.of("udp");
    }

    @Override
    public List<Trigger> triggers() {
        return List.of(
                Trigger.udp(67), Trigger.udp(68), Trigger.bytes(Transport.UDP, BytePattern.of(COOKIE_AT, COOKIE)));
    }

    @Override
    public List<Attribute> attributes() {
        return List.of(
                MESSAGE_TYPE,
                HOST_NAME,
                VENDOR_CLASS,
                PARAMETERS,
                REQUESTED_ADDRESS,
                SERVER,
                CLIENT_ADDRESS,
                CLIENT_MAC,
                DOMAIN);
    }

    /** Magic cookie, RFC 2132 §2. */
    @Override
    public Recognition recognise(Payload payload, Session session) {
        if (payload.length() < COOKIE_AT) return Recognition.NEVER;
        int operation = payload.u8(0);
        boolean plausible = (operation == 1 || operation == 2) && payload.u8(2) <= 16;
        if (!plausible) return Recognition.NEVER;
        if (payload.matches(COOKIE_AT, COOKIE)) return Recognition.YES;
        return payload.u8(1) == 1 && payload.u8(2) == 6 && payload.sentLength() >= 300
                ? Recognition.YES
                : Recognition.NEVER;
    }

    @Override
    public Optional<SessionParser> parser(Session session) {
        return Optional.of(Dhcp::take);
    }

    private static int take(Payload payload, Findings findings) {
        if (payload.length() < COOKIE_AT + COOKIE.length) return payload.length();
        if (payload.u8(2) == 6) findings.put(CLIENT_MAC, mac(payload));
        if (payload.u32(YOUR_ADDRESS) != 0) findings.put(CLIENT_ADDRESS, address(payload, YOUR_ADDRESS));
        int at = COOKIE_AT + COOKIE.length;
        while (payload.has(at, 2) && payload.u8(at) != END) {
            if (payload.u8(at) == PAD) {
                at++;
                continue;
            }
            int length = payload.u8(at + 1);
            if (!payload.has(at + 2, length)) break;
            option(payload.u8(at), payload, at + 2, length, findings);
            at += 2 + length;
        }
        return payload.length();
    }

    private static void option(int code, Payload payload, int at, int length, Findings findings) {
        switch (code) {
            case 12 -> findings.put(HOST_NAME, name(payload, at, length));
            case 15 -> findings.put(DOMAIN, name(payload, at, length));
            case 50 -> {
                if (length == 4) findings.put(REQUESTED_ADDRESS, address(payload, at));
            }
            case 53 -> {
                if (length == 1) findings.put(MESSAGE_TYPE, payload.u8(at));
            }
            case 54 -> {
                if (length == 4) findings.put(SERVER, address(payload, at));
            }
            case 55 -> findings.put(PARAMETERS, payload.bytes(at, length));
            case 60 -> findings.put(VENDOR_CLASS, payload.text(at, length));
            default -> {} // not told
        }
    }

    private static String address(Payload payload, int at) {
        return payload.u8(at) + "." + payload.u8(at + 1) + "." + payload.u8(at + 2) + "." + payload.u8(at + 3);
    }

    /** Some end a name with zeros, RFC 2132 §2 notwithstanding. */
    private static String name(Payload payload, int at, int length) {
        int end = at + length;
        while (end > at && payload.u8(end - 1) == 0) end--;
        return payload.text(at, end - at);
    }

    private static String mac(Payload payload) {
        return HexFormat.ofDelimiter(":").formatHex(payload.bytes(CLIENT_HARDWARE, 6));
    }
}
