package io.pairwire.dpi.bytes;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads forward through a range of memory, numbers in network byte order.
 *
 * <p>A step that would leave the range is not taken: it answers 0 or nothing, {@link #failed} is true from then on, and
 * nothing remains. So a parser reads on and asks once at the end. Not thread-safe; valid as long as the memory is.
 */
public final class ByteCursor {
    private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;

    private final byte[] array;
    private final int end;
    private int at;
    private boolean failed;

    /**
     * Reads in place what lies in an array, and a copy of anything else.
     *
     * @param length bytes from {@code at} on that may be read; they lie inside the memory
     */
    public ByteCursor(MemorySegment memory, long at, long length) {
        if (length < 0 || at < 0 || memory.byteSize() - at < length) {
            throw new IllegalArgumentException(
                    length + " bytes at " + at + " do not lie in memory of " + memory.byteSize());
        }
        if (memory.heapBase().orElse(null) instanceof byte[] bytes) {
            array = bytes;
            this.at = (int) (memory.address() + at);
        } else {
            array = memory.asSlice(at, length).toArray(BYTE);
        }
        end = this.at + (int) length;
    }

    /** @param length bytes from {@code at} on that may be read; they lie inside the array, which is read in place */
    public ByteCursor(byte[] array, int at, int length) {
        if (length < 0 || at < 0 || array.length - at < length) {
            throw new IllegalArgumentException(
                    length + " bytes at " + at + " do not lie in an array of " + array.length);
        }
        this.array = array;
        this.at = at;
        end = at + length;
    }

    public ByteCursor(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    /** Did a step not fit? */
    public boolean failed() {
        return failed;
    }

    /** Bytes left; 0 once a step did not fit. */
    public long remaining() {
        return end - at;
    }

    public boolean hasMore() {
        return at < end;
    }

    /** Where the next step reads; only good for {@link #range}, and for distances. */
    public int position() {
        return at;
    }

    /** Another range of the same bytes, which may lie before or behind this one, from a position on. */
    public ByteCursor range(int position, int length) {
        return new ByteCursor(array, position, length);
    }

    /** The bytes that are left, for who wants to look ahead. */
    public ByteCursor rest() {
        return new ByteCursor(array, at, end - at);
    }

    public int u8() {
        return take(1) ? array[at - 1] & 0xff : 0;
    }

    public int u16() {
        return (int) number(2);
    }

    public int u24() {
        return (int) number(3);
    }

    public long u32() {
        return number(4);
    }

    public long u48() {
        return number(6);
    }

    public long u64() {
        return number(8);
    }

    private long number(int length) {
        if (!take(length)) return 0;
        long value = 0;
        for (int i = at - length; i < at; i++) value = value << 8 | array[i] & 0xff;
        return value;
    }

    public int littleU16() {
        return Short.toUnsignedInt(Short.reverseBytes((short) u16()));
    }

    public long littleU32() {
        return Integer.toUnsignedLong(Integer.reverseBytes((int) u32()));
    }

    /** The byte that many behind the next one, without a step; 0 outside the range. */
    public int peek(long ahead) {
        return ahead >= 0 && ahead < end - at ? array[at + (int) ahead] & 0xff : 0;
    }

    public void skip(long length) {
        take(length);
    }

    /** The next bytes as a range of their own, and steps over them; empty and failed if there are not so many. */
    public ByteCursor slice(long length) {
        if (take(length)) return new ByteCursor(array, at - (int) length, (int) length);
        var nothing = new ByteCursor(array, end, 0);
        nothing.failed = true;
        return nothing;
    }

    /**
     * What is there of the next bytes, if not all: for messages that were captured in part. If some are missing both cursors
     * have failed, and the part can be read still.
     */
    public ByteCursor sliceUpTo(long length) {
        int there = (int) Math.min(Math.max(length, 0), remaining());
        var part = new ByteCursor(array, at, there);
        at += there;
        if (there < length) {
            failed = true;
            part.failed = true;
        }
        return part;
    }

    /** Bytes as text, a character each (ISO 8859-1): nothing that was sent is lost or merged. */
    public String text(long length) {
        return take(length) ? text(at - (int) length, (int) length) : "";
    }

    /** What is left, as text. */
    public String restAsText() {
        return text(at, end - at);
    }

    public byte[] bytes(long length) {
        return take(length) ? Arrays.copyOfRange(array, at - (int) length, at) : new byte[0];
    }

    /** Copies the next bytes, which there have to be, without a step. */
    void copyTo(byte[] target, int to, int length) {
        System.arraycopy(array, at, target, to, length);
    }

    /** Do the next bytes read so? Takes no step. */
    public boolean startsWith(String text) {
        if (remaining() < text.length()) return false;
        for (int i = 0; i < text.length(); i++) {
            if ((array[at + i] & 0xff) != text.charAt(i)) return false;
        }
        return true;
    }

    private String text(int from, int length) {
        return new String(array, from, length, StandardCharsets.ISO_8859_1);
    }

    private boolean take(long length) {
        if (length < 0 || end - at < length) {
            failed = true;
            at = end;
            return false;
        }
        at += (int) length;
        return true;
    }
}
