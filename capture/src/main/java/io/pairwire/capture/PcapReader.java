package io.pairwire.capture;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Reads classic pcap files: microseconds, nanoseconds and the modified form, both byte orders
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
 *  |     snaplen     |                               | modified: interface, protocol,
 *  +----+-+-+--------+                               |           packet type, 8 bytes
 *  |FCS |R|P|linkType|  only the low 16 bits         +-----------------+
 *  +----+-+-+--------+  are the link type            | captured bytes…
 * </pre>
 *
 * <p>A record may be longer than the file's snapshot length, as some writers leave that at a small number: up to
 * {@value PcapFormat#SNAPLEN} bytes are believed. A fraction of a second or more is carried into the seconds. An original
 * length above 2^31 - 1 is reported as that. Before version 2.3 the two lengths were written the other way round, in 2.3
 * by some programs: there the smaller is the captured one.
 */
public final class PcapReader extends RecordReader {
    /** Bytes read at once unless told otherwise; more does not make reading faster. */
    public static final int BUFFER_LENGTH = 1 << 20;

    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final int LONGEST_RECORD = 256 << 20;
    private static final int FCS_LENGTH_PRESENT = 0x0400_0000;

    /** How far apart the times of neighbours may be where a record is searched, seconds: 30 days. */
    private static final long NEAR = 30 * 86_400;

    /** DG/UX wrote that as a version. */
    private static final int DG_UX = 543;

    private final PcapFormat format;
    private final boolean modified;
    private final boolean swapped;
    private final long nanosPerUnit;
    private final int linkType;
    private final int recordHeader;
    private final int lengthLimit;

    /** Where in the record header the captured and the original length are. */
    private final int capturedAt;

    private final int originalAt;

    /** Whether some programs wrote the lengths the other way round. */
    private final boolean lengthsMayBeSwapped;

    /** Of records as we would write them, see {@link PcapFormat#style}; 0 if this file has none. */
    private final int style;

    /** Fractions below that are fractions. */
    private final long units;

    private final CaptureDescription description;
    private long lastSeconds;

    /** Takes over a window whose next byte is the first of the file. */
    PcapReader(StreamWindow window, ReadOptions options, DamageListener listener) throws IOException {
        super(window, options, listener);
        if (!window.fill(PcapFormat.FILE_HEADER)) {
            int length = window.available();
            throw length == 0
                    ? damaged(DamageKind.EMPTY, "empty")
                    : damaged(DamageKind.CUT_HEADER, "file header cut after " + length + " of 24 bytes");
        }
        int magic = window.memory().get(U32, window.at());
        swapped = switch (magic) {
            case PcapFormat.MAGIC_MICROSECONDS, PcapFormat.MAGIC_NANOSECONDS, PcapFormat.MAGIC_MODIFIED -> false;
            default -> true;
        };
        magic = ordered(magic, swapped);
        boolean nanoseconds = magic == PcapFormat.MAGIC_NANOSECONDS;
        modified = magic == PcapFormat.MAGIC_MODIFIED;
        if (!nanoseconds && !modified && magic != PcapFormat.MAGIC_MICROSECONDS) {
            throw damaged(DamageKind.BAD_MAGIC, String.format("not classic pcap: magic %08x", magic));
        }
        int version = header(4);
        int major = swapped ? version >>> 16 : version & 0xffff;
        int minor = swapped ? version & 0xffff : version >>> 16;
        if (major != PcapFormat.MAJOR && !(major == DG_UX && minor == 0)) {
            throw new MalformedCaptureException(
                    DamageKind.BAD_VERSION, 4, "pcap version is not 2.x: " + major + "." + minor);
        }
        boolean old = major == DG_UX || minor < 3;
        capturedAt = old ? 12 : 8;
        originalAt = old ? 8 : 12;
        lengthsMayBeSwapped = major == PcapFormat.MAJOR && minor == 3;
        int snaplen = header(16);
        if (snaplen == 0) snaplen = PcapFormat.SNAPLEN; // some writers mean "no limit"
        if (snaplen < 0) snaplen = Integer.MAX_VALUE; // unsigned
        int link = header(20);
        linkType = link & 0xffff;
        int fcsLength = (link & FCS_LENGTH_PRESENT) == 0 ? -1 : 2 * (link >>> 28);
        format = new PcapFormat(
                swapped ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN, nanoseconds, linkType, snaplen);
        nanosPerUnit = nanoseconds ? 1 : 1_000;
        units = NANOS_PER_SECOND / nanosPerUnit;
        style = modified || old || lengthsMayBeSwapped ? 0 : format.style();
        recordHeader = modified ? PcapFormat.MODIFIED_RECORD_HEADER : PcapFormat.RECORD_HEADER;
        lengthLimit = Math.min(Math.max(snaplen, PcapFormat.SNAPLEN), LONGEST_RECORD);
        description = describe(major, minor, fcsLength);
        window.skip(PcapFormat.FILE_HEADER);
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
            var window = new StreamWindow(channel, bufferLength);
            return new PcapReader(window, ReadOptions.DEFAULT, CaptureFormat.NOBODY);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private int header(int at) {
        return ordered(window.memory().get(U32, window.at() + at), swapped);
    }

    // One branch that always goes the same way is cheaper than a layout that is not a constant.
    private static int ordered(int value, boolean swapped) {
        return swapped ? Integer.reverseBytes(value) : value;
    }

    private CaptureDescription describe(int major, int minor, int fcsLength) {
        var resolution = format.nanoseconds() ? TimeResolution.NANOSECONDS : TimeResolution.MICROSECONDS;
        var only = new CaptureInterface(
                linkType, format.snaplen(), resolution, 0, fcsLength, 0, "", "", "", "", "", List.of());
        return CaptureDescription.of(
                modified ? CaptureFormat.MODIFIED_PCAP : CaptureFormat.PCAP,
                CaptureSection.of(format.order(), major, minor),
                only);
    }

    /** What the file header says; a snapshot length of 0 is given as {@value PcapFormat#SNAPLEN}. */
    public PcapFormat format() {
        return format;
    }

    @Override
    public CaptureDescription description() {
        return description;
    }

    @Override
    boolean read(Packet packet) throws IOException {
        StreamWindow window = this.window;
        int header = recordHeader;
        if (window.available() < header && !window.fill(header)) {
            int length = window.available();
            if (length == 0) return false;
            throw damaged(DamageKind.CUT_RECORD, "record header cut after " + length + " of " + header + " bytes");
        }
        int captured = ordered(window.memory().get(U32, window.at() + capturedAt), swapped);
        int original = ordered(window.memory().get(U32, window.at() + originalAt), swapped);
        if (lengthsMayBeSwapped && Integer.compareUnsigned(captured, original) > 0) {
            int written = captured;
            captured = original;
            original = written;
        }
        if (captured < 0 || captured > lengthLimit) {
            throw damaged(
                    DamageKind.LENGTH_LIES,
                    "captured length " + Integer.toUnsignedString(captured) + " exceeds " + lengthLimit
                            + ", snaplen is " + format.snaplen());
        }
        if (captured == 0 && original == 0 && !endsAtDamage() && isZeros()) {
            throw damaged(DamageKind.ZEROS, "zeros instead of a record");
        }
        int length = header + captured;
        if (window.available() < length && !window.fill(length)) {
            int there = window.available() - header;
            throw damaged(DamageKind.CUT_RECORD, "record data cut after " + there + " of " + captured + " bytes");
        }
        MemorySegment memory = window.memory();
        int at = window.at();
        long seconds = Integer.toUnsignedLong(ordered(memory.get(U32, at), swapped));
        long fraction = Integer.toUnsignedLong(ordered(memory.get(U32, at + 4), swapped));
        packet.moveTo(
                        memory,
                        at + header,
                        captured,
                        original < 0 ? Integer.MAX_VALUE : original,
                        seconds * NANOS_PER_SECOND + fraction * nanosPerUnit)
                .linkType(linkType)
                .interfaceIndex(0)
                .from(packet.file(), ++number);
        if (original >= 0 && fraction < units) packet.record(style);
        lastSeconds = seconds;
        recordPosition = window.position();
        window.skip(length);
        return true;
    }

    /** Zeros could be records of nothing in 1970. Whoever searches behind damages does not want them. */
    private boolean isZeros() {
        return header(0) == 0 && header(4) == 0;
    }

    @Override
    boolean isWhole() {
        if (window.available() < recordHeader) return false;
        int captured = ordered(window.memory().get(U32, window.at() + capturedAt), swapped);
        if (lengthsMayBeSwapped)
            captured = Math.min(captured, ordered(window.memory().get(U32, window.at() + originalAt), swapped));
        if (captured < 0 || captured > lengthLimit) return endsAtDamage();
        return captured <= window.available() - recordHeader;
    }

    /** Two headers in a row that are plausible, or one if the file ends behind it. */
    @Override
    boolean isRecordHere() throws IOException {
        if (!window.fillAmply(recordHeader)) return false;
        int captured = plausibleLength(0);
        if (captured < 0) return false;
        int second = recordHeader + captured;
        if (window.fillAmply(second + recordHeader)) {
            return plausibleLength(second) >= 0 && isNear(seconds(0), seconds(second));
        }
        return window.available() == second && (number == 0 || isNear(seconds(0), lastSeconds));
    }

    private long seconds(int from) {
        return Integer.toUnsignedLong(header(from));
    }

    private static boolean isNear(long one, long other) {
        return Math.abs(one - other) <= NEAR;
    }

    /** Captured bytes of a record whose header lies there, behind where the window stands; -1 if it is none. */
    private int plausibleLength(int from) {
        int captured = header(from + capturedAt);
        int original = header(from + originalAt);
        long fraction = Integer.toUnsignedLong(header(from + 4));
        boolean plausible = captured > 0
                && captured <= Math.min(lengthLimit, LONGEST_FOUND)
                && original >= captured
                && fraction * nanosPerUnit < NANOS_PER_SECOND;
        return plausible ? captured : -1;
    }
}
