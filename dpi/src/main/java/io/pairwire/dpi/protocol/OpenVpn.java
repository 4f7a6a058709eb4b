package io.pairwire.dpi.protocol;

import io.pairwire.decode.wire.IpProtocol;
import io.pairwire.dpi.BuiltIn;
import io.pairwire.dpi.BytePattern;
import io.pairwire.dpi.Payload;
import io.pairwire.dpi.Protocol;
import io.pairwire.dpi.Recognition;
import io.pairwire.dpi.Session;
import io.pairwire.dpi.Sides;
import io.pairwire.dpi.Transport;
import io.pairwire.dpi.Trigger;
import java.util.List;

/** A private network in UDP or TCP, the wire format of OpenVPN 2. */
@BuiltIn
public final class OpenVpn implements Protocol {
    private static final int CLIENT_RESET_V2 = 7;
    private static final int SERVER_RESET_V2 = 8;
    private static final int CLIENT_RESET_V3 = 10;

    /** For the registry. */
    public OpenVpn() {}

    @Override
    public String name() {
        return "openvpn";
    }

    @Override
    public String label() {
        return "OpenVPN";
    }

    @Override
    public List<String> parents() {
        return List.of("udp", "tcp");
    }

    @Override
    public List<Trigger> triggers() {
        return List.of(
                Trigger.udp(1194),
                Trigger.tcp(1194),
                new Trigger.Bytes(
                        Transport.UDP,
                        Sides.EITHER,
                        14,
                        2048,
                        List.of(new BytePattern(0, new byte[] {0x38}, new byte[] {(byte) 0xff}))),
                new Trigger.Bytes(
                        Transport.UDP,
                        Sides.EITHER,
                        14,
                        2048,
                        List.of(new BytePattern(0, new byte[] {0x40}, new byte[] {(byte) 0xf8}))),
                Trigger.bytes(Transport.TCP, BytePattern.of(2, (byte) 0x38)),
                Trigger.bytes(Transport.TCP, BytePattern.of(2, (byte) 0x40)));
    }

    /** A hard reset of one side, answered by that of the other, which names the first one's session: that no chance does. */
    @Override
    public Recognition recognise(Payload payload, Session session) {
        boolean stream = session.ipProtocol() == IpProtocol.TCP;
        int at = stream ? 2 : 0;
        if (payload.length() < at + 14) return stream ? Recognition.MORE : Recognition.NEVER;
        if (stream && payload.u16(0) > 2000) return Recognition.NEVER;
        int operation = payload.u8(at) >> 3;
        long id = payload.u64(at + 1);
        if (operation == CLIENT_RESET_V2 || operation == CLIENT_RESET_V3) {
            if ((payload.u8(at) & 7) != 0 || id == 0) return Recognition.NEVER;
            session.note(id);
            return Recognition.MORE;
        }
        if (operation != SERVER_RESET_V2 || session.note() == 0) return Recognition.NEVER;
        return names(payload, at + 9, session.note()) ? Recognition.YES : Recognition.NEVER;
    }

    /** The answer repeats the session of who is answered behind its acknowledgements, whose place depends on the HMAC before. */
    private static boolean names(Payload payload, int from, long id) {
        int last = Math.min(payload.length() - 8, from + 96);
        for (int at = from; at <= last; at++) {
            if (payload.u64(at) == id) return true;
        }
        return false;
    }
}
