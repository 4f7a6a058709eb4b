package io.pairwire.dpi.protocol;

import io.pairwire.decode.wire.IpProtocol;
import io.pairwire.dpi.Attribute;
import io.pairwire.dpi.BuiltIn;
import io.pairwire.dpi.Findings;
import io.pairwire.dpi.Payload;
import io.pairwire.dpi.Protocol;
import io.pairwire.dpi.Recognition;
import io.pairwire.dpi.Session;
import io.pairwire.dpi.SessionParser;
import io.pairwire.dpi.Trigger;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** NetBIOS over TCP and UDP, <a href="https://www.rfc-editor.org/rfc/rfc1002">RFC 1002</a>: names, datagrams, sessions. */
@BuiltIn
public final class NetBios implements Protocol {
    private static final Attribute NAMES = Attribute.text(
                    "netbios.name", "names asked for or called, with the number of their kind")
            .list();
    private static final Attribute SOURCE =
            Attribute.text("netbios.source", "who calls").list();
    private static final Attribute OPERATION = Attribute.number(
                    "netbios.operation", "of the name service: 0 query, 5 registration, 6 release")
            .list();

    private static final int NAMES_PORT = 137;
    private static final int DATAGRAM_PORT = 138;
    private static final int NAMES_HEADER = 12;

    /** For the registry. */
    public NetBios() {}

    @Override
    public String name() {
        return "netbios";
    }

    @Override
    public String label() {
        return "NetBIOS";
    }

    @Override
    public List<String> parents() {
        return List.of("udp", "tcp");
    }

    @Override
    public List<Trigger> triggers() {
        return List.of(Trigger.udp(137), Trigger.udp(138), Trigger.tcp(139));
    }

    @Override
    public List<Attribute> attributes() {
        return List.of(NAMES, SOURCE, OPERATION);
    }

    @Override
    public Recognition recognise(Payload payload, Session session) {
        if (session.ipProtocol() == IpProtocol.TCP) return recogniseSession(payload);
        if (isOn(session, NAMES_PORT)) return isNames(payload) ? Recognition.YES : Recognition.NEVER;
        return isOn(session, DATAGRAM_PORT) && isDatagram(payload) ? Recognition.YES : Recognition.NEVER;
    }

    private static boolean isOn(Session session, int port) {
        return session.originatorPort() == port || session.responderPort() == port;
    }

    /** A header as DNS has it, and a name or a record whose name has 32 letters. */
    private static boolean isNames(Payload payload) {
        if (payload.length() < NAMES_HEADER + 1) return false;
        int operation = payload.u8(2) >> 3 & 15;
        boolean known = operation == 0 || operation >= 5 && operation <= 9 || operation == 15;
        int first = payload.u8(NAMES_HEADER);
        return known
                && payload.u16(4) + payload.u16(6) + payload.u16(8) <= 64
                && (first == 32 || first >= 0xc0 || first == 0);
    }

    private static boolean isDatagram(Payload payload) {
        return payload.length() >= 10 && payload.u8(0) >= 0x10 && payload.u8(0) <= 0x16;
    }

    /** §4.3: a request with two names, or the answer to one. */
    private static Recognition recogniseSession(Payload payload) {
        if (payload.length() < 4) return Recognition.MORE;
        int type = payload.u8(0);
        int length = payload.u16(2);
        if (type == 0x81)
            return payload.u8(1) == 0 && length >= 68 && length <= 600 ? Recognition.YES : Recognition.NEVER;
        if (type == 0x82) return length == 0 ? Recognition.YES : Recognition.NEVER;
        if (type == 0x83) return length == 1 ? Recognition.YES : Recognition.NEVER;
        return type == 0x85 && length == 0 ? Recognition.MORE : Recognition.NEVER;
    }

    @Override
    public Optional<SessionParser> parser(Session session) {
        return Optional.of(session.ipProtocol() == IpProtocol.TCP ? NetBios::takeSession : NetBios::takeDatagram);
    }

    private static int takeSession(Payload payload, Findings findings) {
        if (payload.length() < 4) return 0;
        int length = payload.u16(2);
        if (payload.u8(0) < 0x81) {
            findings.handOver("smb");
            return 0;
        }
        if (!payload.has(4, length)) return 0;
        if (payload.u8(0) == 0x81 && length >= 68) {
            findings.put(NAMES, name(payload, 5));
            findings.put(SOURCE, name(payload, 39));
        }
        return 4 + length;
    }

    private static int takeDatagram(Payload payload, Findings findings) {
        boolean names = isOn(findings.session(), NAMES_PORT);
        if (names && payload.length() >= NAMES_HEADER + 33 && payload.u8(NAMES_HEADER) == 32) {
            findings.put(OPERATION, payload.u8(2) >> 3 & 15);
            findings.put(NAMES, name(payload, NAMES_HEADER + 1));
        }
        if (!names && payload.length() >= 14 + 68 && payload.u8(0) <= 0x12) {
            findings.put(SOURCE, name(payload, 15));
            findings.put(NAMES, name(payload, 49));
        }
        return payload.length();
    }

    /** A name of 16 bytes in 32 letters from A to P, RFC 1001 §14.1; the last byte says what it is. */
    private static String name(Payload payload, int at) {
        if (!payload.has(at, 32)) return "";
        var name = new StringBuilder();
        for (int i = 0; i < 15; i++) name.append((char) octet(payload, at + 2 * i));
        return name.toString().stripTrailing() + "<" + HexFormat.of().toHexDigits((byte) octet(payload, at + 30)) + ">";
    }

    private static int octet(Payload payload, int at) {
        return (payload.u8(at) - 'A' & 15) << 4 | payload.u8(at + 1) - 'A' & 15;
    }
}
