package io.pairwire.capture;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Reads snoop files, versions 1 and 2, <a href="https://www.rfc-editor.org/rfc/rfc1761">RFC 1761</a>. Big endian.
 *
 * <pre>
 *  file header, 16 bytes       record header, 24 bytes
 *  +-----------------+         +-----------------+
 *  |     s n o o     |         | original length |
 *  +-----------------+         +-----------------+
 *  |     p 0 0 0     |         | captured length |
 *  +-----------------+         +-----------------+
 *  |     version     |         |  record length  |  header and padding included
 *  +-----------------+         +-----------------+
 *  |  datalink type  |         |      drops      |  so far
 *  +-----------------+         +-----------------+
 *                              |     seconds     |
 *                              +-----------------+
 *                              |  microseconds   |
 *                              +-----------------+
 *                              | captured bytes… |
 * </pre>
 */
public final class SnoopReader extends RecordReader {
    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final int FILE_HEADER = 16;
    private static final int RECORD_HEADER = 24;
    private static final int LONGEST_RECORD = 1 << 20;
    private static final int MOST_PADDING = 1024;
    private static final long NEAR = 30 * 86_400;

    private final int linkType;
    private final CaptureDescription description;
    private long lastSeconds;

    /** Takes over a window whose next byte is the first of the file. */
    SnoopReader(StreamWindow window, ReadOptions options, DamageListener listener) throws IOException {
        super(window, options, listener);
        if (!window.fill(FILE_HEADER)) {
            throw damaged(DamageKind.CUT_HEADER, "file header cut after " + window.available() + " of 16 bytes");
        }
        int version = u32(8);
        if (version != 1 && version != 2) {
            throw new MalformedCaptureException(
                    DamageKind.BAD_VERSION, 8, "snoop version is not 1 or 2: " + Integer.toUnsignedString(version));
        }
        linkType = linkType(u32(12));
        description = CaptureDescription.of(
                CaptureFormat.SNOOP,
                CaptureSection.of(ByteOrder.BIG_ENDIAN, version, 0),
                CaptureInterface.of(linkType, 0, TimeResolution.MICROSECONDS));
        window.skip(FILE_HEADER);
    }

    /** The registry's number for a datalink type of RFC 1761 and RFC 3827. */
    private static int linkType(int datalink) throws UnsupportedCaptureException {
        return switch (datalink) {
            case 0, 4 -> LinkType.ETHERNET;
            case 2 -> LinkType.IEEE802_5;
            case 5 -> LinkType.C_HDLC;
            case 8 -> LinkType.FDDI;
            case 17 -> LinkType.SUNATM;
            case 26 -> LinkType.IPOIB;
            default ->
                throw new UnsupportedCaptureException(
                        CaptureFormat.SNOOP,
                        "snoop datalink type " + Integer.toUnsignedString(datalink) + " is not known here");
        };
    }

    private int u32(int at) {
        return window.memory().get(U32, window.at() + at);
    }

    @Override
    public CaptureDescription description() {
        return description;
    }

    @Override
    boolean read(Packet packet) throws IOException {
        if (!window.fill(RECORD_HEADER)) {
            int length = window.available();
            if (length == 0) return false;
            throw damaged(DamageKind.CUT_RECORD, "record header cut after " + length + " of 24 bytes");
        }
        int original = u32(0);
        int captured = u32(4);
        int length = u32(8);
        if (lies(captured, length)) {
            throw damaged(
                    DamageKind.LENGTH_LIES,
                    "captured length " + Integer.toUnsignedString(captured) + " does not fit a record of "
                            + Integer.toUnsignedString(length) + " bytes");
        }
        if (!window.fill(length)) {
            // The padding of the last record is no loss.
            if (window.available() < RECORD_HEADER + captured) {
                int there = window.available() - RECORD_HEADER;
                throw damaged(DamageKind.CUT_RECORD, "record data cut after " + there + " of " + captured + " bytes");
            }
            length = window.available();
        }
        MemorySegment memory = window.memory();
        int at = window.at();
        lastSeconds = Integer.toUnsignedLong(u32(16));
        long micros = Integer.toUnsignedLong(u32(20));
        packet.moveTo(
                        memory,
                        at + RECORD_HEADER,
                        captured,
                        original < 0 ? Integer.MAX_VALUE : original,
                        lastSeconds * 1_000_000_000 + micros * 1_000)
                .linkType(linkType)
                .interfaceIndex(0)
                .from(packet.file(), ++number);
        recordPosition = window.position();
        window.skip(length);
        return true;
    }

    private static boolean lies(int captured, int length) {
        return captured < 0
                || captured > LONGEST_RECORD
                || length < RECORD_HEADER + captured
                || length > RECORD_HEADER + captured + MOST_PADDING;
    }

    @Override
    boolean isWhole() {
        if (window.available() < RECORD_HEADER) return false;
        int length = u32(8);
        if (lies(u32(4), length)) return endsAtDamage();
        return length <= window.available();
    }

    /** Two headers in a row that are plausible, or one if the file ends behind it. */
    @Override
    boolean isRecordHere() throws IOException {
        if (!window.fillAmply(RECORD_HEADER)) return false;
        int second = plausibleLength(0);
        if (second < 0) return false;
        if (window.fillAmply(second + RECORD_HEADER)) {
            return plausibleLength(second) >= 0 && isNear(seconds(0), seconds(second));
        }
        return window.available() == second && (number == 0 || isNear(seconds(0), lastSeconds));
    }

    private long seconds(int from) {
        return Integer.toUnsignedLong(u32(from + 16));
    }

    private static boolean isNear(long one, long other) {
        return Math.abs(one - other) <= NEAR;
    }

    /** Bytes of a record whose header lies there, behind where the window stands; -1 if it is none. */
    private int plausibleLength(int from) {
        int captured = u32(from + 4);
        int length = u32(from + 8);
        boolean plausible = captured > 0
                && !lies(captured, length)
                && length <= LONGEST_FOUND
                && u32(from) >= captured
                && Integer.compareUnsigned(u32(from + 20), 1_000_000) < 0;
        return plausible ? length : -1;
    }
}
