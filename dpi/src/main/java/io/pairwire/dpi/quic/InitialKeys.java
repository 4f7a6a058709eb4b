package io.pairwire.dpi.quic;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys of one direction's Initial packets, <a href="https://www.rfc-editor.org/rfc/rfc9001">RFC 9001</a> §5. They hide
 * nothing: whoever sees the client's first connection id has them. Not thread-safe.
 */
final class InitialKeys {
    /** Bytes that a header is masked with, and that are sampled for it, §5.4. */
    static final int SAMPLE = 16;

    private static final int TAG_BITS = 128;
    private static final int SECRET = 32;
    private static final int KEY = 16;
    private static final int NONCE = 12;

    private final SecretKey key;
    private final byte[] nonce;
    private final Cipher mask;

    private InitialKeys(SecretKey key, byte[] nonce, Cipher mask) {
        this.key = key;
        this.nonce = nonce;
        this.mask = mask;
    }

    /** @param connectionId the destination that the client chose for its first packet */
    static InitialKeys of(QuicVersion version, byte[] connectionId, boolean fromClient) {
        try {
            var derivation = KDF.getInstance("HKDF-SHA256");
            var extract = HKDFParameterSpec.ofExtract().addSalt(version.salt).addIKM(connectionId);
            var secret = derivation.deriveData(
                    extract.thenExpand(label(fromClient ? "client in" : "server in", SECRET), SECRET));
            var key = expand(derivation, secret, version.label + "key", KEY);
            var nonce = expand(derivation, secret, version.label + "iv", NONCE);
            var header = expand(derivation, secret, version.label + "hp", KEY);
            var mask = Cipher.getInstance("AES/ECB/NoPadding"); // one block, as §5.4.3 wants it
            mask.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(header, "AES"));
            return new InitialKeys(new SecretKeySpec(key, "AES"), nonce, mask);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java lacks HKDF-SHA256 or AES", missing);
        }
    }

    private static byte[] expand(KDF derivation, byte[] secret, String label, int length)
            throws InvalidAlgorithmParameterException, java.security.NoSuchAlgorithmException {
        var pseudoRandomKey = new SecretKeySpec(secret, "Generic");
        return derivation.deriveData(HKDFParameterSpec.expandOnly(pseudoRandomKey, label(label, length), length));
    }

    /** HKDF-Expand-Label's input with an empty context, RFC 8446 §7.1. */
    private static byte[] label(String label, int length) {
        var text = ("tls13 " + label).getBytes(StandardCharsets.US_ASCII);
        var bytes = new byte[2 + 1 + text.length + 1];
        bytes[0] = (byte) (length >>> 8);
        bytes[1] = (byte) length;
        bytes[2] = (byte) text.length;
        System.arraycopy(text, 0, bytes, 3, text.length);
        return bytes;
    }

    /** What a header was masked with. */
    byte[] mask(byte[] sample) {
        try {
            return mask.doFinal(sample, 0, SAMPLE);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("one block could not be encrypted", impossible);
        }
    }

    /** The clear text; nothing if the packet was not made with these keys. */
    Optional<byte[]> open(byte[] header, byte[] sealed, long packetNumber) {
        try {
            return Optional.of(cipher(Cipher.DECRYPT_MODE, header, packetNumber).doFinal(sealed));
        } catch (AEADBadTagException notOurs) {
            return Optional.empty();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("a packet could not be opened", impossible);
        }
    }

    /** What a peer does: the other way round. */
    byte[] seal(byte[] header, byte[] clear, long packetNumber) {
        try {
            return cipher(Cipher.ENCRYPT_MODE, header, packetNumber).doFinal(clear);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("a packet could not be sealed", impossible);
        }
    }

    private Cipher cipher(int mode, byte[] header, long packetNumber) throws GeneralSecurityException {
        var once = nonce.clone();
        for (int i = 0; i < Long.BYTES; i++) once[NONCE - 1 - i] ^= (byte) (packetNumber >>> 8 * i);
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, once));
        cipher.updateAAD(header);
        return cipher;
    }
}
