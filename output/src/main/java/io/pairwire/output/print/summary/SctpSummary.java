package io.pairwire.output.print.summary;

import io.pairwire.capture.Packet;
import io.pairwire.decode.wire.IpProtocol;
import io.pairwire.decode.wire.Sctp;
import io.pairwire.output.print.Line;

/** SCTP, RFC 9260: its chunks by name. */
final class SctpSummary {
    private static final int CHUNK_HEADER = 4;
    private static final int DATA = 0;
    private static final int DATA_HEADER = 16;
    private static final int INIT = 1;
    private static final int INIT_ACK = 2;
    private static final int INIT_HEADER = 20;
    private static final int SACK = 3;
    private static final int SACK_HEADER = 16;
    private static final int CHUNKS = 64;

    private SctpSummary() {}

    static void print(Walk walk, int at, int length) {
        Packet packet = walk.packet;
        Line line = walk.line;
        if (!walk.has(at, Sctp.LENGTH)) {
            if (walk.ipVersion != 0 && !walk.bare) walk.addresses();
            walk.cut("sctp");
            return;
        }
        walk.endpoints(Sctp.sourcePort(packet, at), Sctp.destinationPort(packet, at), IpProtocol.SCTP);
        line.text("sctp");
        if (walk.style.quick()) return;
        int chunk = at + Sctp.LENGTH;
        int end = at + length;
        for (int i = 1; i <= CHUNKS && end - chunk >= CHUNK_HEADER; i++) {
            line.text(i == 1 ? " (" : ", (").decimal(i).text(") ");
            if (!walk.has(chunk, CHUNK_HEADER)) {
                walk.cut("sctp");
                return;
            }
            int chunkLength = packet.u16(chunk + 2);
            line.text('[').text(name(packet.u8(chunk))).text("] ");
            if (chunkLength < CHUNK_HEADER) {
                line.text("[Bad chunk length ").decimal(chunkLength).text(", < size of chunk header]");
                return;
            }
            if (chunkLength > end - chunk) {
                line.text("[Bad chunk length ").decimal(chunkLength).text(", > remaining data in packet]");
                return;
            }
            content(walk, chunk, chunkLength);
            int padded = chunkLength + 3 & ~3;
            if (padded > end - chunk) return;
            chunk += padded;
        }
    }

    private static void content(Walk walk, int at, int length) {
        Packet packet = walk.packet;
        Line line = walk.line;
        switch (packet.u8(at)) {
            case DATA -> {
                if (length < DATA_HEADER || !walk.has(at, DATA_HEADER)) return;
                int flags = packet.u8(at + 1);
                if ((flags & 4) != 0) line.text("(U)");
                if ((flags & 2) != 0) line.text("(B)");
                if ((flags & 1) != 0) line.text("(E)");
                if ((flags & 7) != 0) line.text(' ');
                line.text("[TSN: ").decimal(Integer.toUnsignedLong(packet.u32(at + 4)));
                line.text("] [SID: ").decimal(packet.u16(at + 8));
                line.text("] [SSEQ ").decimal(packet.u16(at + 10));
                line.text("] [PPID ");
                payloadProtocol(packet.u32(at + 12), line);
                line.text("] ");
            }
            case INIT, INIT_ACK -> {
                if (length < INIT_HEADER || !walk.has(at, INIT_HEADER)) return;
                line.text("[init tag: ").decimal(Integer.toUnsignedLong(packet.u32(at + 4)));
                line.text("] [rwnd: ").decimal(Integer.toUnsignedLong(packet.u32(at + 8)));
                line.text("] [OS: ").decimal(packet.u16(at + 12));
                line.text("] [MIS: ").decimal(packet.u16(at + 14));
                line.text("] [init TSN: ")
                        .decimal(Integer.toUnsignedLong(packet.u32(at + 16)))
                        .text("] ");
            }
            case SACK -> {
                if (length < SACK_HEADER || !walk.has(at, SACK_HEADER)) return;
                line.text("[cum ack ").decimal(Integer.toUnsignedLong(packet.u32(at + 4)));
                line.text("] [a_rwnd ").decimal(Integer.toUnsignedLong(packet.u32(at + 8)));
                line.text("] [#gap acks ").decimal(packet.u16(at + 12));
                line.text("] [#dup tsns ").decimal(packet.u16(at + 14)).text("] ");
            }
            default -> {}
        }
    }

    private static void payloadProtocol(int protocol, Line line) {
        String name = switch (protocol) {
            case 1 -> "IUA";
            case 2 -> "M2UA";
            case 3 -> "M3UA";
            case 4 -> "SUA";
            case 5 -> "M2PA";
            case 6 -> "V5UA";
            case 7 -> "H.248";
            case 8 -> "BICC";
            default -> "";
        };
        if (name.isEmpty()) line.text("0x").hex(Integer.toUnsignedLong(protocol));
        else line.text(name);
    }

    private static String name(int type) {
        return switch (type) {
            case DATA -> "DATA";
            case INIT -> "INIT";
            case INIT_ACK -> "INIT ACK";
            case SACK -> "SACK";
            case 4 -> "HB REQ";
            case 5 -> "HB ACK";
            case 6 -> "ABORT";
            case 7 -> "SHUTDOWN";
            case 8 -> "SHUTDOWN ACK";
            case 9 -> "OP ERR";
            case 10 -> "COOKIE ECHO";
            case 11 -> "COOKIE ACK";
            case 12 -> "ECN ECHO";
            case 13 -> "CWR";
            case 14 -> "SHUTDOWN COMPLETE";
            case 128 -> "ASCONF ACK";
            case 193 -> "ASCONF";
            case 192 -> "FORWARD CUM TSN";
            default -> "Unknown chunk type";
        };
    }
}
