package io.pairwire.capture.edit;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Names of the parts of a capture, as editcap and dumpcap make them: {@code day.pcap} becomes
 * {@code day_00001_20260131120000.pcap}, with the number of the part from 1 and the UTC time of its first packet.
 */
public final class PartNames {
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final Path whole;
    private final String stem;
    private final String extension;

    /** Parts lie beside {@code whole}, and are named after it. */
    public PartNames(Path whole) {
        Path name = whole.getFileName();
        if (name == null) throw new IllegalArgumentException("not the name of a file: " + whole);
        this.whole = whole;
        String text = name.toString();
        int dot = extensionAt(text);
        stem = text.substring(0, dot);
        extension = text.substring(dot);
    }

    /** Where the extension begins, two of them if the last one is that of a compression. */
    private static int extensionAt(String name) {
        int dot = name.lastIndexOf('.');
        if (dot <= 0) return name.length();
        boolean compressed = name.substring(dot).matches("\\.(gz|zst|lz4|xz)");
        int before = compressed ? name.lastIndexOf('.', dot - 1) : dot;
        return before > 0 ? before : dot;
    }

    /** The name of a part. */
    public Path of(long number, long firstNanos) {
        Instant first = Instant.ofEpochSecond(Math.floorDiv(firstNanos, NANOS_PER_SECOND));
        String digits = String.format(Locale.ROOT, "%05d", number);
        return whole.resolveSibling(stem + "_" + digits + "_" + SECOND.format(first) + extension);
    }
}
