package io.pairwire.decode.rewrite;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * The secret under which addresses are mapped: {@value #LENGTH} bytes, an AES key and a pad, as Crypto-PAn has them. The
 * same key maps the same addresses the same way, in any run, in IPv4, IPv6 and Ethernet. Immutable.
 */
public final class AnonymizationKey {
    /** Bytes. */
    public static final int LENGTH = 32;

    private static final int HALF = LENGTH / 2;

    private final byte[] bytes;

    private AnonymizationKey(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a key has " + LENGTH + " bytes, not " + bytes.length);
        }
        this.bytes = bytes;
    }

    /** A key of {@value #LENGTH} bytes, which are copied. */
    public static AnonymizationKey of(byte[] bytes) {
        return new AnonymizationKey(bytes.clone());
    }

    /** A new key; only a {@link java.security.SecureRandom} makes it a secret. */
    public static AnonymizationKey random(RandomGenerator random) {
        byte[] bytes = new byte[LENGTH];
        random.nextBytes(bytes);
        return new AnonymizationKey(bytes);
    }

    /**
     * Reads a key as {@link #toHex} writes it, blanks and line ends around it ignored.
     *
     * @throws IllegalArgumentException if the text is no key; the message does not repeat it
     */
    public static AnonymizationKey parse(String text) {
        String digits = text.strip();
        if (!digits.matches("[0-9a-fA-F]{" + 2 * LENGTH + "}")) {
            throw new IllegalArgumentException("a key has " + 2 * LENGTH + " hexadecimal digits");
        }
        return new AnonymizationKey(HexFormat.of().parseHex(digits));
    }

    /** The key itself, in hexadecimal digits. */
    public String toHex() {
        return HexFormat.of().formatHex(bytes);
    }

    byte[] cipherKey() {
        return Arrays.copyOf(bytes, HALF);
    }

    byte[] pad() {
        return Arrays.copyOfRange(bytes, HALF, LENGTH);
    }

    /** Says nothing of the secret, so that no log does. */
    @Override
    public String toString() {
        return "AnonymizationKey";
    }
}
