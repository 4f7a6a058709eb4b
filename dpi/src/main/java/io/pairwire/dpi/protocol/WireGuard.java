package io.pairwire.dpi.protocol;

import io.pairwire.dpi.BuiltIn;
import io.pairwire.dpi.BytePattern;
import io.pairwire.dpi.Payload;
import io.pairwire.dpi.Protocol;
import io.pairwire.dpi.Recognition;
import io.pairwire.dpi.Session;
import io.pairwire.dpi.Transport;
import io.pairwire.dpi.Trigger;
import java.util.List;

/** A private network, "WireGuard: Next Generation Kernel Network Tunnel" §5.4: four messages of fixed form. */
@BuiltIn
public final class WireGuard implements Protocol {
    /** For the registry. */
    public WireGuard() {}

    @Override
    public String name() {
        return "wireguard";
    }

    @Override
    public String label() {
        return "WireGuard";
    }

    @Override
    public List<String> parents() {
        return List.of("udp");
    }

    @Override
    public List<Trigger> triggers() {
        return List.of(
                Trigger.bytes(Transport.UDP, BytePattern.of(0, (byte) 1, (byte) 0, (byte) 0, (byte) 0)),
                Trigger.bytes(Transport.UDP, BytePattern.of(0, (byte) 2, (byte) 0, (byte) 0, (byte) 0)),
                Trigger.bytes(Transport.UDP, BytePattern.of(0, (byte) 4, (byte) 0, (byte) 0, (byte) 0)));
    }

    @Override
    public Recognition recognise(Payload payload, Session session) {
        if (payload.length() < 16) return Recognition.NEVER;
        return switch (payload.littleU32(0)) {
            case 1 -> initiation(payload, session);
            case 2 ->
                payload.sentLength() == 92 && session.note() != 0 && payload.u32(8) == (int) (session.note() >>> 1)
                        ? Recognition.YES
                        : Recognition.NEVER;
            case 4 -> data(payload, session);
            default -> Recognition.NEVER;
        };
    }

    /** Its length is fixed, and the second code is zero unless the server is under load. */
    private static Recognition initiation(Payload payload, Session session) {
        if (payload.sentLength() != 148) return Recognition.NEVER;
        session.note(Integer.toUnsignedLong(payload.u32(4)) << 1 | 1);
        boolean quiet = payload.has(132, 16) && payload.u64(132) == 0 && payload.u64(140) == 0;
        return quiet ? Recognition.YES : Recognition.MORE;
    }

    /** In the middle of a tunnel: whole blocks, and a counter that has grown by little since the packet before. */
    private static Recognition data(Payload payload, Session session) {
        if (payload.sentLength() % 16 != 0 || payload.sentLength() < 32) return Recognition.NEVER;
        long counter = Long.reverseBytes(payload.u64(8));
        if (counter < 0 || counter > 1L << 40) return Recognition.NEVER;
        long receiver = Integer.toUnsignedLong(payload.u32(4)) & 0xffff;
        long before = session.note();
        session.note(receiver << 41 | counter << 1 | 1);
        if (before == 0) return Recognition.MORE;
        boolean same = before >>> 41 == receiver;
        long ahead = counter - (before >>> 1 & (1L << 40) - 1);
        return same && ahead > 0 && ahead < 64 ? Recognition.YES : Recognition.MORE;
    }
}
