package io.pairwire.engine.generate;

import java.math.BigDecimal;

/** Spans of time as people write them: {@code 250ns}, {@code 5us}, {@code 1.5ms}, {@code 30s}. */
public final class DurationText {

    private DurationText() {}

    /**
     * The nanoseconds of a number with its unit (ns, us, ms, s, min); may be negative.
     *
     * @throws IllegalArgumentException if the text is no such span, is finer than a nanosecond, or exceeds 292 years
     */
    public static long parseNanos(String text) {
        int digits = text.length();
        while (digits > 0 && Character.isLetter(text.charAt(digits - 1))) digits--;
        try {
            return new BigDecimal(text.substring(0, digits))
                    .multiply(BigDecimal.valueOf(nanosOf(text.substring(digits))))
                    .longValueExact();
        } catch (ArithmeticException | NumberFormatException cause) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no duration: a number with its unit, such as 5us", cause);
        }
    }

    private static long nanosOf(String unit) {
        return switch (unit) {
            case "ns" -> 1;
            case "us" -> 1_000;
            case "ms" -> 1_000_000;
            case "s" -> 1_000_000_000;
            case "min" -> 60_000_000_000L;
            default -> throw new NumberFormatException("unit: " + unit);
        };
    }

    /** The shortest way to write a span, such as {@code 1500us}. */
    static String format(long nanos) {
        if (nanos == 0) return "0s";
        if (nanos % 1_000_000_000 == 0) return nanos / 1_000_000_000 + "s";
        if (nanos % 1_000_000 == 0) return nanos / 1_000_000 + "ms";
        if (nanos % 1_000 == 0) return nanos / 1_000 + "us";
        return nanos + "ns";
    }
}
