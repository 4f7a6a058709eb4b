package io.pairwire.capture;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Walks the options of a pcapng block: code and length, 16 bits each, and a value padded to four bytes. Numbers are in the
 * byte order of the section.
 */
final class OptionCursor {
    static final int END = 0;
    static final int COMMENT = 1;
    static final int CUSTOM_TEXT = 2988;
    static final int CUSTOM_BYTES = 2989;
    static final int CUSTOM_TEXT_NOT_COPIED = 19372;
    static final int CUSTOM_BYTES_NOT_COPIED = 19373;
    static final int HEADER = 4;

    private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong U64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private MemorySegment memory = MemorySegment.NULL;
    private boolean swapped;
    private long end;
    private long next;
    private long at;
    private int code;
    private int length;
    private boolean overrun;

    /** Begins before the first of the options that lie there. */
    OptionCursor moveTo(MemorySegment memory, long start, long length, ByteOrder order) {
        this.memory = memory;
        swapped = order == ByteOrder.BIG_ENDIAN;
        next = start;
        end = start + length;
        code = END;
        overrun = false;
        return this;
    }

    /** Goes to the next option; false behind the last, at an end mark, and where one reaches past the end. */
    boolean next() {
        if (end - next < HEADER) {
            overrun |= end != next;
            return false;
        }
        int found = u16(next);
        int long16 = u16(next + 2);
        if (found == END) {
            end = next;
            return false;
        }
        if (end - next - HEADER < long16) {
            overrun = true;
            end = next;
            return false;
        }
        code = found;
        length = long16;
        at = next + HEADER;
        next = Math.min(at + (long16 + 3 & ~3), end); // the last one may lack its padding
        return true;
    }

    /** Did {@link #next} meet an option that reaches past the end? */
    boolean overran() {
        return overrun;
    }

    /** Where the next option would begin; after {@link #next} said false, the end of what can be used. */
    long position() {
        return next;
    }

    MemorySegment memory() {
        return memory;
    }

    int code() {
        return code;
    }

    /** Bytes of value. */
    int length() {
        return length;
    }

    /** Where the value begins in the memory. */
    long at() {
        return at;
    }

    /** Is the option that one, with a value of at least so many bytes? */
    boolean is(int code, int length) {
        return this.code == code && this.length >= length;
    }

    /** The value as text, UTF-8, up to a zero byte if there is one. */
    String text() {
        int used = 0;
        while (used < length && memory.get(ValueLayout.JAVA_BYTE, at + used) != 0) used++;
        return new String(bytes(0, used), StandardCharsets.UTF_8);
    }

    /** The value from one of its bytes on, copied. */
    ByteBuffer value(int from) {
        return ByteBuffer.wrap(bytes(from, length - from)).asReadOnlyBuffer();
    }

    private byte[] bytes(int from, int count) {
        byte[] copy = new byte[count];
        MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, at + from, copy, 0, count);
        return copy;
    }

    int u8() {
        return memory.get(ValueLayout.JAVA_BYTE, at) & 0xff;
    }

    int u32() {
        int value = memory.get(U32, at);
        return swapped ? Integer.reverseBytes(value) : value;
    }

    long u64() {
        long value = memory.get(U64, at);
        return swapped ? Long.reverseBytes(value) : value;
    }

    /** Two numbers of 32 bits, the higher first: how pcapng writes times. */
    long time() {
        long value = u64();
        return swapped ? value : value << 32 | value >>> 32;
    }

    private int u16(long from) {
        short value = memory.get(U16, from);
        return (swapped ? Short.reverseBytes(value) : value) & 0xffff;
    }
}
