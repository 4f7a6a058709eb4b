package io.pairwire.capture;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.ReadableByteChannel;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** What a stream is, told by its first bytes, and the door to the reader for it. */
public enum CaptureFormat {
    /** Classic pcap. */
    PCAP("pcap", "", "d4c3b2a1|a1b2c3d4|4d3cb2a1|a1b23c4d"),

    /** Classic pcap with longer record headers, written by an old patched libpcap. */
    MODIFIED_PCAP("modified pcap", "convert it with: editcap -F pcap IN OUT", "34cdb2a1|a1b2cd34"),

    PCAPNG("pcapng", "convert it with: editcap -F pcap IN OUT", "0a0d0d0a"),

    /** RFC 1761. */
    SNOOP("snoop", "convert it with: editcap -F pcap IN OUT", "736e6f6f70000000"),

    /** RFC 1952. */
    GZIP("gzip", "unpack it with: gzip -d", "1f8b"),

    /** RFC 8878; the first frame may be a skippable one. */
    ZSTD("zstd", "unpack it with: zstd -d", "28b52ffd|5.2a4d18"),

    /** Frame and legacy format. */
    LZ4("lz4", "unpack it with: lz4 -d", "04224d18|02214c18"),

    XZ("xz", "unpack it with: xz -d", "fd377a585a00"),

    /** Nothing that is known here. */
    UNKNOWN("unknown", "", "");

    /** Bytes that are enough to recognise any of the formats. */
    public static final int HEAD = 8;

    private static final int SHORTEST_MAGIC = 4;

    private final String label;
    private final String advice;
    private final Pattern magic;

    CaptureFormat(String label, String advice, String magic) {
        this.label = label;
        this.advice = advice;
        this.magic = Pattern.compile(magic);
    }

    /** Recognises a stream by its first bytes, {@value #HEAD} or as many as there are. */
    public static CaptureFormat of(byte[] head) {
        String hex = HexFormat.of().formatHex(head);
        for (CaptureFormat format : values()) {
            if (format.magic.matcher(hex).lookingAt()) return format;
        }
        return UNKNOWN;
    }

    /** Reads as much as is needed to know the format, and gives the reader for it; see the other method. */
    public static CaptureReader open(ReadableByteChannel channel) throws IOException {
        return open(channel, PcapReader.BUFFER_LENGTH);
    }

    /**
     * Reads as much as is needed to know the format, and gives the reader for it. What is compressed is unpacked, once: a
     * compressed stream inside a compressed stream is refused.
     *
     * @param channel in blocking mode; closed by the reader, and by a failure here
     * @param bufferLength bytes read at once, from 1
     * @throws UnsupportedCaptureException if there is no reader for what it is
     * @throws MalformedCaptureException if the header of the file is cut or wrong
     */
    public static CaptureReader open(ReadableByteChannel channel, int bufferLength) throws IOException {
        if (bufferLength < 1) throw new IllegalArgumentException("bufferLength is below 1: " + bufferLength);
        var window = new StreamWindow(channel, bufferLength);
        try {
            return open(window);
        } catch (IOException e) {
            window.channel().close();
            throw e;
        }
    }

    /** As above, but leaves {@link StreamWindow#channel} open whatever happens; it may be another one afterwards. */
    static CaptureReader open(StreamWindow window) throws IOException {
        byte[] head = head(window);
        CaptureFormat format = of(head);
        if (Compressions.isCompression(format)) {
            window.unpack(Compressions.of(format));
            head = head(window);
            CaptureFormat inner = of(head);
            if (Compressions.isCompression(inner)) {
                throw new UnsupportedCaptureException(
                        inner, inner + " inside " + format + " is not unpacked; " + format.advice);
            }
            format = inner;
        }
        if (format == PCAP) return new PcapReader(window);
        if (format == UNKNOWN && head.length < SHORTEST_MAGIC) {
            throw new MalformedCaptureException(
                    0, head.length == 0 ? "empty" : "too short for a capture: " + head.length + " bytes");
        }
        throw new UnsupportedCaptureException(
                format,
                format == UNKNOWN
                        ? "not a capture file: it begins with "
                                + HexFormat.ofDelimiter(" ").formatHex(head)
                        : format.label + " is not readable yet; " + format.advice);
    }

    private static byte[] head(StreamWindow window) throws IOException {
        window.fill(HEAD);
        byte[] head = new byte[Math.min(HEAD, window.available())];
        MemorySegment.copy(window.memory(), ValueLayout.JAVA_BYTE, window.at(), head, 0, head.length);
        return head;
    }

    /** The name people know it by. */
    @Override
    public String toString() {
        return label;
    }
}
