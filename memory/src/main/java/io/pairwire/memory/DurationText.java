package io.pairwire.memory;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Spans of time as people write them: {@code 250ns}, {@code 5us}, {@code 1.5ms}, {@code 30s}, {@code 1m}. */
public final class DurationText {
    private DurationText() {}

    /**
     * The span that a number and its unit (ns, us, ms, s, m or min, h, d) make, or a number alone.
     *
     * @param plain the unit of a number alone
     * @throws IllegalArgumentException if the text is no such span, is finer than a nanosecond, or exceeds 292 years
     */
    public static Duration parse(String text, TimeUnit plain) {
        return Duration.ofNanos(nanos(text, plain.toNanos(1)));
    }

    /**
     * The nanoseconds of a number with its unit; may be negative.
     *
     * @throws IllegalArgumentException also if there is no unit
     */
    public static long parseNanos(String text) {
        return nanos(text, 0);
    }

    private static long nanos(String text, long plain) {
        int digits = text.length();
        while (digits > 0 && Character.isLetter(text.charAt(digits - 1))) digits--;
        try {
            long unit = digits == text.length() && plain > 0 ? plain : nanosOf(text.substring(digits));
            if (isSmallCount(text, digits)) return Math.multiplyExact(Long.parseLong(text, 0, digits, 10), unit);
            return new BigDecimal(text.substring(0, digits))
                    .multiply(BigDecimal.valueOf(unit))
                    .longValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no duration: a number with its unit, such as 5us, 500ms, 30s or 1m", e);
        }
    }

    /** Nothing but a few digits, as nearly always: then no BigDecimal is needed, whose first use takes 20 ms. */
    private static boolean isSmallCount(String text, int digits) {
        for (int i = 0; i < digits; i++) {
            char digit = text.charAt(i);
            if (digit < '0' || digit > '9') return false;
        }
        return digits > 0 && digits <= 9;
    }

    private static long nanosOf(String unit) {
        return switch (unit) {
            case "ns" -> 1;
            case "us", "µs" -> 1_000;
            case "ms" -> 1_000_000;
            case "s" -> TimeUnit.SECONDS.toNanos(1);
            case "m", "min" -> TimeUnit.MINUTES.toNanos(1);
            case "h" -> TimeUnit.HOURS.toNanos(1);
            case "d" -> TimeUnit.DAYS.toNanos(1);
            default -> throw new NumberFormatException("unit: " + unit);
        };
    }

    /** The shortest way to write a span, such as {@code 1500us}. */
    public static String format(long nanos) {
        if (nanos == 0) return "0s";
        if (nanos % 1_000_000_000 == 0) return nanos / 1_000_000_000 + "s";
        if (nanos % 1_000_000 == 0) return nanos / 1_000_000 + "ms";
        if (nanos % 1_000 == 0) return nanos / 1_000 + "us";
        return nanos + "ns";
    }
}
