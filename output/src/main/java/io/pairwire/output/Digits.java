package io.pairwire.output;

import java.nio.charset.StandardCharsets;

/** Decimal numbers as ASCII, written straight into bytes. Every method answers the position behind what it wrote. */
public final class Digits {
    /** The longest decimal {@code long}, sign included. */
    public static final int LONGEST = 20;

    private static final int BILLION = 1_000_000_000;
    private static final byte[] SMALLEST = "-9223372036854775808".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PAIRS = pairs();

    private Digits() {}

    /** Any number, with its sign. */
    public static int decimal(byte[] to, int at, long value) {
        int next = at;
        long rest = value;
        if (rest < 0) {
            if (rest == Long.MIN_VALUE) return Bytes.copy(SMALLEST, to, at); // it has no positive counterpart
            to[next++] = '-';
            rest = -rest;
        }
        if (rest <= Integer.MAX_VALUE) return small(to, next, (int) rest);
        long upper = rest / BILLION;
        int lowest = (int) (rest - upper * BILLION);
        if (upper <= Integer.MAX_VALUE) {
            next = small(to, next, (int) upper);
        } else {
            long uppermost = upper / BILLION;
            next = small(to, next, (int) uppermost);
            next = padded(to, next, (int) (upper - uppermost * BILLION), 9);
        }
        return padded(to, next, lowest, 9);
    }

    /** A number from 0 to 2^31 − 1. */
    public static int small(byte[] to, int at, int value) {
        return padded(to, at, value, length(value));
    }

    /** The last {@code width} digits of a number that is not negative, with leading zeros. */
    public static int padded(byte[] to, int at, int value, int width) {
        int rest = value;
        int place = at + width;
        while (place - at >= 2) {
            int quotient = rest / 100;
            int pair = (rest - quotient * 100) * 2;
            to[--place] = PAIRS[pair + 1];
            to[--place] = PAIRS[pair];
            rest = quotient;
        }
        if (place > at) to[at] = (byte) ('0' + rest % 10);
        return at + width;
    }

    private static int length(int value) {
        int length = 1;
        for (long limit = 10; value >= limit; limit *= 10) length++;
        return length;
    }

    private static byte[] pairs() {
        var pairs = new byte[200];
        for (int i = 0; i < 100; i++) {
            pairs[2 * i] = (byte) ('0' + i / 10);
            pairs[2 * i + 1] = (byte) ('0' + i % 10);
        }
        return pairs;
    }
}
