package io.pairwire.decode.rewrite;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;

/** AES on single blocks of 16 bytes: the keyed random function that every mapping here is made of. Not thread-safe. */
final class BlockCipher {
    static final int BLOCK = 16;

    private final Cipher aes;

    BlockCipher(byte[] key) {
        try {
            aes = Cipher.getInstance("AES/ECB/NoPadding");
            aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no AES, which every Java platform must have", e);
        }
    }

    /** Encrypts each of the first {@code count} blocks. */
    void encrypt(byte[] from, byte[] to, int count) {
        try {
            aes.update(from, 0, count * BLOCK, to, 0);
        } catch (ShortBufferException e) {
            throw new IllegalArgumentException("fewer than " + count + " blocks in " + to.length + " bytes", e);
        }
    }
}
