package io.pairwire.capture;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Which compressions there are: by the first bytes of a stream, by a name the user says, by the end of a file name. */
public final class Compressions {
    private static final String ARTIFACT = "io.pairwire:pairwire-compression";

    /** Ends of file names, in the order of the letters. */
    private static final Map<String, CaptureFormat> SUFFIXES = new TreeMap<>(Map.of(
            ".gz", CaptureFormat.GZIP,
            ".zst", CaptureFormat.ZSTD,
            ".lz4", CaptureFormat.LZ4,
            ".xz", CaptureFormat.XZ));

    private Compressions() {}

    /** Is the format a compression, with some other format inside? */
    public static boolean isCompression(CaptureFormat format) {
        return SUFFIXES.containsValue(format);
    }

    /** The compression that the end of a file name asks for, small letters or not; empty if none. */
    public static Optional<CaptureFormat> ofFileName(String name) {
        String small = name.toLowerCase(Locale.ROOT);
        return SUFFIXES.entrySet().stream()
                .filter(suffix -> small.endsWith(suffix.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /**
     * The compression of that name: {@code gzip}, {@code lz4}, {@code xz} or {@code zstd}; empty for {@code none}.
     *
     * @throws IllegalArgumentException if there is no such compression
     */
    public static Optional<CaptureFormat> named(String name) {
        if (name.equals("none")) return Optional.empty();
        for (CaptureFormat format : SUFFIXES.values()) {
            if (format.toString().equals(name)) return Optional.of(format);
        }
        String known = SUFFIXES.values().stream().map(CaptureFormat::toString).collect(Collectors.joining(", "));
        throw new IllegalArgumentException("unknown compression '" + name + "': " + known + " or none");
    }

    /**
     * Who packs and unpacks that format.
     *
     * @throws IllegalArgumentException if it is no compression
     * @throws UnsupportedCaptureException if the artifact that can is not on the class path
     */
    public static Compression of(CaptureFormat format) throws UnsupportedCaptureException {
        if (!isCompression(format)) throw new IllegalArgumentException("no compression: " + format);
        if (format == CaptureFormat.GZIP) return Gzip.INSTANCE;
        for (Compression found : ServiceLoader.load(Compression.class, Compression.class.getClassLoader())) {
            if (found.format() == format) return found;
        }
        throw new UnsupportedCaptureException(
                format, format + " needs the artifact " + ARTIFACT + ", which is not on the class path");
    }

    /**
     * Packs what is written from here on; {@code target} itself if there is no compression to apply.
     *
     * @param format as {@link #named} or {@link #ofFileName} told
     * @param target in blocking mode; closed with the channel returned, and by a failure here
     */
    public static WritableByteChannel compress(Optional<CaptureFormat> format, WritableByteChannel target)
            throws IOException {
        if (format.isEmpty()) return target;
        try {
            return of(format.get()).compress(target);
        } catch (IOException e) {
            target.close();
            throw e;
        }
    }
}
