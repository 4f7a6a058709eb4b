package io.pairwire.dpi;

import io.pairwire.decode.stream.Direction;
import io.pairwire.dpi.bytes.ByteCursor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

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
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final byte[] NOTHING = {};

    /** Bytes that are copied when the first is read; most protocols say no after fewer. */
    private static final int FIRST_COPIED = 256;

    // Bytes are read from an array: the buffer of a stream itself, otherwise a copy that is made as far as it is read.
    // Protocols are many and each runs seldom, so most of their code is interpreted or hardly optimised for long, where
    // reading a memory segment takes some fifty times as long as reading an array, and compiling it as well.
    private byte[] bytes = NOTHING;
    private int base;
    private int copied;
    private byte[] own = NOTHING;

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
        if (!memory.isNative() && memory.heapBase().orElse(NOTHING) instanceof byte[] array && array.length > 0) {
            Objects.checkFromIndexSize(start, length, memory.byteSize());
            bytes = array;
            base = (int) (memory.address() + start);
            copied = length;
        } else {
            bytes = own;
            base = 0;
            copied = 0;
        }
        return this;
    }

    /** Copies more of a payload that does not lie in an array. */
    private void copy(int wanted) {
        int until = wanted <= FIRST_COPIED ? Math.min(FIRST_COPIED, length) : length;
        if (own.length < until) own = Arrays.copyOf(own, Math.max(until, 2 * FIRST_COPIED));
        bytes = own;
        MemorySegment.copy(memory, U8, start + copied, own, copied, until - copied);
        copied = until;
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
        return bytes[base + at] & 0xff;
    }

    public int u16(int at) {
        check(at, 2);
        int i = base + at;
        return (bytes[i] & 0xff) << 8 | bytes[i + 1] & 0xff;
    }

    public int u24(int at) {
        return u8(at) << 16 | u16(at + 1);
    }

    /** Four bytes as an int; use {@link Integer#toUnsignedLong} where the value may exceed 2^31. */
    public int u32(int at) {
        check(at, 4);
        int i = base + at;
        return bytes[i] << 24 | (bytes[i + 1] & 0xff) << 16 | (bytes[i + 2] & 0xff) << 8 | bytes[i + 3] & 0xff;
    }

    public long u64(int at) {
        check(at, 8);
        return (long) u32(at) << 32 | u32(at + 4) & 0xffff_ffffL;
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
        if (copied - at < count) copy(at + count);
    }

    /** Do these bytes stand at {@code at}? False if the payload ends before. */
    public boolean matches(int at, byte[] wanted) {
        if (!has(at, wanted.length)) return false;
        check(at, wanted.length);
        return Arrays.equals(bytes, base + at, base + at + wanted.length, wanted, 0, wanted.length);
    }

    /** The same for text in ASCII. */
    public boolean matches(int at, String ascii) {
        return has(at, ascii.length()) && equal(at, ascii, ascii.length());
    }

    /** As far as there are bytes at {@code at}, are they those of the text? True if there are none. */
    public boolean mayMatch(int at, String ascii) {
        return equal(at, ascii, Math.min(ascii.length(), Math.max(0, length - at)));
    }

    private boolean equal(int at, String ascii, int count) {
        if (count == 0) return true;
        check(at, count);
        for (int i = 0; i < count; i++) {
            if (bytes[base + at + i] != (byte) ascii.charAt(i)) return false;
        }
        return true;
    }

    /** Position of the first byte of that value in {@code from..to}, or -1; looks no further than the end. */
    public int indexOf(int value, int from, int to) {
        int end = Math.min(to, length);
        int i = Math.max(0, from);
        if (i >= end) return -1;
        check(i, end - i);
        long wanted = (value & 0xff) * ONES;
        while (end - i >= Long.BYTES) { // the highest bit of the first byte that is equal, and perhaps of others
            long different = (long) LONG.get(bytes, base + i) ^ wanted;
            long equal = (different - ONES) & ~different & HIGHS;
            if (equal != 0) break;
            i += Long.BYTES;
        }
        for (; i < end; i++) {
            if ((bytes[base + i] & 0xff) == value) return i;
        }
        return -1;
    }

    /** Bytes as ISO 8859-1 text. Allocates. */
    public String text(int at, int count) {
        check(at, count);
        return new String(bytes, base + at, count, StandardCharsets.ISO_8859_1);
    }

    /** A copy of some bytes. Allocates. */
    public byte[] bytes(int at, int count) {
        check(at, count);
        return Arrays.copyOfRange(bytes, base + at, base + at + count);
    }

    /** Reads forward through some bytes; valid as long as the window stays. */
    public ByteCursor cursor(int at, int count) {
        check(at, count);
        return new ByteCursor(bytes, base + at, count);
    }
}
