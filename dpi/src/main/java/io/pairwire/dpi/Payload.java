package io.pairwire.dpi;

import io.pairwire.decode.stream.Direction;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Bytes that one side of a session sent: a datagram, or a piece of a TCP stream in order.
 *
 * <p>A window that moves: valid until the method returns that got it. Positions count from the first byte of the payload.
 * Every accessor checks that it stays inside and throws {@link IndexOutOfBoundsException} otherwise, so a protocol asks
 * {@link #length} first. Not thread-safe.
 */
public final class Payload {
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGHS = ONES << 7;
    private static final ValueLayout.OfByte U8 = ValueLayout.JAVA_BYTE;
    private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong U64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private MemorySegment memory = MemorySegment.NULL;
    private long start;
    private int length;
    private int sentLength;
    private Direction direction = Direction.ORIGINATOR;
    private long position;
    private long epochNanos;

    /** A view onto nothing. */
    public Payload() {}

    /**
     * Moves the window to a whole payload at the start of its stream.
     *
     * @param length bytes that may be read
     */
    public Payload moveTo(MemorySegment memory, long start, int length, Direction direction) {
        return moveTo(memory, start, length, length, direction, 0, 0);
    }

    /**
     * Moves the window.
     *
     * @param length bytes that may be read
     * @param sentLength bytes that were sent, at least {@code length}
     * @param position of the first byte in its stream; 0 for datagrams
     * @param epochNanos when the packet was captured that brought the last byte
     */
    public Payload moveTo(
            MemorySegment memory,
            long start,
            int length,
            int sentLength,
            Direction direction,
            long position,
            long epochNanos) {
        this.memory = memory;
        this.start = start;
        this.length = length;
        this.sentLength = sentLength;
        this.direction = direction;
        this.position = position;
        this.epochNanos = epochNanos;
        return this;
    }

    /** Bytes that may be read. */
    public int length() {
        return length;
    }

    /** Bytes of the datagram that were sent; more than {@link #length} if the capture cut it. */
    public int sentLength() {
        return sentLength;
    }

    /** Did the capture cut bytes off the end? */
    public boolean isCut() {
        return sentLength > length;
    }

    /** Who sent it. */
    public Direction direction() {
        return direction;
    }

    public boolean fromOriginator() {
        return direction == Direction.ORIGINATOR;
    }

    /** Where the first byte stands in its stream, from 0; 0 for datagrams. */
    public long position() {
        return position;
    }

    /** When the packet was captured that brought the last byte, nanoseconds since 1970. */
    public long epochNanos() {
        return epochNanos;
    }

    /** The memory the window lies on; the payload begins at {@link #start()}. */
    public MemorySegment memory() {
        return memory;
    }

    /** Where the payload begins in {@link #memory()}. */
    public long start() {
        return start;
    }

    /** Are there {@code count} bytes from {@code at} on? */
    public boolean has(int at, int count) {
        return at >= 0 && count >= 0 && length - at >= count;
    }

    public int u8(int at) {
        check(at, 1);
        return memory.get(U8, start + at) & 0xff;
    }

    public int u16(int at) {
        check(at, 2);
        return memory.get(U16, start + at) & 0xffff;
    }

    public int u24(int at) {
        return u8(at) << 16 | u16(at + 1);
    }

    /** Four bytes as an int; use {@link Integer#toUnsignedLong} where the value may exceed 2^31. */
    public int u32(int at) {
        check(at, 4);
        return memory.get(U32, start + at);
    }

    public long u64(int at) {
        check(at, 8);
        return memory.get(U64, start + at);
    }

    public int littleU16(int at) {
        return Short.toUnsignedInt(Short.reverseBytes((short) u16(at)));
    }

    public int littleU32(int at) {
        return Integer.reverseBytes(u32(at));
    }

    private void check(int at, int count) {
        if (at < 0 || length - at < count) {
            throw new IndexOutOfBoundsException(count + " bytes at " + at + " of a payload of " + length);
        }
    }

    /** Do these bytes stand at {@code at}? False if the payload ends before. */
    public boolean matches(int at, byte[] bytes) {
        if (!has(at, bytes.length)) return false;
        for (int i = 0; i < bytes.length; i++) {
            if (memory.get(U8, start + at + i) != bytes[i]) return false;
        }
        return true;
    }

    /** The same for text in ASCII. */
    public boolean matches(int at, String ascii) {
        if (!has(at, ascii.length())) return false;
        for (int i = 0; i < ascii.length(); i++) {
            if (memory.get(U8, start + at + i) != (byte) ascii.charAt(i)) return false;
        }
        return true;
    }

    /** As far as there are bytes at {@code at}, are they those of the text? True if there are none. */
    public boolean mayMatch(int at, String ascii) {
        int shared = Math.min(ascii.length(), Math.max(0, length - at));
        for (int i = 0; i < shared; i++) {
            if (memory.get(U8, start + at + i) != (byte) ascii.charAt(i)) return false;
        }
        return true;
    }

    /** Position of the first byte of that value in {@code from..to}, or -1; looks no further than the end. */
    public int indexOf(int value, int from, int to) {
        int end = Math.min(to, length);
        int i = Math.max(0, from);
        long wanted = (value & 0xff) * ONES;
        for (;
                end - i >= Long.BYTES;
                i += Long.BYTES) { // the highest bit of the first byte that is equal, and perhaps of others
            long different = memory.get(U64, start + i) ^ wanted;
            long equal = (different - ONES) & ~different & HIGHS;
            if (equal != 0) break;
        }
        for (; i < end; i++) {
            if ((memory.get(U8, start + i) & 0xff) == value) return i;
        }
        return -1;
    }

    /** Bytes as ISO 8859-1 text. Allocates. */
    public String text(int at, int count) {
        return new String(bytes(at, count), StandardCharsets.ISO_8859_1);
    }

    /** A copy of some bytes. Allocates. */
    public byte[] bytes(int at, int count) {
        check(at, count);
        var copy = new byte[count];
        MemorySegment.copy(memory, U8, start + at, copy, 0, count);
        return copy;
    }
}
