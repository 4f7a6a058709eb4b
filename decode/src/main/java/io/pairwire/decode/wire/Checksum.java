package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The Internet checksum, <a href="https://www.rfc-editor.org/rfc/rfc1071">RFC 1071</a>: the complement of the
 * ones' complement sum of 16-bit words.
 *
 * <p>Sums of pieces may be added to each other; every piece but the last must have an even length. Words are added
 * four bytes at a time, which folds to the same value because 2^16 is 1 modulo 2^16 - 1 (§2 of the RFC).
 */
public final class Checksum {
    private static final VarHandle U32 = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN)
            .withInvokeExactBehavior();

    private Checksum() {}

    /** The sum of {@code length} bytes, to be added to others and folded. */
    public static long sum(byte[] bytes, int from, int length) {
        long sum = 0;
        int at = from;
        int left = length;
        for (; left >= 4; left -= 4, at += 4) sum += Integer.toUnsignedLong((int) U32.get(bytes, at));
        for (; left >= 2; left -= 2, at += 2) sum += (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
        return left == 0 ? sum : sum + ((bytes[at] & 0xff) << 8);
    }

    /** The sum of {@code length} bytes of a packet; they must have been captured. */
    public static long sum(Packet packet, int at, int length) {
        long sum = 0;
        int from = at;
        int left = length;
        for (; left >= 4; left -= 4, from += 4) sum += Integer.toUnsignedLong(packet.u32(from));
        for (; left >= 2; left -= 2, from += 2) sum += packet.u16(from);
        return left == 0 ? sum : sum + (packet.u8(from) << 8);
    }

    /** What the pseudo header of TCP, UDP and ICMPv6 adds (RFC 9293 §3.1, RFC 8200 §8.1); the high halves of IPv4 are 0. */
    public static long pseudoHeader(
            long sourceHigh, long sourceLow, long destinationHigh, long destinationLow, int protocol, int length) {
        return words(sourceHigh)
                + words(sourceLow)
                + words(destinationHigh)
                + words(destinationLow)
                + protocol
                + length;
    }

    private static long words(long value) {
        return (value >>> 32) + (value & 0xffff_ffffL);
    }

    /** The checksum that belongs to a sum, 0 to 65535. Over a range that holds its own right checksum it is 0. */
    public static int fold(long sum) {
        long folded = (sum >>> 32) + (sum & 0xffff_ffffL);
        while (folded >>> 16 != 0) folded = (folded >>> 16) + (folded & 0xffff);
        return (int) ~folded & 0xffff;
    }
}
