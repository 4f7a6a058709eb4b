package io.pairwire.engine.compare;

import io.pairwire.capture.PacketSource;
import io.pairwire.decode.LayerDecoder;
import io.pairwire.decode.Layers;
import io.pairwire.engine.content.ContentHash;
import io.pairwire.engine.content.PacketContent;
import io.pairwire.engine.content.StreamHash;
import java.io.IOException;

/** The second look: packets that found no partner by their whole content are compared by less of it, round after round. */
final class Leftovers {
    /** Clocks set right, packets of one pair lie that close together; what only looks alike may be far apart. */
    private static final long CLOSE_NANOS = 5_000_000_000L;

    private final Side sideA;
    private final Side sideB;
    private final Rows a;
    private final Rows b;
    private final Scratch scratch;
    private final ContentHash hash;
    private final StreamHash streams;
    private final Occurrences occurrences;
    private final ClockFit clock;
    private final ChangeTally tally;
    final Stretches segments;
    final Stretches fragments;

    Leftovers(
            Side sideA,
            Side sideB,
            Scratch scratch,
            Scratch scratchOfB,
            ContentHash hash,
            StreamHash streams,
            Occurrences occurrences,
            ClockFit clock,
            ChangeTally tally) {
        this.sideA = sideA;
        this.sideB = sideB;
        this.scratch = scratch;
        this.hash = hash;
        this.streams = streams;
        this.occurrences = occurrences;
        this.clock = clock;
        this.tally = tally;
        a = new Rows(scratch, Detail.WIDTH, 9);
        b = new Rows(scratchOfB, Detail.WIDTH, 9);
        segments = new Stretches(false, sideA, a, sideB, b, hash, streams);
        fragments = new Stretches(true, sideA, a, sideB, b, hash, streams);
    }

    Rows a() {
        return a;
    }

    Rows b() {
        return b;
    }

    /** Reads a capture again and notes what is to be known of packets without partner. */
    void read(boolean first, PacketSource source, PacketContent content, SessionTable sessions, Watch watch)
            throws IOException {
        Side side = first ? sideA : sideB;
        Rows rows = first ? a : b;
        var detail = new Detail(streams);
        var decoder = new LayerDecoder();
        var layers = new Layers();
        int[] next = {0};
        Side.poll(source, watch, packet -> {
            int number = next[0]++;
            if (number >= side.packets.count()) throw new IOException("a capture has grown while it was compared");
            decoder.decode(packet, layers);
            sessions.add(packet, layers);
            if (side.partner(number) != 0) return;
            content.read(packet, layers);
            detail.add(rows, number, packet, layers, content);
        });
        if (next[0] < side.packets.count()) throw new IOException("a capture has shrunk while it was compared");
    }

    void run() throws IOException {
        if (a.count() == 0 || b.count() == 0) return;
        for (Round round : Round.values()) {
            if (round == Round.LENGTH) {
                run(segments);
                run(fragments);
            }
            run(round);
        }
    }

    private void run(Round round) throws IOException {
        Rows[] partsA = parts((rows, row) -> Detail.key(round, hash, rows, row), sideA, a);
        Rows[] partsB = parts((rows, row) -> Detail.key(round, hash, rows, row), sideB, b);
        for (int i = 0; i < partsA.length; i++) {
            Rows partA = partsA[i];
            Rows partB = partsB[i];
            occurrences.group(partA, partB, (firstA, countA, firstB, countB) -> {
                if (countA > 0 && countB > 0)
                    pair(new Copies(partA, firstA, countA), new Copies(partB, firstB, countB));
            });
        }
    }

    private void run(Stretches stretches) throws IOException {
        stretches.run(parts(stretches::key, sideA, a), parts(stretches::key, sideB, b), occurrences);
    }

    @FunctionalInterface
    private interface Keyed {
        long key(Rows rows, int row);
    }

    private Rows[] parts(Keyed keyed, Side side, Rows details) throws IOException {
        var parts = new Rows[Side.PARTITIONS];
        for (int i = 0; i < parts.length; i++) parts[i] = new Rows(scratch, Sighting.MACS, 6);
        for (int row = 0; row < details.count(); row++) {
            if (side.partner(details.get32(row, Sighting.NUMBER)) != 0) continue;
            long key = keyed.key(details, row);
            if (key == 0) continue;
            Rows part = parts[Side.partition(key)];
            int at = part.add();
            part.set64(at, Sighting.KEY, key);
            part.set64(at, Sighting.TIME, details.get64(row, Sighting.TIME));
            part.set32(at, Sighting.NUMBER, row);
        }
        return parts;
    }

    private void pair(Copies copiesA, Copies copiesB) {
        boolean swapped = copiesA.count() > copiesB.count();
        Copies fewer = swapped ? copiesB : copiesA;
        Copies more = swapped ? copiesA : copiesB;
        int[] partners = GroupAlignment.align(
                fewer.times(swapped ? 0 : clockShift(copiesA, copiesB)),
                more.times(swapped ? clockShift(copiesA, copiesB) : 0));
        for (int i = 0; i < partners.length; i++) {
            int rowA = swapped ? more.number(partners[i]) : fewer.number(i);
            int rowB = swapped ? fewer.number(i) : more.number(partners[i]);
            long residual = clock.residual(a.get64(rowA, Sighting.TIME), b.get64(rowB, Sighting.TIME));
            if (Math.abs(residual) <= CLOSE_NANOS) pair(rowA, rowB);
        }
    }

    /** What to add to times of A so that they can be compared with times of B. */
    private long clockShift(Copies copiesA, Copies copiesB) {
        long timeA = copiesA.time(0);
        long timeB = copiesB.time(0);
        return timeB - timeA - clock.residual(timeA, timeB);
    }

    private void pair(int rowA, int rowB) {
        int numberA = a.get32(rowA, Sighting.NUMBER);
        int numberB = b.get32(rowB, Sighting.NUMBER);
        int changes = Detail.changes(a, rowA, b, rowB);
        Side.pair(sideA, numberA, sideB, numberB, changes);
        tally.add(changes, a, rowA, b, rowB, numberA, numberB, true);
    }
}
