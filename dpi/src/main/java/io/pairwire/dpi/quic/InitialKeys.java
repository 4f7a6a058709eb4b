package io.pairwire.dpi.quic;

import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
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
    private static final String SEALING = "AES/GCM/NoPadding";

    /** Looking up what the JDK has costs more than using it, and what was found is good for one thread. */
    private static final ThreadLocal<Tools> TOOLS = ThreadLocal.withInitial(Tools::new);

    private final SecretKey key;
    private final byte[] nonce;
    private final SecretKey header;

    private static final class Tools {
        final KeyDerivation derivation = new KeyDerivation();
        final Cipher block;
        final Cipher opening;

        Tools() {
            try {
                block = Cipher.getInstance("AES/ECB/NoPadding"); // one block, as §5.4.3 wants it
                opening = Cipher.getInstance(SEALING);
            } catch (GeneralSecurityException missing) {
                throw new IllegalStateException("this Java lacks AES", missing);
            }
        }
    }

    private InitialKeys(byte[] key, byte[] nonce, byte[] header) {
        this.key = new SecretKeySpec(key, "AES");
        this.nonce = nonce;
        this.header = new SecretKeySpec(header, "AES");
    }

    /** @param connectionId the destination that the client chose for its first packet */
    static InitialKeys of(QuicVersion version, byte[] connectionId, boolean fromClient) {
        var derivation = TOOLS.get().derivation;
        byte[] initial = derivation.extract(version.salt, connectionId);
        byte[] secret = derivation.expand(initial, fromClient ? "client in" : "server in", SECRET);
        return new InitialKeys(
                derivation.expand(secret, version.label + "key", KEY),
                derivation.expand(secret, version.label + "iv", NONCE),
                derivation.expand(secret, version.label + "hp", KEY));
    }

    /** What a header was masked with. */
    byte[] mask(byte[] sample) {
        try {
            Cipher block = TOOLS.get().block;
            block.init(Cipher.ENCRYPT_MODE, header);
            return block.doFinal(sample, 0, SAMPLE);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("one block could not be encrypted", impossible);
        }
    }

    /** The clear text; nothing if the packet was not made with these keys. */
    Optional<byte[]> open(byte[] header, byte[] sealed, long packetNumber) {
        try {
            Cipher opening = TOOLS.get().opening;
            init(opening, Cipher.DECRYPT_MODE, header, packetNumber);
            return Optional.of(opening.doFinal(sealed));
        } catch (AEADBadTagException notOurs) {
            return Optional.empty();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("a packet could not be opened", impossible);
        }
    }

    /** What a peer does: the other way round. */
    byte[] seal(byte[] header, byte[] clear, long packetNumber) {
        try {
            Cipher sealing = Cipher.getInstance(SEALING);
            init(sealing, Cipher.ENCRYPT_MODE, header, packetNumber);
            return sealing.doFinal(clear);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("a packet could not be sealed", impossible);
        }
    }

    private void init(Cipher cipher, int mode, byte[] header, long packetNumber) throws GeneralSecurityException {
        var once = nonce.clone();
        for (int i = 0; i < Long.BYTES; i++) once[NONCE - 1 - i] ^= (byte) (packetNumber >>> 8 * i);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, once));
        cipher.updateAAD(header);
    }
}
