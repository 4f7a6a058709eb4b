package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * The sum of SCTP: CRC32c, <a href="https://www.rfc-editor.org/rfc/rfc9260">RFC 9260</a> appendix A, one byte at a time by a
 * table. {@link java.util.zip.CRC32C} is faster, but wants an array or a buffer where a packet has neither.
 */
public final class Crc32c {
    private static final int POLYNOMIAL = 0x82f6_3b78; // 0x1edc6f41, bits reversed
    private static final int[] TABLE = table();

    private Crc32c() {}

    private static int[] table() {
        var table = new int[256];
        for (int i = 0; i < table.length; i++) {
            int remainder = i;
            for (int bit = 0; bit < 8; bit++) remainder = remainder >>> 1 ^ (remainder & 1) * POLYNOMIAL;
            table[i] = remainder;
        }
        return table;
    }

    /** What a sum begins with. */
    public static int begin() {
        return ~0;
    }

    /** Adds {@code length} bytes of a packet, which must have been captured. */
    public static int add(int sum, Packet packet, int at, int length) {
        int remainder = sum;
        for (int i = 0; i < length; i++) remainder = addByte(remainder, packet.u8(at + i));
        return remainder;
    }

    /** Adds one byte, 0 to 255. */
    public static int addByte(int sum, int value) {
        return sum >>> 8 ^ TABLE[(sum ^ value) & 0xff];
    }

    /** The sum of all that was added; on the wire it stands with its least significant byte first. */
    public static int end(int sum) {
        return ~sum;
    }
}
