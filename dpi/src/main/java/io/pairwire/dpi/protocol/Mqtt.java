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

/** Message queues of small things, OASIS MQTT 3.1.1 and 5.0 §3.1. */
@BuiltIn
public final class Mqtt implements Protocol {
    private static final Attribute CLIENT = Attribute.text("mqtt.client_id", "what the client calls itself");
    private static final Attribute USER = Attribute.text("mqtt.user", "who logs in");
    private static final Attribute VERSION = Attribute.number("mqtt.version", "3 is 3.1, 4 is 3.1.1, 5 is 5.0");
    private static final Attribute TOPICS =
            Attribute.text("mqtt.topic", "topics of what is published").list();

    /** So many whole packets in the middle of a connection say YES. */
    private static final int ENOUGH = 4;

    private static final int CONNECT = 0x10;

    /** For the registry. */
    public Mqtt() {}

    @Override
    public String name() {
        return "mqtt";
    }

    @Override
    public String label() {
        return "MQTT";
    }

    @Override
    public List<String> parents() {
        return List.of("tcp", "tls");
    }

    @Override
    public List<Trigger> triggers() {
        return List.of(
                Trigger.tcp(1883),
                Trigger.bytes(Transport.TCP, new BytePattern(0, new byte[] {0x10}, new byte[] {(byte) 0xff})),
                Trigger.starts(Transport.TCP, (byte) 0xc0, (byte) 0),
                Trigger.starts(Transport.TCP, (byte) 0xd0, (byte) 0),
                Trigger.starts(Transport.TCP, (byte) 0x40, (byte) 2),
                Trigger.bytes(
                        Transport.TCP,
                        new BytePattern(0, new byte[] {0x30}, new byte[] {(byte) 0xf0}),
                        BytePattern.of(2, (byte) 0)),
                new Trigger.Alpn("mqtt"));
    }

    @Override
    public List<Attribute> attributes() {
        return List.of(CLIENT, USER, VERSION, TOPICS);
    }

    @Override
    public Recognition recognise(Payload payload, Session session) {
        if (payload.u8(0) != CONNECT) return midway(payload);
        int at = body(payload, 0);
        if (at == 0) return payload.length() < 5 ? Recognition.MORE : Recognition.NEVER;
        if (!payload.mayMatch(at, "\0\4MQTT") && !payload.mayMatch(at, "\0\6MQIsdp")) return Recognition.NEVER;
        return payload.has(at, 6) ? Recognition.YES : Recognition.MORE;
    }

    /** A connection that was there before the capture: packets behind each other, a publication among them or a ping. */
    private static Recognition midway(Payload payload) {
        boolean telling = false;
        int packets = 0;
        int at = 0;
        while (payload.has(at, 2) && packets < ENOUGH) {
            int body = body(payload, at);
            if (body == 0) return payload.has(at, 5) ? Recognition.NEVER : Recognition.MORE;
            int length = length(payload, at, body);
            int first = payload.u8(at);
            boolean valid = switch (first >> 4) {
                case 3 -> (first & 6) != 6 && isTopic(payload, body, length);
                case 4, 5, 7 -> (first & 15) == 0 && length >= 2 && length <= 64;
                case 6 -> (first & 15) == 2 && length >= 2 && length <= 64;
                case 8, 10 -> (first & 15) == 2 && length >= 5;
                case 9, 11 -> (first & 15) == 0 && length >= 2;
                case 12, 13 -> (first & 15) == 0 && length == 0;
                default -> false;
            };
            if (!valid) return Recognition.NEVER;
            if (payload.length() - body < length) return Recognition.MORE;
            telling |= first >> 4 == 3;
            packets++;
            at = body + length;
        }
        return telling && packets > 1 || packets == ENOUGH ? Recognition.YES : Recognition.MORE;
    }

    /** Does a publication begin with a name of printable letters, as far as it came? */
    private static boolean isTopic(Payload payload, int at, int length) {
        if (length < 3) return false;
        if (!payload.has(at, 2)) return true;
        int letters = payload.u16(at);
        if (letters == 0 || letters > length - 2) return false;
        int end = Math.min(at + 2 + letters, payload.length());
        for (int i = at + 2; i < end; i++) {
            if (payload.u8(i) < ' ' || payload.u8(i) == 0x7f) return false;
        }
        return true;
    }

    /** Behind the length of a packet, §2.2.3; 0 if that has no end. */
    private static int body(Payload payload, int at) {
        for (int i = 1; i <= 4 && payload.has(at + i, 1); i++) {
            if (payload.u8(at + i) < 0x80) return at + i + 1;
        }
        return 0;
    }

    private static int length(Payload payload, int at, int body) {
        int length = 0;
        for (int i = body - 1; i > at; i--) length = length << 7 | payload.u8(i) & 0x7f;
        return length;
    }

    @Override
    public Optional<SessionParser> parser(Session session) {
        return Optional.of(new Packets());
    }

    /** Both directions. */
    private static final class Packets implements SessionParser {
        private static final int MOST = 64;
        /** Bytes of a packet that is looked into as a whole; of a longer one, a publication, the start suffices. */
        private static final int LONGEST = 4096;

        private int packets;

        @Override
        public int take(Payload payload, Findings findings) {
            int at = 0;
            while (payload.has(at, 2)) {
                int body = body(payload, at);
                if (body == 0) return payload.has(at, 5) ? DONE : at;
                int length = length(payload, at, body);
                int wanted = Math.min(length, LONGEST);
                if (!payload.has(body, wanted)) return at;
                int type = payload.u8(at) >> 4;
                if (type == 1) connect(payload, body, body + wanted, findings);
                if (type == 3) topic(payload, body, body + wanted, findings);
                if (++packets == MOST) return DONE;
                at = body + length;
            }
            return at;
        }

        private static void connect(Payload payload, int at, int end, Findings findings) {
            if (end - at < 2) return;
            at += 2 + payload.u16(at);
            if (end - at < 4) return;
            int version = payload.u8(at);
            int flags = payload.u8(at + 1);
            findings.put(VERSION, version);
            at += 4;
            if (version == 5) {
                int length = at < end ? payload.u8(at) : 0x80;
                if (length >= 0x80) return; // properties that long do not come with connecting
                at += 1 + length;
            }
            at = text(payload, at, end, CLIENT, findings);
            if ((flags & 4) != 0) return; // a will stands before the name
            if ((flags & 0x80) != 0) text(payload, at, end, USER, findings);
        }

        private static void topic(Payload payload, int at, int end, Findings findings) {
            text(payload, at, end, TOPICS, findings);
        }

        private static int text(Payload payload, int at, int end, Attribute attribute, Findings findings) {
            if (end - at < 2) return end;
            int length = payload.u16(at);
            if (length > end - at - 2) return end;
            findings.put(attribute, payload.text(at + 2, length));
            return at + 2 + length;
        }
    }
}
