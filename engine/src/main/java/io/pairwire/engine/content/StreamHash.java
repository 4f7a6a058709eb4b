package io.pairwire.engine.content;

import io.pairwire.capture.Packet;
import java.util.random.RandomGenerator;

/**
 * A hash of bytes at places of a stream that adds up: the hashes of the pieces of a stretch, each moved to its place, sum
 * to the hash of the stretch, wherever it was cut. So two ways to cut the same bytes are compared without keeping them.
 *
 * <p>The bytes are coefficients of a polynomial over the integers modulo 2^61 - 1, evaluated at a secret point; each counts
 * as one more than it is, so that zeros have a length. Two stretches of n bytes that differ agree with a probability of
 * n / 2^61 at most. Immutable; any thread.
 */
public final class StreamHash {
    private static final long PRIME = (1L << 61) - 1;

    private final long point;

    /** @param random where the secret point comes from */
    public StreamHash(RandomGenerator random) {
        point = 2 + (random.nextLong() >>> 4) % (PRIME - 3);
    }

    /** The hash of captured bytes at place 0. */
    public long of(Packet packet, int at, int length) {
        long sum = 0;
        for (int i = length - 1; i >= 0; i--) sum = reduce(multiply(sum, point) + packet.u8(at + i) + 1);
        return sum;
    }

    /** The same bytes {@code places} further on, from 0. */
    public long moved(long hash, long places) {
        return multiply(hash, power(places));
    }

    /** The hash of two pieces that do not overlap. */
    public long sum(long one, long other) {
        return reduce(one + other);
    }

    private long power(long exponent) {
        long result = 1;
        long square = point;
        for (long left = exponent; left > 0; left >>>= 1) {
            if ((left & 1) != 0) result = multiply(result, square);
            square = multiply(square, square);
        }
        return result;
    }

    private static long multiply(long x, long y) {
        long high = Math.multiplyHigh(x, y);
        long low = x * y;
        return reduce((low & PRIME) + (high << 3 | low >>> 61));
    }

    /** Of a value below 2^62. */
    private static long reduce(long value) {
        long once = (value & PRIME) + (value >>> 61);
        return once >= PRIME ? once - PRIME : once;
    }
}
