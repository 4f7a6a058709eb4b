package io.pairwire.engine.compare;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Differences of times of packets, a bounded number of them: those of a rank below a limit, which is halved when they
 * become too many. Which ones stay depends on no order.
 */
final class Sample {
    private static final int PIECES = 8;

    private final int room;
    private long[] differences = new long[8];
    private long[] middles = new long[8];
    private long[] ranks = new long[8];
    private int count;
    private long limit = Long.MAX_VALUE;

    Sample(int room) {
        this.room = room;
    }

    void add(long difference, long middle, long rank) {
        if (rank >= limit) return;
        if (count == room) {
            halve();
            if (rank >= limit || count == room) return;
        }
        if (count == ranks.length) {
            differences = Arrays.copyOf(differences, 2 * count);
            middles = Arrays.copyOf(middles, 2 * count);
            ranks = Arrays.copyOf(ranks, 2 * count);
        }
        differences[count] = difference;
        middles[count] = middle;
        ranks[count++] = rank;
    }

    /** Takes in what another sample of the same room kept, as if it had been added here. */
    void addAll(Sample other) {
        if (other.limit < limit) keepBelow(other.limit);
        for (int i = 0; i < other.count; i++) add(other.differences[i], other.middles[i], other.ranks[i]);
    }

    private void halve() {
        keepBelow(limit >>> 1);
    }

    private void keepBelow(long lower) {
        limit = lower;
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (ranks[i] >= limit) continue;
            differences[kept] = differences[i];
            middles[kept] = middles[i];
            ranks[kept++] = ranks[i];
        }
        count = kept;
    }

    /** The same in up to eight pieces, one after the other in time. */
    Stream<Sample> pieces() {
        int[] order = IntStream.range(0, count)
                .boxed()
                .sorted(Comparator.comparingLong(i -> middles[i]))
                .mapToInt(i -> i)
                .toArray();
        int pieces = Math.min(PIECES, count);
        return IntStream.range(0, pieces).mapToObj(piece -> {
            var part = new Sample(room);
            for (int i = piece * count / pieces; i < (piece + 1) * count / pieces; i++) {
                part.add(differences[order[i]], middles[order[i]], 0);
            }
            return part;
        });
    }

    /** The differences in order. */
    long[] sorted() {
        return sorted((difference, middle) -> difference);
    }

    /** What is left of the differences, in order. */
    long[] sorted(TwoWay.Residual residual) {
        long[] sorted = new long[count];
        for (int i = 0; i < count; i++) sorted[i] = residual.of(differences[i], middles[i]);
        Arrays.sort(sorted);
        return sorted;
    }
}
