package io.pairwire.capture;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Reads classic pcap files, version 2: microseconds and nanoseconds, both byte orders
 * (<a href="https://datatracker.ietf.org/doc/draft-ietf-opsawg-pcap/">draft-ietf-opsawg-pcap</a>).
 *
 * <pre>
 *  file header, 24 bytes                             record header, 16 bytes
 *  +--------+--------+                               +-----------------+
 *  |      magic      |  tells unit and order         |     seconds     |  unsigned, good until 2106
 *  +--------+--------+                               +-----------------+
 *  |  major |  minor |  2.4                          | micros or nanos |
 *  +--------+--------+                               +-----------------+
 *  |   time zone     |  not used                     | captured length |
 *  +-----------------+                               +-----------------+
 *  |    accuracy     |  not used                     | original length |
 *  +-----------------+                               +-----------------+
 *  |     snaplen     |                               | captured bytes…
 *  +--------+--------+
 *  |  FCS … |linkType|  only the low 16 bits are the link type
 *  +--------+--------+
 * </pre>
 *
 * <p>A record may be longer than the file's snapshot length, as some writers leave that at a small number: up to
 * {@value PcapFormat#SNAPLEN} bytes are believed. A fraction of a second or more is carried into the seconds. An original
 * length above 2^31 - 1 is reported as that.
 */
public final class PcapReader implements CaptureReader {
    /** Bytes read at once unless told otherwise; more does not make reading faster. */
    public static final int BUFFER_LENGTH = 1 << 20;

    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final int LONGEST_RECORD = 256 << 20;

    private final StreamWindow window;
    private final PcapFormat format;
    private final boolean swapped;
    private final long nanosPerUnit;
    private final int linkType;
    private final int lengthLimit;
    private long number;
    private long recordPosition;
    private @Nullable MalformedCaptureException damage;

    /** Takes over a window whose next byte is the first of the file. */
    PcapReader(StreamWindow window) throws IOException {
        this.window = window;
        format = readFormat(window);
        swapped = format.order() == ByteOrder.BIG_ENDIAN;
        nanosPerUnit = format.nanoseconds() ? 1 : 1_000;
        linkType = format.linkType();
        lengthLimit = Math.min(Math.max(format.snaplen(), PcapFormat.SNAPLEN), LONGEST_RECORD);
    }

    /** Opens a file and reads its header. */
    public static PcapReader open(Path path) throws IOException {
        return open(FileChannel.open(path, StandardOpenOption.READ));
    }

    /** Reads the file header from a channel in blocking mode, which {@link #close} closes, as does a failure here. */
    public static PcapReader open(ReadableByteChannel channel) throws IOException {
        return open(channel, BUFFER_LENGTH);
    }

    /**
     * Reads the file header from a channel in blocking mode, which {@link #close} closes, as does a failure here.
     *
     * @param bufferLength bytes read at once, from 1; grows for a record that is longer
     */
    public static PcapReader open(ReadableByteChannel channel, int bufferLength) throws IOException {
        if (bufferLength < 1) throw new IllegalArgumentException("bufferLength is below 1: " + bufferLength);
        try {
            return new PcapReader(new StreamWindow(channel, bufferLength));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static PcapFormat readFormat(StreamWindow window) throws IOException {
        if (!window.fill(PcapFormat.FILE_HEADER)) {
            int length = window.available();
            throw new MalformedCaptureException(
                    0, length == 0 ? "empty" : "file header cut after " + length + " of 24 bytes");
        }
        MemorySegment memory = window.memory();
        int at = window.at();
        int magic = memory.get(U32, at);
        boolean swapped = switch (magic) {
            case PcapFormat.MAGIC_MICROSECONDS, PcapFormat.MAGIC_NANOSECONDS -> false;
            default -> true;
        };
        magic = ordered(magic, swapped);
        if (magic != PcapFormat.MAGIC_MICROSECONDS && magic != PcapFormat.MAGIC_NANOSECONDS) {
            throw new MalformedCaptureException(0, String.format("not classic pcap: magic %08x", magic));
        }
        int version = ordered(memory.get(U32, at + 4), swapped);
        int major = swapped ? version >>> 16 : version & 0xffff;
        int minor = swapped ? version & 0xffff : version >>> 16;
        if (major != PcapFormat.MAJOR) {
            throw new MalformedCaptureException(4, "pcap version is not 2.x: " + major + "." + minor);
        }
        int snaplen = ordered(memory.get(U32, at + 16), swapped);
        if (snaplen == 0) snaplen = PcapFormat.SNAPLEN; // some writers mean "no limit"
        if (snaplen < 0) snaplen = Integer.MAX_VALUE; // unsigned
        int linkType = ordered(memory.get(U32, at + 20), swapped) & 0xffff;
        window.skip(PcapFormat.FILE_HEADER);
        return new PcapFormat(
                swapped ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN,
                magic == PcapFormat.MAGIC_NANOSECONDS,
                linkType,
                snaplen);
    }

    // One branch that always goes the same way is cheaper than a layout that is not a constant.
    private static int ordered(int value, boolean swapped) {
        return swapped ? Integer.reverseBytes(value) : value;
    }

    /** What the file header says; a snapshot length of 0 is given as {@value PcapFormat#SNAPLEN}. */
    public PcapFormat format() {
        return format;
    }

    @Override
    public boolean next(Packet packet) throws IOException {
        StreamWindow window = this.window;
        if (damage != null) throw damage;
        if (window.available() < PcapFormat.RECORD_HEADER && !window.fill(PcapFormat.RECORD_HEADER)) {
            int length = window.available();
            if (length == 0) return false;
            throw damaged("record header cut after " + length + " of " + PcapFormat.RECORD_HEADER + " bytes");
        }
        int captured = ordered(window.memory().get(U32, window.at() + 8), swapped);
        if (captured < 0 || captured > lengthLimit) {
            throw damaged("captured length " + Integer.toUnsignedString(captured) + " exceeds " + lengthLimit
                    + ", snaplen is " + format.snaplen());
        }
        int length = PcapFormat.RECORD_HEADER + captured;
        if (window.available() < length && !window.fill(length)) {
            throw damaged("record data cut after " + (window.available() - PcapFormat.RECORD_HEADER) + " of " + captured
                    + " bytes");
        }
        MemorySegment memory = window.memory();
        int at = window.at();
        long seconds = Integer.toUnsignedLong(ordered(memory.get(U32, at), swapped));
        long fraction = Integer.toUnsignedLong(ordered(memory.get(U32, at + 4), swapped));
        int original = ordered(memory.get(U32, at + 12), swapped);
        packet.moveTo(
                        memory,
                        at + PcapFormat.RECORD_HEADER,
                        captured,
                        original < 0 ? Integer.MAX_VALUE : original,
                        seconds * NANOS_PER_SECOND + fraction * nanosPerUnit)
                .linkType(linkType)
                .from(packet.file(), ++number);
        recordPosition = window.position();
        window.skip(length);
        return true;
    }

    private MalformedCaptureException damaged(String what) {
        var found = new MalformedCaptureException(window.position(), what);
        damage = found;
        return found;
    }

    @Override
    public boolean ready() {
        if (damage != null || window.ended()) return true;
        if (window.available() < PcapFormat.RECORD_HEADER) return false;
        int captured = ordered(window.memory().get(U32, window.at() + 8), swapped);
        return captured < 0 || captured > lengthLimit || captured <= window.available() - PcapFormat.RECORD_HEADER;
    }

    @Override
    public long bytesRead() {
        return window.bytesRead();
    }

    @Override
    public long position() {
        return window.position();
    }

    @Override
    public long recordPosition() {
        return recordPosition;
    }

    @Override
    public boolean seekable() {
        return window.channel() instanceof SeekableByteChannel;
    }

    @Override
    public void seek(long position, long number) throws IOException {
        if (!seekable()) throw new UnsupportedOperationException("seek on " + window.channel());
        window.seek(position);
        this.number = number - 1;
        damage = null;
    }

    @Override
    public void close() throws IOException {
        window.channel().close();
    }
}
