package io.pairwire.engine.cache;

import io.pairwire.capture.index.FileIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * What a result is the result of, as a hash: of files, in their order, by what tells their contents; of an analysis, its
 * version and its options.
 *
 * @param hash 32 hexadecimal digits
 */
public record CacheKey(String hash) {
    private static final int BYTES = 16;
    private static final int CHUNK = 1 << 16;

    public CacheKey {
        if (!hash.matches("[0-9a-f]{32}")) throw new IllegalArgumentException("not a hash: " + hash);
    }

    /**
     * The key of files as they are now: their paths, lengths, times of change and a sample of their bytes.
     *
     * @param analysis what is done
     * @param version of it, which changes whenever the same files may give another result
     * @param options that the result depends on, in one order
     */
    public static CacheKey of(List<Path> files, String analysis, int version, List<String> options) throws IOException {
        MessageDigest hash = begin(analysis, version, options);
        for (Path file : files) {
            var identity = FileIdentity.of(file);
            add(hash, file.toAbsolutePath().normalize().toString());
            add(hash, identity.length());
            add(hash, identity.modifiedNanos());
            add(hash, identity.sample());
        }
        return end(hash);
    }

    /** As the other, but by all bytes of the files, wherever they are and whenever they were changed: it reads them. */
    public static CacheKey verified(List<Path> files, String analysis, int version, List<String> options)
            throws IOException {
        MessageDigest hash = begin(analysis, version, options);
        add(hash, "verified");
        byte[] chunk = new byte[CHUNK];
        for (Path file : files) {
            MessageDigest content = sha256();
            long length = 0;
            try (InputStream in = Files.newInputStream(file)) {
                for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                    content.update(chunk, 0, read);
                    length += read;
                }
            }
            add(hash, length);
            hash.update(content.digest());
        }
        return end(hash);
    }

    private static MessageDigest begin(String analysis, int version, List<String> options) {
        MessageDigest hash = sha256();
        add(hash, analysis);
        add(hash, version);
        add(hash, options.size());
        for (String option : options) add(hash, option);
        return hash;
    }

    private static CacheKey end(MessageDigest hash) {
        return new CacheKey(HexFormat.of().formatHex(hash.digest(), 0, BYTES));
    }

    private static void add(MessageDigest hash, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        add(hash, bytes.length);
        hash.update(bytes);
    }

    private static void add(MessageDigest hash, long number) {
        hash.update(ByteBuffer.allocate(Long.BYTES).putLong(number).flip());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK has no SHA-256, which every Java platform must have", e);
        }
    }
}
