package io.pairwire.dpi.protocol;

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

/** Files in pieces from many: the peer protocol (BEP 3), its hash table (BEP 5), and its transport over UDP (BEP 29). */
@BuiltIn
public final class BitTorrent implements Protocol {
    private static final Attribute INFO_HASH = Attribute.bytes("bittorrent.info_hash", "what is fetched");
    private static final Attribute PEER = Attribute.bytes("bittorrent.peer_id", "who spoke first");
    private static final Attribute CLIENT =
            Attribute.text("bittorrent.client", "program and version as the identifier codes them");

    private static final String GREETING = "\23BitTorrent protocol";
    private static final String SEARCH = "BT-SEARCH * HTTP/1.1\r\n"; // BEP 14
    private static final int UTP_HEADER = 20;
    private static final int SYN = 0x41;
    private static final int STATE = 0x21;
    private static final long MOST_MICROS = 300_000_000;

    /** For the registry. */
    public BitTorrent() {}

    @Override
    public String name() {
        return "bittorrent";
    }

    @Override
    public String label() {
        return "BitTorrent";
    }

    @Override
    public List<String> parents() {
        return List.of("tcp", "udp");
    }

    @Override
    public List<Trigger> triggers() {
        return List.of(
                Trigger.starts(Transport.TCP, GREETING),
                Trigger.starts(Transport.UDP, "d1:"),
                Trigger.starts(Transport.UDP, "d2:ip"),
                Trigger.starts(Transport.UDP, SEARCH),
                Trigger.bytes(Transport.UDP, BytePattern.text(20, GREETING)),
                transport(SYN),
                transport(STATE));
    }

    private static Trigger transport(int first) {
        var pattern = List.of(new BytePattern(0, new byte[] {(byte) first}, new byte[] {(byte) 0xff}));
        return new Trigger.Bytes(Transport.UDP, Sides.EITHER, UTP_HEADER, UTP_HEADER + 16, pattern);
    }

    @Override
    public List<Attribute> attributes() {
        return List.of(INFO_HASH, PEER, CLIENT);
    }

    @Override
    public Recognition recognise(Payload payload, Session session) {
        if (session.ipProtocol() == IpProtocol.TCP) {
            if (!payload.mayMatch(0, GREETING)) return Recognition.NEVER;
            return payload.length() >= GREETING.length() ? Recognition.YES : Recognition.MORE;
        }
        if (isHashTable(payload) || payload.matches(UTP_HEADER, GREETING)) return Recognition.YES;
        if (payload.matches(0, SEARCH)) return Recognition.YES;
        if (payload.length() < UTP_HEADER || payload.u8(1) > 2) return Recognition.NEVER;
        return switch (payload.u8(0)) {
            case SYN -> isBeginning(payload) ? Recognition.YES : Recognition.NEVER;
            case STATE -> acknowledges(payload, session);
            default -> Recognition.NEVER;
        };
    }

    /** Picked up midway: two acknowledgments of one side with the same connection, at most minutes apart. */
    private static Recognition acknowledges(Payload payload, Session session) {
        long connection = payload.u16(2) << 1 | (payload.fromOriginator() ? 1 : 0);
        long before = session.note();
        int micros = payload.u32(4);
        if (before != 0 && (before >>> 32 & 0x1ffff) == connection) {
            return Math.abs((long) (micros - (int) before)) < MOST_MICROS ? Recognition.YES : Recognition.NEVER;
        }
        if (before == 0) session.note(1L << 62 | connection << 32 | Integer.toUnsignedLong(micros));
        return Recognition.MORE;
    }

    /** Keys of a dictionary in their order: arguments, errors, an address, a response. */
    private static boolean isHashTable(Payload payload) {
        return payload.matches(0, "d1:ad2:id20:")
                || payload.matches(0, "d1:rd2:id20:")
                || payload.matches(0, "d2:ip6:")
                || payload.matches(0, "d2:ip18:")
                || payload.matches(0, "d1:eli20")
                || payload.matches(0, "d1:q4:ping");
    }

    /** The first packet of a connection over UDP: nothing acknowledged, no delay measured, a window, BEP 29. */
    private static boolean isBeginning(Payload payload) {
        return payload.u16(18) == 0 && payload.u32(8) == 0 && payload.u32(12) != 0 && payload.fromOriginator();
    }

    @Override
    public Optional<SessionParser> parser(Session session) {
        return Optional.of((payload, findings) -> {
            int at = session.ipProtocol() == IpProtocol.TCP ? 0 : UTP_HEADER;
            if (!payload.matches(at, GREETING)) return session.ipProtocol() == IpProtocol.TCP ? 0 : payload.length();
            int hash = at + GREETING.length() + 8;
            if (!payload.has(hash, 40)) return 0;
            findings.put(INFO_HASH, payload.bytes(hash, 20));
            findings.put(PEER, payload.bytes(hash + 20, 20));
            if (payload.u8(hash + 20) == '-') findings.put(CLIENT, payload.text(hash + 21, 6));
            return SessionParser.DONE;
        });
    }
}
