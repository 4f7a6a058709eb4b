package io.pairwire.engine.compare;

import io.pairwire.capture.Packet;
import io.pairwire.decode.Layers;
import io.pairwire.decode.wire.IpProtocol;
import io.pairwire.engine.content.ContentHash;
import io.pairwire.engine.content.PacketContent;
import io.pairwire.engine.content.StreamHash;
import java.io.IOException;

/**
 * Longer rows about the packets that found no partner by their whole content: what is needed to say in what they differ
 * from what looks like them on the other side. Begins as {@link Sighting}.
 */
final class Detail {
    static final int ENDPOINTS = 44;
    static final int PAYLOAD = 52;
    static final int SEQUENCES = 60;
    static final int FLAGS_AND_WINDOW = 68;
    static final int OPTIONS = 72;
    static final int IDENTIFICATION = 76;
    static final int FRAGMENT = 80;
    static final int PAYLOAD_LENGTH = 84;
    static final int PAYLOAD_CAPTURED = 88;

    /** The IANA number, or -1 without IP. */
    static final int PROTOCOL = 92;

    /** {@link StreamHash} of the payload of TCP. */
    static final int STREAM = 96;

    /** {@link StreamHash} of all that follows the IP header. */
    static final int BODY = 104;

    static final int BODY_LENGTH = 112;
    static final int ALL_ADDRESSES = 116;
    static final int SOURCE_HIGH = 124;
    static final int SOURCE_LOW = 132;
    static final int DESTINATION_HIGH = 140;
    static final int DESTINATION_LOW = 148;
    static final int IP_VERSION = 156;
    static final int WIDTH = 160;

    private static final int FIN_SYN_RST = 0b111;
    private static final int OFFSET_AND_MORE = 0x3fff;

    private final StreamHash streams;

    Detail(StreamHash streams) {
        this.streams = streams;
    }

    void add(Rows rows, int number, Packet packet, Layers layers, PacketContent content) throws IOException {
        int row = rows.add();
        rows.set32(row, Sighting.NUMBER, number);
        Sighting.write(rows, row, packet, content, Side.ports(layers));
        rows.set64(row, ENDPOINTS, content.endpoints());
        rows.set64(row, PAYLOAD, content.payload());
        rows.set64(row, SEQUENCES, content.sequences());
        rows.set32(row, FLAGS_AND_WINDOW, content.flagsAndWindow());
        rows.set32(row, OPTIONS, (int) content.options());
        rows.set32(row, IDENTIFICATION, content.identification());
        rows.set32(row, FRAGMENT, content.fragment());
        rows.set32(row, PAYLOAD_LENGTH, content.payloadLength());
        rows.set32(row, PAYLOAD_CAPTURED, content.payloadCaptured());
        rows.set32(row, PROTOCOL, content.protocol());
        rows.set64(row, ALL_ADDRESSES, content.addresses());
        rows.set64(row, SOURCE_HIGH, layers.sourceHigh());
        rows.set64(row, SOURCE_LOW, layers.sourceLow());
        rows.set64(row, DESTINATION_HIGH, layers.destinationHigh());
        rows.set64(row, DESTINATION_LOW, layers.destinationLow());
        rows.set32(row, IP_VERSION, layers.ipVersion());
        if (!layers.isIp()) return;
        if (isTcp(rows, row) && content.payloadCaptured() == content.payloadLength())
            rows.set64(row, STREAM, streams.of(packet, content.payloadAt(), content.payloadLength()));
        int bodyAt = content.networkBodyAt();
        int bodyLength = content.payloadAt() + content.payloadLength() - bodyAt;
        if (layers.ipVersion() != 4 || bodyLength <= 0 || packet.capturedLength() - bodyAt < bodyLength) return;
        rows.set64(row, BODY, streams.of(packet, bodyAt, bodyLength));
        rows.set32(row, BODY_LENGTH, bodyLength);
    }

    static boolean isTcp(Rows rows, int row) {
        return rows.get32(row, PROTOCOL) == IpProtocol.TCP && rows.get32(row, FLAGS_AND_WINDOW) != 0;
    }

