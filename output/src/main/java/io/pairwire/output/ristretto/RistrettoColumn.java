package io.pairwire.output.ristretto;

import java.nio.charset.StandardCharsets;

/**
 * A column of a {@link RistrettoTable}.
 *
 * @param name 1 to {@value #LONGEST_NAME} bytes: letters, digits and underscores
 * @param length bytes in a row: 8 for numbers, 2 to {@value #LONGEST_TEXT} for text with the NUL behind it
 */
public record RistrettoColumn(String name, Type type, int length) {
    static final int LONGEST_NAME = 31;
    static final int LONGEST_TEXT = 255;
    private static final int NUMBER = 8;

    /** What a column holds, with the number it has in the file. */
    public enum Type {
        /** 64 bits with a sign. */
        INTEGER(1),

        /** A double of IEEE 754. */
        REAL(2),

        /** UTF-8, ended by a NUL. */
        TEXT(3);

        final int number;

        Type(int number) {
            this.number = number;
        }
    }

    public RistrettoColumn {
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > LONGEST_NAME || !name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
            throw new IllegalArgumentException("not the name of a column: " + name);
        }
        boolean fits = type == Type.TEXT ? length >= 2 && length <= LONGEST_TEXT : length == NUMBER;
        if (!fits) throw new IllegalArgumentException("a " + type + " is not of " + length + " bytes");
    }

    public static RistrettoColumn integer(String name) {
        return new RistrettoColumn(name, Type.INTEGER, NUMBER);
    }

    public static RistrettoColumn real(String name) {
        return new RistrettoColumn(name, Type.REAL, NUMBER);
    }

    /** {@code TEXT(length)}, which holds one byte less. */
    public static RistrettoColumn text(String name, int length) {
        return new RistrettoColumn(name, Type.TEXT, length);
    }
}
