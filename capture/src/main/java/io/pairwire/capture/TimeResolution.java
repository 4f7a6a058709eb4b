package io.pairwire.capture;

import java.math.BigInteger;

/**
 * How fine the times of an interface are: units per second, a power of ten or of two, as the option {@code if_tsresol}
 * of pcapng says it.
 *
 * @param exponent of 10 or 2, 0 to 127
 * @param binary whether it is a power of two
 */
public record TimeResolution(int exponent, boolean binary) {
    public static final TimeResolution SECONDS = new TimeResolution(0, false);
    public static final TimeResolution MICROSECONDS = new TimeResolution(6, false);
    public static final TimeResolution NANOSECONDS = new TimeResolution(9, false);

    /**
     * The earliest and latest time that is handed over, in nanoseconds since 1970: the years 1896 and 2189. An earlier or
     * later one becomes the nearest of these, so that the difference of two times always fits.
     */
    public static final long EARLIEST = -(1L << 61);

    /** See {@link #EARLIEST}. */
    public static final long LATEST = Long.MAX_VALUE + EARLIEST;

    private static final int BINARY = 0x80;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    public TimeResolution {
        if (exponent < 0 || exponent > 127)
            throw new IllegalArgumentException("exponent is not in 0..127: " + exponent);
    }

    /** From the byte in the option: the highest bit says binary. */
    static TimeResolution of(int option) {
        return new TimeResolution(option & ~BINARY & 0xff, (option & BINARY) != 0);
    }

    /** The byte in the option. */
    int option() {
        return exponent | (binary ? BINARY : 0);
    }

    /** Is every time of this resolution a whole number of nanoseconds? */
    boolean isWholeNanos() {
        return !binary && exponent <= 9 || binary && exponent <= 9; // 10^9 = 2^9 * 5^9
    }

    /** Nanoseconds of a unit if that is a whole number, 0 otherwise. */
    long nanosPerUnit() {
        if (!isWholeNanos()) return 0;
        return binary ? NANOS_PER_SECOND >> exponent : power(9 - exponent);
    }

    /**
     * Nanoseconds since 1970, rounded down; {@link #EARLIEST} or {@link #LATEST} if outside.
     *
     * @param units an unsigned number
     * @param offsetSeconds added to the seconds
     */
    public long epochNanos(long units, long offsetSeconds) {
        long seconds;
        long nanos;
        if (binary) {
            seconds = exponent < 64 ? units >>> exponent : 0;
            nanos = binaryNanos(units);
        } else if (exponent <= 9) {
            long perSecond = power(exponent);
            seconds = Long.divideUnsigned(units, perSecond);
            nanos = Long.remainderUnsigned(units, perSecond) * power(9 - exponent);
        } else if (exponent <= 19) {
            long perSecond = power(exponent);
            seconds = Long.divideUnsigned(units, perSecond);
            nanos = Long.divideUnsigned(Long.remainderUnsigned(units, perSecond), power(exponent - 9));
        } else {
            seconds = 0;
            nanos = exponent - 9 <= 19 ? Long.divideUnsigned(units, power(exponent - 9)) : 0;
        }
        if (seconds < 0) return LATEST; // a time beyond 2^63 seconds, whatever the offset
        long sum = seconds + offsetSeconds;
        if (offsetSeconds > 0 && sum < 0) return LATEST;
        if (sum > LATEST / NANOS_PER_SECOND) return LATEST;
        if (sum < EARLIEST / NANOS_PER_SECOND) return EARLIEST;
        return Math.clamp(sum * NANOS_PER_SECOND + nanos, EARLIEST, LATEST);
    }

    /** The same without bounds. */
    BigInteger exactNanos(long units, long offsetSeconds) {
        BigInteger nanos = new BigInteger(Long.toUnsignedString(units)).multiply(BigInteger.valueOf(NANOS_PER_SECOND));
        BigInteger perSecond = BigInteger.valueOf(binary ? 2 : 10).pow(exponent);
        return nanos.divide(perSecond)
                .add(BigInteger.valueOf(offsetSeconds).multiply(BigInteger.valueOf(NANOS_PER_SECOND)));
    }

    /** The part below a second: (units mod 2^exponent) * 10^9 / 2^exponent, in 128 bits. */
    private long binaryNanos(long units) {
        long below = exponent < 64 ? units & (1L << exponent) - 1 : units;
        long high = Math.unsignedMultiplyHigh(below, NANOS_PER_SECOND);
        long low = below * NANOS_PER_SECOND;
        if (exponent == 0) return 0;
        if (exponent < 64) return high << 64 - exponent | low >>> exponent;
        return exponent == 64 ? high : high >>> exponent - 64;
    }

    /** 10 to the power, unsigned up to 19. */
    private static long power(int exponent) {
        long power = 1;
        for (int i = 0; i < exponent; i++) power *= 10;
        return power;
    }

    /** Such as {@code 10^-6} or {@code 2^-20} seconds. */
    @Override
    public String toString() {
        return (binary ? "2^-" : "10^-") + exponent;
    }
}
