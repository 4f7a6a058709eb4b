package io.pairwire.engine.compare;

import io.pairwire.capture.Packet;
import io.pairwire.decode.Layers;
import io.pairwire.decode.wire.IpProtocol;
import io.pairwire.decode.wire.Tcp;
import io.pairwire.engine.content.ContentHash;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** What one capture shows of each TCP session. Sessions beyond a limit are only counted. */
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
    private static final int PACKETS = 48;
    private static final int SYNS = 52;
    private static final int SYN_ACKS = 56;
    private static final int FINS = 60;
    private static final int RESETS = 64;
    private static final int RETRANSMISSIONS = 68;
    private static final int HELLO = 72;
    private static final int BYTES = 76;

    /** The sequence number behind the farthest byte seen, of both directions, and whether there was one. */
    private static final int NEXT = 84;

    private static final int SEEN = 92;
    private static final int WIDTH = 96;

    private static final int TLS_HANDSHAKE = 0x16;
    private static final int CLIENT_HELLO = 1;
    private static final int HELLO_RANDOM = 11;
    private static final int RANDOM_LENGTH = 32;

    private final Rows rows;
    private final ContentHash hash;
    private int[] slots = new int[1 << 10];
    private long beyond;

    SessionTable(Scratch scratch, ContentHash hash) {
        rows = new Rows(scratch, WIDTH, 9);
        this.hash = hash;
    }

    void add(Packet packet, Layers layers) throws IOException {
        if (layers.transport() != IpProtocol.TCP || layers.isFragment()) return;
        long source = hash.of(layers.sourceHigh() ^ layers.sourcePort(), layers.sourceLow());
        long destination = hash.of(layers.destinationHigh() ^ layers.destinationPort(), layers.destinationLow());
        boolean forward = source <= destination;
        int row = row(hash.of(Math.min(source, destination), Math.max(source, destination)), layers);
        if (row < 0) return;
        int flags = Tcp.flags(packet, layers.transportAt());
        increment(row, PACKETS);
        if ((flags & (Tcp.SYN | Tcp.ACK)) == Tcp.SYN) increment(row, SYNS);
        if ((flags & (Tcp.SYN | Tcp.ACK)) == (Tcp.SYN | Tcp.ACK)) increment(row, SYN_ACKS);
        if ((flags & Tcp.FIN) != 0) increment(row, FINS);
        if ((flags & Tcp.RST) != 0) increment(row, RESETS);
        if (layers.payloadLength() > 0) addPayload(row, forward ? 0 : 1, packet, layers);
    }

    private void addPayload(int row, int direction, Packet packet, Layers layers) {
        int sequence = (int) Tcp.sequence(packet, layers.transportAt());
        int next = sequence + layers.payloadLength();
        int seen = rows.get32(row, SEEN);
        int farthest = rows.get32(row, NEXT + 4 * direction);
        if ((seen >>> direction & 1) == 0) {
            rows.set32(row, SEEN, seen | 1 << direction);
            rows.set32(row, NEXT + 4 * direction, next);
        } else if (next - farthest > 0) {
            rows.set32(row, NEXT + 4 * direction, next);
        } else {
            increment(row, RETRANSMISSIONS);
        }
        rows.set64(row, BYTES, rows.get64(row, BYTES) + layers.payloadLength());
        int at = layers.payloadAt();
        boolean hello = layers.payloadCaptured() >= HELLO_RANDOM + RANDOM_LENGTH
                && packet.u8(at) == TLS_HANDSHAKE
                && packet.u8(at + 5) == CLIENT_HELLO;
        if (hello) {
            int random = (int) hash.bytes(packet, at + HELLO_RANDOM, RANDOM_LENGTH, 0) | 1;
            rows.set32(row, HELLO, random);
        }
    }

    private void increment(int row, int field) {
        rows.set32(row, field, rows.get32(row, field) + 1);
    }

    private int row(long key, Layers layers) throws IOException {
        int known = find(key);
        if (known >= 0) return known;
        if (rows.count() == SESSIONS) {
            beyond++;
            return -1;
        }
        int row = rows.add();
        if (2 * row >= slots.length) grow();
        enter(key, row);
        rows.set64(row, KEY, key);
        rows.set64(row, SOURCE_HIGH, layers.sourceHigh());
        rows.set64(row, SOURCE_LOW, layers.sourceLow());
        rows.set64(row, DESTINATION_HIGH, layers.destinationHigh());
        rows.set64(row, DESTINATION_LOW, layers.destinationLow());
        rows.set32(row, PORTS, Side.ports(layers));
        rows.set32(row, VERSION, layers.ipVersion());
        return row;
    }

    private void grow() {
        slots = new int[2 * slots.length];
        for (int row = 0; row < rows.count() - 1; row++) enter(rows.get64(row, KEY), row);
    }

    private void enter(long key, int row) {
        int at = (int) (key >>> 32) & slots.length - 1;
        while (slots[at] != 0) at = at + 1 & slots.length - 1;
        slots[at] = row + 1;
    }

    /** Sessions that differ, those with the greatest differences, the worst first. */
    static SessionDifferences differences(SessionTable a, SessionTable b) {
        var worst = new PriorityQueue<SessionDifference>(ORDER.reversed());
        long sessions = a.rows.count();
        long count = 0;
        for (int row = 0; row < a.rows.count(); row++) {
            int other = b.find(a.rows.get64(row, KEY));
            count += keep(worst, new SessionDifference(a.endpoints(row), a.view(row), b.view(other)));
        }
        for (int row = 0; row < b.rows.count(); row++) {
            if (a.find(b.rows.get64(row, KEY)) >= 0) continue;
            sessions++;
            count += keep(worst, new SessionDifference(b.endpoints(row), SessionDifference.View.NONE, b.view(row)));
        }
        List<SessionDifference> told = new ArrayList<>(worst);
        told.sort(ORDER);
        return new SessionDifferences(sessions, count, a.beyond + b.beyond, told);
    }

    /** 1 if it differs. */
    private static int keep(PriorityQueue<SessionDifference> worst, SessionDifference difference) {
        if (!difference.differs()) return 0;
        worst.add(difference);
        if (worst.size() > TOLD) worst.remove();
        return 1;
    }

    private int find(long key) {
        int mask = slots.length - 1;
        int at = (int) (key >>> 32) & mask;
        while (slots[at] != 0 && rows.get64(slots[at] - 1, KEY) != key) at = at + 1 & mask;
        return slots[at] - 1;
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

    private SessionDifference.View view(int row) {
        if (row < 0) return SessionDifference.View.NONE;
        return new SessionDifference.View(
                rows.get32(row, PACKETS),
                rows.get64(row, BYTES),
                rows.get32(row, SYNS),
                rows.get32(row, SYN_ACKS),
                rows.get32(row, FINS),
                rows.get32(row, RESETS),
                rows.get32(row, RETRANSMISSIONS),
                rows.get32(row, HELLO));
    }
}
