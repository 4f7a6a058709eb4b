package io.pairwire.cli;

import java.math.BigDecimal;

/**
 * A number of bytes as people write it.
 *
 * @param count from 0
 */
record ByteCount(long count) {

    /**
     * Reads {@code 1500}, {@code 64k}, {@code 1.5M}, {@code 2G}: thousands, millions, billions.
     *
     * @throws IllegalArgumentException if the text is something else
     */
    static ByteCount parse(String text) {
        if (!text.matches("\\d{1,15}(\\.\\d{1,9})?[kMG]?")) {
            throw new IllegalArgumentException("not a number of bytes: '" + text + "' (such as 1500, 64k, 1.5M, 2G)");
        }
        int thousands = "kMG".indexOf(text.charAt(text.length() - 1)) + 1;
        String digits = thousands == 0 ? text : text.substring(0, text.length() - 1);
        try {
            return new ByteCount(
                    new BigDecimal(digits).movePointRight(3 * thousands).longValueExact());
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("not a whole number of bytes: '" + text + "'", e);
        }
    }
}
