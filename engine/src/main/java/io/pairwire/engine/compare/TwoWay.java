package io.pairwire.engine.compare;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Takes the time that packets need between the points out of the offset of the clocks, where hosts speak to each other in
 * both directions: what is late one way is early the other way, and the middle of both is the clocks alone, as in NTP. That
 * holds as far as both ways take the same time.
 *
 * <p>Bounded: of many pairs of hosts, and of many packets of each, those of the lowest rank are kept, which depends on no
 * order.
 */
final class TwoWay {
    private static final int PAIRS = 1 << 11;
    private static final int SAMPLE = 128;

    private int[] keys = new int[2 * PAIRS];
    private @Nullable Pair[] pairs = new @Nullable Pair[2 * PAIRS];
    private int count;
    private long limit = Long.MAX_VALUE;

    /** Both directions of a pair of hosts. */
    private static final class Pair {
        final Sample[] directions = {new Sample(SAMPLE), new Sample(SAMPLE)};
    }

    /** How late a difference of times is when clocks are set right; the middle of both times is given halved. */
    @FunctionalInterface
    interface Residual {
        long of(long difference, long middle);
    }

    /** @param hosts source in the upper half, destination in the lower */
    void add(int hosts, long difference, long middle, long rank) {
        int source = hosts >>> 16;
        int destination = hosts & 0xffff;
        if (source == destination) return;
        boolean forward = source < destination;
        int key = forward ? hosts : destination << 16 | source;
        Pair pair = pair(key);
        if (pair != null) pair.directions[forward ? 0 : 1].add(difference, middle, rank);
    }

    /** Takes in what another kept, as if it had been added here. */
    void addAll(TwoWay other) {
        while (other.limit < limit) halve();
        for (int i = 0; i < other.keys.length; i++) {
            Pair theirs = other.pairs[i];
            Pair ours = theirs == null ? null : pair(other.keys[i]);
            if (theirs == null || ours == null) continue;
            for (int k = 0; k < ours.directions.length; k++) ours.directions[k].addAll(theirs.directions[k]);
        }
    }

    private @Nullable Pair pair(int key) {
        int at = find(key);
        Pair known = pairs[at];
        if (known != null || ClockFit.rank(key) >= limit) return known;
        while (count >= PAIRS) {
            halve();
            if (ClockFit.rank(key) >= limit) return null;
        }
        var made = new Pair();
        enter(key, made);
        return made;
    }

    private int find(int key) {
        int at = (int) ClockFit.rank(key) & keys.length - 1;
        while (pairs[at] != null && keys[at] != key) at = at + 1 & keys.length - 1;
        return at;
    }

    private void enter(int key, Pair pair) {
        int at = find(key);
        keys[at] = key;
        pairs[at] = pair;
        count++;
    }

    private void halve() {
        limit >>>= 1;
        int[] oldKeys = keys;
        @Nullable Pair[] oldPairs = pairs;
        keys = new int[oldKeys.length];
        pairs = new @Nullable Pair[oldPairs.length];
        count = 0;
        for (int i = 0; i < oldKeys.length; i++) {
            Pair pair = oldPairs[i];
            if (pair != null && ClockFit.rank(oldKeys[i]) < limit) enter(oldKeys[i], pair);
        }
    }

    /** What is to be added to the offset; 0 if too few packets have an answer in the other direction. */
    long correction(Residual residual) {
        long[] middles = new long[count];
        int found = 0;
        long answered = 0;
        long all = 0;
        for (Pair pair : pairs) {
            if (pair == null) continue;
            long[] there = pair.directions[0].sorted(residual);
            long[] back = pair.directions[1].sorted(residual);
            all += there.length + back.length;
            if (there.length == 0 || back.length == 0) continue;
            answered += there.length + back.length;
            middles[found++] = (ClockFit.median(there) + ClockFit.median(back)) / 2;
        }
        if (2 * answered < all || found == 0) return 0;
        long[] sorted = Arrays.copyOf(middles, found);
        Arrays.sort(sorted);
        return ClockFit.median(sorted);
    }
}
