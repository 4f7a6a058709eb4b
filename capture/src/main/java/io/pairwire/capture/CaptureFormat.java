package io.pairwire.capture;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** What a stream is, told by its first bytes, and the door to the reader for it. */
public enum CaptureFormat {
    /** Classic pcap. */
    PCAP("pcap", "", "d4c3b2a1|a1b2c3d4|4d3cb2a1|a1b23c4d"),

    /** Classic pcap with longer record headers, written by an old patched libpcap. */
    MODIFIED_PCAP("modified pcap", "", "34cdb2a1|a1b2cd34"),

    PCAPNG("pcapng", "", "0a0d0d0a"),

    /** RFC 1761. */
    SNOOP("snoop", "", "736e6f6f70000000"),

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

    /** Leaves it to {@link CaptureReader#damages} to tell that there was a damage. */
    static final DamageListener NOBODY = (damage, packets, resumedAt) -> {};

    private static final int SHORTEST_MAGIC = 4;
    private static final long SHORTEST_MAPPING = 4 << 10;
    private static final long LONGEST_MAPPING = 1 << 30;

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

    /** Reads as much as is needed to know the format, and gives the reader for it; see the last of these methods. */
    public static CaptureReader open(ReadableByteChannel channel) throws IOException {
        return open(channel, PcapReader.BUFFER_LENGTH);
    }

    /** Reads as much as is needed to know the format, and gives the reader for it; see the last of these methods. */
    public static CaptureReader open(ReadableByteChannel channel, int bufferLength) throws IOException {
        return open(channel, bufferLength, ReadOptions.DEFAULT, NOBODY);
    }

    /**
     * Reads as much as is needed to know the format, and gives the reader for it. What is compressed is unpacked, once: a
     * compressed stream inside a compressed stream is refused.
     *
     * @param channel in blocking mode; closed by the reader, and by a failure here
     * @param bufferLength bytes read at once, from 1
     * @param options how to read
     * @param listener is told of damages that do not end the reading
     * @throws UnsupportedCaptureException if there is no reader for what it is
     * @throws MalformedCaptureException if the header of the file is cut or wrong
     */
    public static CaptureReader open(
            ReadableByteChannel channel, int bufferLength, ReadOptions options, DamageListener listener)
            throws IOException {
        if (bufferLength < 1) throw new IllegalArgumentException("bufferLength is below 1: " + bufferLength);
        return open(channel, ByteBuffer.allocateDirect(bufferLength), options, listener);
    }

    /**
     * As above, with the buffer to read into, which belongs to the reader until that is closed. For who opens many files
     * one after the other.
     *
     * @param buffer direct, used whole whatever its position and limit; a longer one takes its place for a record that
     *     does not fit
     */
    public static CaptureReader open(
            ReadableByteChannel channel, ByteBuffer buffer, ReadOptions options, DamageListener listener)
            throws IOException {
        var window = new StreamWindow(channel, buffer);
        try {
            return open(window, options, listener);
        } catch (IOException e) {
            window.channel().close();
            throw e;
        }
    }

    /**
     * Gives a reader that sees a file in place, mapped piece by piece instead of read into a buffer. For random access: who
     * goes through a file from its beginning reads it faster. One thread uses it, and what a packet shows is gone with the
     * piece it lies in, at the latest when the reader is closed.
     *
     * @param file closed by the reader, and by a failure here
     * @param length bytes mapped at once, from 4,096 to 1 GB
     * @throws UnsupportedCaptureException if there is no reader for what it is, or it is compressed
     * @throws MalformedCaptureException if the header of the file is cut or wrong
     */
    public static CaptureReader map(FileChannel file, long length) throws IOException {
        if (length < SHORTEST_MAPPING || length > LONGEST_MAPPING) {
            throw new IllegalArgumentException("length is not 4096 to 1 GB: " + length);
        }
        var window = new StreamWindow(file, length);
        try {
            CaptureFormat format = of(head(window));
            if (Compressions.isCompression(format)) {
                throw new UnsupportedCaptureException(format, "what is compressed cannot be mapped");
            }
            return open(window, ReadOptions.DEFAULT, NOBODY);
        } catch (IOException e) {
            window.unmap();
            file.close();
            throw e;
        }
    }

    /** As above, but leaves {@link StreamWindow#channel} open whatever happens; it may be another one afterwards. */
    static RecordReader open(StreamWindow window, ReadOptions options, DamageListener listener) throws IOException {
        byte[] head = begin(window);
        CaptureFormat format = of(head);
        return switch (format) {
            case PCAP, MODIFIED_PCAP -> new PcapReader(window, options, listener);
            case PCAPNG -> new PcapngReader(window, options, listener);
            case SNOOP -> new SnoopReader(window, options, listener);
            case UNKNOWN -> throw unknown(head);
            case GZIP, ZSTD, LZ4, XZ ->
                throw new UnsupportedCaptureException(
                        format, format + " inside " + window.packing() + " is not unpacked; " + format.advice);
        };
    }

    private static IOException unknown(byte[] head) {
        if (head.length < SHORTEST_MAGIC) {
            return head.length == 0
                    ? new MalformedCaptureException(DamageKind.EMPTY, 0, "empty")
                    : new MalformedCaptureException(
                            DamageKind.CUT_HEADER, 0, "too short for a capture: " + head.length + " bytes");
        }
        return new UnsupportedCaptureException(
                UNKNOWN,
                "not a capture file: it begins with "
                        + HexFormat.ofDelimiter(" ").formatHex(head));
    }

    /** Unpacks from here on what is compressed, and gives the first bytes of what is inside. */
    static byte[] begin(StreamWindow window) throws IOException {
        byte[] head = head(window);
        CaptureFormat format = of(head);
        if (!Compressions.isCompression(format)) return head;
        window.unpack(Compressions.of(format));
        return head(window);
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
