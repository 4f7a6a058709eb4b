package io.pairwire.engine.compare;

import io.pairwire.capture.Packet;
import io.pairwire.decode.Layers;
import io.pairwire.decode.wire.IpProtocol;
import io.pairwire.decode.wire.Tcp;
import io.pairwire.engine.content.ContentHash;
import io.pairwire.engine.content.PacketContent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** What both captures show of each TCP session. Sessions beyond a limit are only counted. */
final class SessionTable {
    /** Sessions that are looked at. */
    static final int SESSIONS = 1 << 18;

    /** Sessions that are told of. */
    static final int TOLD = 100;

    private static final int KEY = 0;
    private static final int SOURCE_HIGH = 8;
    private static final int SOURCE_LOW = 16;
    private static final int DESTINATION_HIGH = 24;
    private static final int DESTINATION_LOW = 32;
    private static final int PORTS = 40;
    private static final int VERSION = 44;
    private static final int SIDES = 48;

    private static final int PACKETS = 0;
    private static final int SYNS = 4;
    private static final int SYN_ACKS = 8;
    private static final int FINS = 12;
    private static final int RESETS = 16;
    private static final int RETRANSMISSIONS = 20;
    private static final int HELLO = 24;
    private static final int BYTES = 28;

    /** The sequence number behind the farthest byte seen, of both directions, and whether there was one. */
    private static final int NEXT = 36;

    private static final int SEEN = 44;
    private static final int SIDE_WIDTH = 48;
    private static final int WIDTH = SIDES + 2 * SIDE_WIDTH;

    private static final int TLS_HANDSHAKE = 0x16;
    private static final int CLIENT_HELLO = 1;
    private static final int HELLO_RANDOM = 11;
    private static final int RANDOM_LENGTH = 32;

    private final Rows rows;
    private final ContentHash hash;
    private final int[] slots = new int[2 * SESSIONS];
    private long beyond;

    SessionTable(Scratch scratch, ContentHash hash) {
        rows = new Rows(scratch, WIDTH, 9);
        this.hash = hash;
    }

    void add(boolean first, Packet packet, Layers layers, PacketContent content) throws IOException {
        if (layers.transport() != IpProtocol.TCP || layers.isFragment()) return;
        long source = hash.of(layers.sourceHigh() ^ layers.sourcePort(), layers.sourceLow());
        long destination = hash.of(layers.destinationHigh() ^ layers.destinationPort(), layers.destinationLow());
        boolean forward = source <= destination;
        int row = row(hash.of(Math.min(source, destination), Math.max(source, destination)), layers);
        if (row < 0) return;
        int side = SIDES + (first ? 0 : SIDE_WIDTH);
        int flags = Tcp.flags(packet, layers.transportAt());
        increment(row, side + PACKETS);
        if ((flags & (Tcp.SYN | Tcp.ACK)) == Tcp.SYN) increment(row, side + SYNS);
        if ((flags & (Tcp.SYN | Tcp.ACK)) == (Tcp.SYN | Tcp.ACK)) increment(row, side + SYN_ACKS);
        if ((flags & Tcp.FIN) != 0) increment(row, side + FINS);
        if ((flags & Tcp.RST) != 0) increment(row, side + RESETS);
        if (content.payloadLength() > 0) addPayload(row, side, forward ? 0 : 1, packet, layers, content);
    }

    private void addPayload(int row, int side, int direction, Packet packet, Layers layers, PacketContent content) {
        int sequence = (int) (content.sequences() >>> 32);
        int next = sequence + content.payloadLength();
        int seen = rows.get32(row, side + SEEN);
        int farthest = rows.get32(row, side + NEXT + 4 * direction);
        if ((seen >>> direction & 1) == 0) {
            rows.set32(row, side + SEEN, seen | 1 << direction);
            rows.set32(row, side + NEXT + 4 * direction, next);
        } else if (next - farthest > 0) {
            rows.set32(row, side + NEXT + 4 * direction, next);
        } else {
            increment(row, side + RETRANSMISSIONS);
        }
        rows.set64(row, side + BYTES, rows.get64(row, side + BYTES) + content.payloadLength());
        int at = layers.payloadAt();
        boolean hello = content.payloadCaptured() >= HELLO_RANDOM + RANDOM_LENGTH
                && packet.u8(at) == TLS_HANDSHAKE
                && packet.u8(at + 5) == CLIENT_HELLO;
        if (hello) {
            int random = (int) hash.bytes(packet, at + HELLO_RANDOM, RANDOM_LENGTH, 0) | 1;
            rows.set32(row, side + HELLO, random);
        }
    }

    private void increment(int row, int field) {
        rows.set32(row, field, rows.get32(row, field) + 1);
    }

    private int row(long key, Layers layers) throws IOException {
        int mask = slots.length - 1;
        int at = (int) (key >>> 32) & mask;
        while (slots[at] != 0) {
            if (rows.get64(slots[at] - 1, KEY) == key) return slots[at] - 1;
            at = at + 1 & mask;
        }
        if (rows.count() == SESSIONS) {
            beyond++;
            return -1;
        }
        int row = rows.add();
        slots[at] = row + 1;
        rows.set64(row, KEY, key);
        rows.set64(row, SOURCE_HIGH, layers.sourceHigh());
        rows.set64(row, SOURCE_LOW, layers.sourceLow());
        rows.set64(row, DESTINATION_HIGH, layers.destinationHigh());
        rows.set64(row, DESTINATION_LOW, layers.destinationLow());
        rows.set32(row, PORTS, Side.ports(layers));
        rows.set32(row, VERSION, layers.ipVersion());
        return row;
    }

    /** Packets of sessions that had no room. */
    long beyond() {
        return beyond;
    }

    /** Sessions that differ, those with the greatest differences, the worst first. */
    SessionDifferences differences() {
        var worst = new PriorityQueue<SessionDifference>(ORDER.reversed());
        long count = 0;
        for (int row = 0; row < rows.count(); row++) {
            var difference = new SessionDifference(endpoints(row), view(row, SIDES), view(row, SIDES + SIDE_WIDTH));
            if (!difference.differs()) continue;
            count++;
            worst.add(difference);
            if (worst.size() > TOLD) worst.remove();
        }
        List<SessionDifference> told = new ArrayList<>(worst);
        told.sort(ORDER);
        return new SessionDifferences(rows.count(), count, beyond, told);
    }

    private static final Comparator<SessionDifference> ORDER = Comparator.comparingLong(SessionDifference::weight)
            .reversed()
            .thenComparingLong(difference -> difference.who().sourceLow())
            .thenComparingLong(difference -> difference.who().destinationLow())
            .thenComparingInt(difference -> difference.who().sourcePort())
            .thenComparingInt(difference -> difference.who().destinationPort());

    private Endpoints endpoints(int row) {
        int ports = rows.get32(row, PORTS);
        return new Endpoints(
                rows.get32(row, VERSION),
                IpProtocol.TCP,
                rows.get64(row, SOURCE_HIGH),
                rows.get64(row, SOURCE_LOW),
                ports >>> 16,
                rows.get64(row, DESTINATION_HIGH),
                rows.get64(row, DESTINATION_LOW),
                ports & 0xffff);
    }

    private SessionDifference.View view(int row, int side) {
        return new SessionDifference.View(
                rows.get32(row, side + PACKETS),
                rows.get64(row, side + BYTES),
                rows.get32(row, side + SYNS),
                rows.get32(row, side + SYN_ACKS),
                rows.get32(row, side + FINS),
                rows.get32(row, side + RESETS),
                rows.get32(row, side + RETRANSMISSIONS),
                rows.get32(row, side + HELLO));
    }
}
