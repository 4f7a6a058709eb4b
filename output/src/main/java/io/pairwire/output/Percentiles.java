package io.pairwire.output;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which percentiles to report.
 *
 * @param percents each above 0 and at most 100
 */
public record Percentiles(List<Double> percents) {
    /** 50, 90, 99, 99.9. */
    public static final Percentiles USUAL = new Percentiles(List.of(50.0, 90.0, 99.0, 99.9));

    public Percentiles {
        percents = List.copyOf(percents);
        if (percents.isEmpty()) throw new IllegalArgumentException("no percentiles");
        for (double percent : percents) {
            if (!(percent > 0 && percent <= 100)) {
                throw new IllegalArgumentException("percentile is not above 0 and at most 100: " + text(percent));
            }
        }
    }

    /**
     * Reads {@code 50,90,99.9}.
     *
     * @throws IllegalArgumentException if a part is no number in the range
     */
    public static Percentiles parse(String list) {
        return new Percentiles(
                Stream.of(list.split(",", -1)).map(Percentiles::percent).toList());
    }

    /** The shortest decimal: {@code 50}, {@code 99.9}. */
    public static String text(double percent) {
        String digits = Double.toString(percent);
        if (!Double.isFinite(percent)) return digits;
        if (digits.indexOf('E') < 0) return digits.endsWith(".0") ? digits.substring(0, digits.length() - 2) : digits;
        return new BigDecimal(digits).stripTrailingZeros().toPlainString();
    }

    /** The same as a part of one: 99.9 as {@code 0.999}. */
    static String quantile(double percent) {
        return new BigDecimal(Double.toString(percent))
                .movePointLeft(2)
                .stripTrailingZeros()
                .toPlainString();
    }

    private static double percent(String text) {
        try {
            return Double.parseDouble(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("percentile is no number: '" + text + "'", e);
        }
    }
}