    /** Offset of a fragment and whether more follow, as in the header; 0 for what is whole. */
    static int fragment(Rows rows, int row) {
        return rows.get32(row, FRAGMENT) & OFFSET_AND_MORE;
    }

    static int flags(Rows rows, int row) {
        return rows.get32(row, FLAGS_AND_WINDOW) >>> 16;
    }

    static long sequence(Rows rows, int row) {
        return rows.get64(row, SEQUENCES) >>> 32;
    }

    static int length(Rows rows, int row) {
        return rows.get32(row, PAYLOAD_LENGTH);
    }

    /** What the two rows do not have in common, as bits of {@link FieldChange}. */
    static int changes(Rows a, int rowA, Rows b, int rowB) {
        int changes = 0;
        if (a.get32(rowA, IDENTIFICATION) != b.get32(rowB, IDENTIFICATION)) changes |= FieldChange.IP_ID.bit();
        if (fragment(a, rowA) != fragment(b, rowB)) changes |= FieldChange.FRAGMENTATION.bit();
        long sequences = a.get64(rowA, SEQUENCES) ^ b.get64(rowB, SEQUENCES);
        if (sequences >>> 32 != 0) changes |= FieldChange.SEQUENCE.bit();
        if ((int) sequences != 0) changes |= FieldChange.ACKNOWLEDGMENT.bit();
        int flags = a.get32(rowA, FLAGS_AND_WINDOW) ^ b.get32(rowB, FLAGS_AND_WINDOW);
        if (flags >>> 16 != 0) changes |= FieldChange.FLAGS.bit();
        if ((flags & 0xffff) != 0) changes |= FieldChange.WINDOW.bit();
        if (a.get32(rowA, OPTIONS) != b.get32(rowB, OPTIONS)) changes |= FieldChange.OPTIONS.bit();
        if (length(a, rowA) != length(b, rowB)) changes |= FieldChange.LENGTH.bit();
        else if (a.get64(rowA, PAYLOAD) != b.get64(rowB, PAYLOAD)) changes |= FieldChange.PAYLOAD.bit();
        return Sighting.changes(a, rowA, b, rowB, changes);
    }

    /** A key of what remains the same when something else was changed; 0 if the row takes no part. */
    static long key(Round round, ContentHash hash, Rows rows, int row) {
        if (rows.get32(row, PROTOCOL) < 0) return 0;
        boolean tcp = isTcp(rows, row);
        int length = length(rows, row);
        int identification = Math.max(rows.get32(row, IDENTIFICATION), 0);
        long endpoints = rows.get64(row, ENDPOINTS);
        long sequence = sequence(rows, row);
        long payload = rows.get64(row, PAYLOAD);
        int bits = flags(rows, row) & FIN_SYN_RST;
        int fragment = fragment(rows, row);
        return switch (round) {
            case HEADER -> {
                if (length > 0) yield hash.of(endpoints ^ payload, sequence << 16 | fragment);
                yield tcp ? hash.of(endpoints, rows.get64(row, SEQUENCES)) : 0;
            }
            case PAYLOAD -> {
                if (length == 0) yield 0;
                if (tcp) yield hash.of(endpoints, sequence << 32 | (long) length << 3 | bits);
                yield hash.of(endpoints, (long) identification << 32 | (long) length << 16 | fragment);
            }
            case SEQUENCE -> {
                if (!tcp) yield 0;
                if (length > 0) yield hash.of(endpoints, payload);
                if (identification > 0) yield hash.of(endpoints, (long) identification << 12 | flags(rows, row));
                yield hash.of(endpoints ^ rows.get32(row, OPTIONS), flags(rows, row));
            }
            case ENDPOINTS -> {
                if (length == 0 && !tcp) yield 0;
                yield hash.of(
                        payload ^ rows.get32(row, PROTOCOL),
                        rows.get64(row, SEQUENCES) ^ (long) flags(rows, row) << 20);
            }
            case LENGTH -> {
                if (tcp && length > 0) yield hash.of(endpoints, sequence << 3 | bits);
                yield !tcp && identification > 0 && fragment == 0 ? hash.of(endpoints, identification) : 0;
            }
        };
    }
}
