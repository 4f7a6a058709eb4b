package io.pairwire.output;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers as people read them; the same in every locale. */
public final class HumanText {
    private static final long MICRO = 1_000;
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000_000_000;

    private HumanText() {}

    /** {@code 1234567} as {@code 1,234,567}. */
    public static String count(long count) {
        String digits = Long.toString(count);
        var grouped = new StringBuilder(digits);
        int first = count < 0 ? 1 : 0;
        for (int at = digits.length() - 3; at > first; at -= 3) grouped.insert(at, ',');
        return grouped.toString();
    }

    /** A count with its noun, which gets an s unless the count is 1. */
    public static String count(long count, String noun) {
        return count(count) + " " + noun + (count == 1 ? "" : "s");
    }

    /**
     * Nanoseconds in the unit that fits, with three digits behind the point: {@code 999 ns}, {@code 1.500 us},
     * {@code 1.000 ms}, {@code 75.000 s}. Below a millisecond exact, above cut off, never rounded up.
     */
    public static String duration(long nanos) {
        if (nanos == Long.MIN_VALUE) return "-" + thousandths(Long.MAX_VALUE, SECOND) + " s"; // has no counterpart
        if (nanos < 0) return "-" + duration(-nanos);
        if (nanos < MICRO) return nanos + " ns";
        if (nanos < MILLI) return thousandths(nanos, MICRO) + " us";
        if (nanos < SECOND) return thousandths(nanos, MILLI) + " ms";
        return thousandths(nanos, SECOND) + " s";
    }

    /** Events in a time as {@code 950/s}, {@code 8.3 M/s}. */
    public static String rate(long events, long nanos) {
        double rate = nanos <= 0 ? 0 : events * (double) SECOND / nanos;
        if (rate < 10_000) return Math.round(rate) + "/s";
        if (rate < MILLI) return tenths(rate / MICRO) + " k/s";
        if (rate < SECOND) return tenths(rate / MILLI) + " M/s";
        return tenths(rate / SECOND) + " G/s";
    }

    /** A part of one in hundredths, with two digits behind the point: {@code 0.125} as {@code 12.50%}. */
    static String percent(double part) {
        long hundredths = Math.round(part * 10_000); // by hand: a Formatter takes longer to load than a capture to read
        return hundredths / 100 + "." + twoDigits(hundredths % 100) + "%";
    }

    /** A number with three digits behind the point, none of them cut off where it is large: {@code 0.333}. */
    static String thousandths(double value) {
        return BigDecimal.valueOf(value).setScale(3, RoundingMode.HALF_EVEN).toPlainString();
    }

    /** Seconds still to go: {@code 7 s}, {@code 2 min 05 s}, {@code 3 h 07 min}. */
    public static String remaining(long seconds) {
        if (seconds < 60) return seconds + " s";
        if (seconds < 3_600) return seconds / 60 + " min " + twoDigits(seconds % 60) + " s";
        return seconds / 3_600 + " h " + twoDigits(seconds / 60 % 60) + " min";
    }

    /** The name as the user would write it: {@code not_eligible} as {@code not eligible}. */
    static String words(String name) {
        return name.replace('_', ' ').toLowerCase(Locale.ROOT);
    }

    private static String thousandths(long nanos, long unit) {
        long rest = nanos % unit / (unit / 1_000);
        return nanos / unit + "." + (rest < 10 ? "00" : rest < 100 ? "0" : "") + rest;
    }

    private static String tenths(double value) {
        long tenths = Math.round(value * 10);
        return count(tenths / 10) + "." + tenths % 10;
    }

    private static String twoDigits(long value) {
        return value < 10 ? "0" + value : Long.toString(value);
    }
}
