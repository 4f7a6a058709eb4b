package io.pairwire.capture.index;

import io.pairwire.capture.MalformedCaptureException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * The first bytes of an index, little endian.
 *
 * <pre>
 *   0  "PWXINDEX"            40  packets                       88  length of the directory
 *   8  version, flags        48  where the last packet ends    92  CRC-32C of the directory
 *  16  length of the capture 56  time of the first packet      96  plain bytes of the capture
 *  24  when it was changed   64  earliest and latest time     104  0 …
 *  32  sample of its bytes   80  where the directory begins   124  CRC-32C of all before
 * </pre>
 *
 * @param capture what it is an index of
 * @param packets in all
 * @param end where the last packet ends, in plain bytes: what lies behind is no packet, or damage
 * @param firstNanos time of the first packet
 * @param plainLength bytes of the capture when it is unpacked, as far as they were read
 */
record IndexHeader(
        int flags,
        FileIdentity capture,
        long packets,
        long end,
        long firstNanos,
        long earliest,
        long latest,
        long directory,
        int directoryLength,
        int directoryCheck,
        long plainLength) {
    static final int LENGTH = 128;

    /** Flows are in it. */
    static final int FULL = 1;

    /** No packet is earlier than one before it. */
    static final int ORDERED = 2;

    /** All packets have times. */
    static final int TIMED = 4;

    /** There are damages that did not end the reading. */
    static final int FLAWED = 8;

    /** Reading ended at a damage. */
    static final int CUT = 16;

    /** The capture is compressed. */
    static final int PACKED = 32;

    private static final long MAGIC = 0x5845444e49585750L; // PWXINDEX
    private static final int VERSION = 1;
    private static final int CHECK_AT = 124;

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    ByteBuffer encode() {
        var bytes = ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(MAGIC).putInt(VERSION).putInt(flags);
        bytes.putLong(capture.length()).putLong(capture.modifiedNanos()).putLong(capture.sample());
        bytes.putLong(packets)
                .putLong(end)
                .putLong(firstNanos)
                .putLong(earliest)
                .putLong(latest);
        bytes.putLong(directory).putInt(directoryLength).putInt(directoryCheck).putLong(plainLength);
        bytes.putInt(CHECK_AT, check(bytes.array(), CHECK_AT));
        return bytes.clear();
    }

    /** @throws MalformedCaptureException if this is no index, or one of another version */
    static IndexHeader decode(byte[] array) throws MalformedCaptureException {
        var bytes = ByteBuffer.wrap(array).order(ByteOrder.LITTLE_ENDIAN);
        if (array.length < LENGTH || bytes.getLong() != MAGIC) throw new MalformedCaptureException(0, "not an index");
        int version = bytes.getInt();
        if (version != VERSION) throw new MalformedCaptureException(8, "index of version " + version);
        if (bytes.getInt(CHECK_AT) != check(array, CHECK_AT)) {
            throw new MalformedCaptureException(CHECK_AT, "header has another check than it states");
        }
        return new IndexHeader(
                bytes.getInt(),
                new FileIdentity(bytes.getLong(), bytes.getLong(), bytes.getLong()),
                bytes.getLong(),
                bytes.getLong(),
                bytes.getLong(),
                bytes.getLong(),
                bytes.getLong(),
                bytes.getLong(),
                bytes.getInt(),
                bytes.getInt(),
                bytes.getLong());
    }

    static int check(byte[] bytes, int length) {
        var sum = new CRC32C();
        sum.update(bytes, 0, length);
        return (int) sum.getValue();
    }
}
