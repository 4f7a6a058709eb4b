package io.pairwire.dpi.ssh;

import io.pairwire.dpi.bytes.ByteCursor;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What a side offers, <a href="https://www.rfc-editor.org/rfc/rfc4253">RFC 4253</a> §7.1; lists as sent, separated by commas.
 *
 * @param keyExchange methods of key exchange; the others are named after what they list and the direction they are for
 */
public record KeyExchangeInit(
        String keyExchange,
        String hostKeys,
        String ciphersToServer,
        String ciphersToClient,
        String macsToServer,
        String macsToClient,
        String compressionToServer,
        String compressionToClient) {
    /** Message number, RFC 4253 §12. */
    public static final int MESSAGE = 20;

    private static final int COOKIE = 16;
    private static final int LONGEST_LIST = 16 * 1024;

    /** Reads the payload of a packet, from its message number on; nothing if it is another message or was cut. */
    public static Optional<KeyExchangeInit> read(ByteCursor payload) {
        if (payload.u8() != MESSAGE) return Optional.empty();
        payload.skip(COOKIE);
        var init = new KeyExchangeInit(
                list(payload),
                list(payload),
                list(payload),
                list(payload),
                list(payload),
                list(payload),
                list(payload),
                list(payload));
        return payload.failed() ? Optional.empty() : Optional.of(init);
    }

    private static String list(ByteCursor payload) {
        long length = payload.u32();
        return payload.text(length <= LONGEST_LIST ? length : -1);
    }

    /** HASSH (the method of salesforce/hassh) of what a client offers: MD5 in 32 hexadecimal digits. */
    public String hassh() {
        return md5(keyExchange + ";" + ciphersToServer + ";" + macsToServer + ";" + compressionToServer);
    }

    /** The same of what a server offers. */
    public String hasshServer() {
        return md5(keyExchange + ";" + ciphersToClient + ";" + macsToClient + ";" + compressionToClient);
    }

    private static String md5(String text) {
        try {
            var digest = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.ISO_8859_1));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("this Java has no MD5", missing);
        }
    }
}
