package io.pairwire.cli;

import io.pairwire.capture.edit.TimeBound;
import io.pairwire.memory.DurationText;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;

/** Moments as people write them: ISO 8601, seconds since 1970, or a time after the first packet. */
final class Moments {
    private static final int NANO_DIGITS = 9;

    private Moments() {}

    /**
     * Reads {@code 2026-01-31T12:00:00.5Z} (with another offset, or none for UTC; a blank for the T; a date alone),
     * {@code 1769860800.5}, or {@code +90s}.
     *
     * @throws IllegalArgumentException if the text is something else, or lies outside of 1677 to 2262
     */
    static TimeBound parse(String text) {
        try {
            if (text.startsWith("+")) {
                return new TimeBound.AfterFirst(
                        DurationText.parse(text.substring(1), TimeUnit.SECONDS).toNanos());
            }
            if (text.matches("-?\\d{1,12}(\\.\\d{1,9})?")) {
                return new TimeBound.At(
                        new BigDecimal(text).movePointRight(NANO_DIGITS).longValueExact());
            }
            Instant instant = instant(text.replace(' ', 'T'));
            long seconds = Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L);
            return new TimeBound.At(Math.addExact(seconds, instant.getNano()));
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException(
                    "not a moment: '" + text + "' (such as 2026-01-31T12:00:00Z, 1769860800.5, +90s)", e);
        }
    }

    private static Instant instant(String text) {
        if (text.matches(".*T.*(Z|[+-]\\d{2}(:?\\d{2})?)"))
            return OffsetDateTime.parse(text).toInstant();
        if (text.indexOf('T') >= 0) return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
        return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
    }
}
