package io.pairwire.dpi.quic;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * HKDF with SHA-256, <a href="https://www.rfc-editor.org/rfc/rfc5869">RFC 5869</a>, as far as Initial packets need it: keys of
 * one block, outputs of one block. Not thread-safe.
 *
 * <p>The JDK has one, but each of its steps looks providers up and copies keys, which takes longer than the four hashes do.
 */
final class KeyDerivation {
    private static final int BLOCK = 64;
    private static final int HASH = 32;
    private static final byte INNER = 0x36;
    private static final byte OUTER = 0x5c;

    private final MessageDigest digest;
    private final byte[] pad = new byte[BLOCK];

    KeyDerivation() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("this Java lacks SHA-256", missing);
        }
    }

    /** HKDF-Extract, §2.2. */
    byte[] extract(byte[] salt, byte[] material) {
        return mac(salt, material);
    }

    /** HKDF-Expand-Label with an empty context, RFC 8446 §7.1. */
    byte[] expand(byte[] secret, String label, int length) {
        return Arrays.copyOf(mac(secret, info(label, length)), length);
    }

    /** What goes into the first block of HKDF-Expand, §2.3, with the number of the block behind it. */
    private static byte[] info(String label, int length) {
        var text = ("tls13 " + label).getBytes(StandardCharsets.US_ASCII);
        var bytes = new byte[2 + 1 + text.length + 1 + 1];
        bytes[0] = (byte) (length >>> 8);
        bytes[1] = (byte) length;
        bytes[2] = (byte) text.length;
        System.arraycopy(text, 0, bytes, 3, text.length);
        bytes[bytes.length - 1] = 1;
        return bytes;
    }

    /** HMAC, RFC 2104, of a key that is no longer than a block. */
    private byte[] mac(byte[] key, byte[] message) {
        digest.update(padded(key, INNER));
        byte[] inner = digest.digest(message);
        digest.update(padded(key, OUTER));
        byte[] outer = digest.digest(inner);
        if (outer.length != HASH) throw new IllegalStateException("SHA-256 gave " + outer.length + " bytes");
        return outer;
    }

    private byte[] padded(byte[] key, byte with) {
        Arrays.fill(pad, with);
        for (int i = 0; i < key.length; i++) pad[i] ^= key[i];
        return pad;
    }
}
