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
import io.pairwire.dpi.Sides;
import io.pairwire.dpi.Transport;
import io.pairwire.dpi.Trigger;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Remote procedure calls of Windows and DCE 1.1, version 5 with connections (C706 §12.6). */
@BuiltIn
public final class DceRpc implements Protocol {
    private static final Attribute TYPES = Attribute.number("dcerpc.type", "of the first packet: 0 request, 11 bind");
    private static final Attribute INTERFACE =
            Attribute.text("dcerpc.interface", "identifier of the interface that is bound");

    private static final int HEADER = 16;
    private static final int DATAGRAM_HEADER = 80;
    private static final int OBJECT = 8;
    private static final int INTERFACE_OF_DATAGRAM = 24;

    /** Behind the first four bytes all identifiers of PROFINET IO are the same (IEC 61158-6-10). */
    private static final long PROFINET = 0x976c_d111_8271_00a0L;

    private static final long PROFINET_BIG = 0x6c97_11d1_8271_00a0L;
    private static final int BIND = 11;

    /** For the registry. */
    public DceRpc() {}

    @Override
    public String name() {
        return "dcerpc";
    }

    @Override
    public String label() {
        return "DCERPC";
    }

    @Override
    public List<String> parents() {
        return List.of("tcp", "udp", "smb");
    }

    @Override
    public List<Trigger> triggers() {
        return List.of(
                Trigger.tcp(135),
                Trigger.bytes(
                        Transport.TCP, new BytePattern(0, new byte[] {5, 0}, new byte[] {(byte) 0xff, (byte) 0xfe})),
                new Trigger.Bytes(
                        Transport.UDP,
                        Sides.EITHER,
                        DATAGRAM_HEADER,
                        Integer.MAX_VALUE,
                        List.of(BytePattern.of(0, (byte) 4))));
    }

    @Override
    public List<Attribute> attributes() {
        return List.of(TYPES, INTERFACE);
    }

    @Override
    public Recognition recognise(Payload payload, Session session) {
        if (session.ipProtocol() == Transport.UDP.number()) return datagram(payload);
        if (payload.length() < HEADER) return payload.u8(0) == 5 ? Recognition.MORE : Recognition.NEVER;
        if (payload.u8(0) != 5 || payload.u8(1) > 1 || payload.u8(2) > 19) return Recognition.NEVER;
        boolean little = payload.u8(4) >> 4 == 1;
        int length = little ? payload.littleU16(8) : payload.u16(8);
        boolean plausible = payload.u8(4) <= 0x11 && payload.u8(6) == 0 && payload.u8(7) == 0 && length >= HEADER;
        return plausible ? Recognition.YES : Recognition.NEVER;
    }

    /** Version 4: the length of the body stands at 74, in the byte order of the sender; more may follow. */
    private static Recognition datagram(Payload payload) {
        if (payload.length() < DATAGRAM_HEADER || payload.u8(0) != 4 || payload.u8(1) > 10) return Recognition.NEVER;
        int format = payload.u8(4);
        if (format != 0x10 && format != 0 || payload.u8(5) > 3) return Recognition.NEVER;
        int length = format == 0x10 ? payload.littleU16(74) : payload.u16(74);
        return DATAGRAM_HEADER + length == payload.sentLength() ? Recognition.YES : Recognition.NEVER;
    }

    private static boolean isProfinet(Payload payload, int at) {
        return payload.u64(at + 4) == PROFINET || payload.u64(at + 4) == PROFINET_BIG;
    }

    private static int takeDatagram(Payload payload, Findings findings) {
        if (!payload.has(0, DATAGRAM_HEADER)) return SessionParser.DONE;
        findings.put(TYPES, payload.u8(1));
        if (payload.u8(4) == 0x10) findings.put(INTERFACE, uuid(payload, INTERFACE_OF_DATAGRAM));
        if (isProfinet(payload, OBJECT) || isProfinet(payload, INTERFACE_OF_DATAGRAM)) findings.carries("profinet_io");
        return SessionParser.DONE;
    }

    @Override
    public Optional<SessionParser> parser(Session session) {
        if (session.ipProtocol() == Transport.UDP.number()) return Optional.of(DceRpc::takeDatagram);
        return Optional.of((payload, findings) -> {
            if (payload.length() < 48) return 0;
            int type = payload.u8(2);
            findings.put(TYPES, type);
            boolean little = payload.u8(4) >> 4 == 1;
            if (type == BIND && little) findings.put(INTERFACE, uuid(payload, 32));
            return SessionParser.DONE;
        });
    }

    /** The first three parts are numbers in the byte order of the sender. */
    private static String uuid(Payload payload, int at) {
        var hex = HexFormat.of();
        return hex.toHexDigits(payload.littleU32(at)) + "-" + hex.toHexDigits((short) payload.littleU16(at + 4)) + "-"
                + hex.toHexDigits((short) payload.littleU16(at + 6)) + "-" + hex.formatHex(payload.bytes(at + 8, 2))
                + "-"
                + hex.formatHex(payload.bytes(at + 10, 6));
    }
}
