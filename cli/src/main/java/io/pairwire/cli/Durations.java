package io.pairwire.cli;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Spans of time as people write them: {@code 30s}, {@code 500ms}, {@code 1.5m}; a plain number is seconds. */
final class Durations {
    private Durations() {}

    static Duration parse(String text) {
        return parse(text, TimeUnit.SECONDS);
    }

    /**
     * A number, also with a decimal point, and ns, us, ms, s, m or min, h, or d.
     *
     * @param plain the unit of a number without one
     * @throws IllegalArgumentException if the text is nothing of that, or does not fit into 64 bits of nanoseconds
     */
    static Duration parse(String text, TimeUnit plain) {
        int digits = text.length();
        while (digits > 0 && Character.isLetter(text.charAt(digits - 1))) digits--;
        try {
            long unit = digits == text.length() ? plain.toNanos(1) : nanos(text.substring(digits));
            return Duration.ofNanos(new BigDecimal(text.substring(0, digits).strip())
                    .multiply(BigDecimal.valueOf(unit))
                    .longValueExact());
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no duration: a number with its unit, such as 500ms, 30s or 1m", e);
        }
    }

    private static long nanos(String unit) {
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
}
