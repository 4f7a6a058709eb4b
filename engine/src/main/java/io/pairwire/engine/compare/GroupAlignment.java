package io.pairwire.engine.compare;

import java.util.Arrays;

/**
 * Brings copies of the same content together when one side has more of them than the other: in order, every copy of the
 * fewer finds one of the more, so that the clocks, set right, differ as little as possible. Small groups get the best
 * answer there is, large ones a greedy one.
 */
final class GroupAlignment {
    /** Steps of the exact way at most. */
    private static final long EXACT = 1 << 18;

    private GroupAlignment() {}

    /**
     * @param fewer times, already corrected by the clocks
     * @param more times, at least as many
     * @return for each of the fewer the index of its partner
     */
    static int[] align(long[] fewer, long[] more) {
        int spare = more.length - fewer.length;
        if (spare == 0) {
            int[] straight = new int[fewer.length];
            Arrays.setAll(straight, i -> i);
            return straight;
        }
        return (long) fewer.length * (spare + 1) <= EXACT ? exact(fewer, more, spare) : greedy(fewer, more);
    }

    /** The cheapest way to have passed over {@code skip} of the more when the first {@code i} have their partners. */
    private static int[] exact(long[] fewer, long[] more, int spare) {
        int n = fewer.length;
        double[] cost = new double[spare + 1];
        boolean[][] skips = new boolean[n][spare + 1];
        for (int i = 0; i < n; i++) {
            for (int skip = 0; skip <= spare; skip++) {
                double here = cost[skip] + Math.abs((double) (more[i + skip] - fewer[i]));
                boolean passed = skip > 0 && cost[skip - 1] < here;
                skips[i][skip] = passed;
                cost[skip] = passed ? cost[skip - 1] : here;
            }
        }
        int[] partners = new int[n];
        int skip = spare;
        for (int i = n - 1; i >= 0; i--) {
            while (skips[i][skip]) skip--;
            partners[i] = i + skip;
        }
        return partners;
    }

    private static int[] greedy(long[] fewer, long[] more) {
        int[] partners = new int[fewer.length];
        int at = 0;
        for (int i = 0; i < fewer.length; i++) {
            int last = more.length - (fewer.length - i);
            while (at < last && distance(more[at + 1], fewer[i]) < distance(more[at], fewer[i])) at++;
            partners[i] = at++;
        }
        return partners;
    }

    private static long distance(long one, long other) {
        return Math.abs(one - other);
    }
}
