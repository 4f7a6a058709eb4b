package io.pairwire.engine.compare;

import io.pairwire.engine.content.ContentHash;
import io.pairwire.engine.content.StreamHash;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the same bytes cut in another way: a stream in other segments, a datagram in other fragments. Works on the rows of
 * packets that found no partner; a stretch that both sides cover without holes, and that sums to the same hash, is the same.
 */
final class Stretches {
    /** Pieces of one stream or datagram that are looked at on a side at most. */
    private static final int PIECES = 4 << 20;

    /** Stretches that are remembered. */
    private static final int EXAMPLES = 32;

    private final boolean fragments;
    private final int found;
    private final Side sideA;
    private final Side sideB;
    private final Rows a;
    private final Rows b;
    private final ContentHash hash;
    private final StreamHash streams;
    private final List<Example> examples = new ArrayList<>();
    private long count;
    private long packetsA;
    private long packetsB;

    /** One stretch: where it begins in both captures, from 0, and how many packets it takes in each. */
    record Example(int rowA, int rowB, int packetsA, int packetsB, long bytes) {}

    /** @param fragments whether datagrams are compared, otherwise streams of TCP */
    Stretches(boolean fragments, Side sideA, Rows a, Side sideB, Rows b, ContentHash hash, StreamHash streams) {
        this.fragments = fragments;
        this.found = fragments ? Side.REFRAGMENTED : Side.RESEGMENTED;
        this.sideA = sideA;
        this.sideB = sideB;
        this.a = a;
        this.b = b;
        this.hash = hash;
        this.streams = streams;
    }

    /** What rows of one stream or datagram have in common; 0 for a row that takes no part. */
    long key(Rows rows, int row) {
        if (fragments) {
            if (rows.get32(row, Detail.BODY_LENGTH) == 0) return 0;
            return hash.of(
                    rows.get64(row, Detail.ALL_ADDRESSES),
                    (long) rows.get32(row, Detail.PROTOCOL) << 32 | rows.get32(row, Detail.IDENTIFICATION));
        }
        boolean part = Detail.isTcp(rows, row)
                && Detail.length(rows, row) > 0
                && rows.get32(row, Detail.PAYLOAD_CAPTURED) == Detail.length(rows, row);
        return part ? rows.get64(row, Detail.ENDPOINTS) : 0;
    }

    /** Looks at the pieces of one stream or datagram; the numbers are rows of details. */
    void compare(int[] rowsA, int[] rowsB) {
        if (rowsA.length > PIECES || rowsB.length > PIECES) return;
        long origin = fragments ? 0 : Detail.sequence(a, rowsA[0]);
        long[] orderA = ordered(a, rowsA, origin);
        long[] orderB = ordered(b, rowsB, origin);
        int i = 0;
        int k = 0;
        while (i < orderA.length && k < orderB.length) {
            long startA = orderA[i] >> 32;
            long startB = orderB[k] >> 32;
            if (startA < startB) i++;
            else if (startB < startA) k++;
            else {
                long ends = stretch(rowsA, orderA, i, rowsB, orderB, k);
                i = Math.max((int) (ends >>> 32), i + 1);
                k = Math.max((int) ends, k + 1);
            }
        }
    }

    /** Places in the upper half, indexes in the lower. */
    private long[] ordered(Rows rows, int[] of, long origin) {
        long[] order = new long[of.length];
        for (int i = 0; i < of.length; i++) order[i] = place(rows, of[i], origin) << 32 | i;
        Arrays.sort(order);
        return order;
    }

    private long place(Rows rows, int row, long origin) {
        if (fragments) return (Detail.fragment(rows, row) & 0x1fff) * 8L;
        return (int) (Detail.sequence(rows, row) - origin);
    }

    private int length(Rows rows, int row) {
        return fragments ? rows.get32(row, Detail.BODY_LENGTH) : Detail.length(rows, row);
    }

    private long hash(Rows rows, int row, long place) {
        return streams.moved(rows.get64(row, fragments ? Detail.BODY : Detail.STREAM), place);
    }

    /** Goes on from two pieces that begin at the same place until they end at the same; where to go on, 0 if they never do. */
    private long stretch(int[] rowsA, long[] orderA, int fromA, int[] rowsB, long[] orderB, int fromB) {
        long start = orderA[fromA] >> 32;
        int i = fromA;
        int k = fromB;
        long endA = start;
        long endB = start;
        long hashA = 0;
        long hashB = 0;
        do {
            if (endA <= endB) {
                if (i == orderA.length || orderA[i] >> 32 != endA) return 0;
                int row = rowsA[(int) orderA[i++]];
                hashA = streams.sum(hashA, hash(a, row, endA - start));
                endA += length(a, row);
            } else {
                if (k == orderB.length || orderB[k] >> 32 != endB) return 0;
                int row = rowsB[(int) orderB[k++]];
                hashB = streams.sum(hashB, hash(b, row, endB - start));
                endB += length(b, row);
            }
        } while (endA != endB || k == fromB);
        if (hashA != hashB || i - fromA == 1 && k - fromB == 1) return (long) i << 32 | k;
        for (int at = fromA; at < i; at++) mark(sideA, a, rowsA[(int) orderA[at]]);
        for (int at = fromB; at < k; at++) mark(sideB, b, rowsB[(int) orderB[at]]);
        count++;
        packetsA += i - fromA;
        packetsB += k - fromB;
        if (examples.size() < EXAMPLES) {
            examples.add(new Example(
                    rowsA[(int) orderA[fromA]], rowsB[(int) orderB[fromB]], i - fromA, k - fromB, endA - start));
        }
        return (long) i << 32 | k;
    }

    private void mark(Side side, Rows rows, int row) {
        side.mark(rows.get32(row, Sighting.NUMBER), found);
    }

    long count() {
        return count;
    }

    long packetsA() {
        return packetsA;
    }

    long packetsB() {
        return packetsB;
    }

    List<Example> examples() {
        return examples;
    }

    /** Finds and compares the streams or datagrams of all rows without partner. */
    void run(Rows[] partitionsA, Rows[] partitionsB, Occurrences occurrences) throws IOException {
        for (int i = 0; i < partitionsA.length; i++) {
            Rows partA = partitionsA[i];
            Rows partB = partitionsB[i];
            occurrences.group(partA, partB, (firstA, countA, firstB, countB) -> {
                if (countA == 0 || countB == 0 || countA + countB < 3) return;
                compare(numbers(partA, firstA, countA), numbers(partB, firstB, countB));
            });
        }
    }

    private static int[] numbers(Rows rows, int first, int count) {
        int[] numbers = new int[count];
        int row = first;
        for (int i = 0; i < count; i++) {
            numbers[i] = rows.get32(row, Sighting.NUMBER);
            row = rows.get32(row, Sighting.NEXT) - 1;
        }
        return numbers;
    }
}
