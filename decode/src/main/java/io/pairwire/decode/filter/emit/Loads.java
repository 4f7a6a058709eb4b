package io.pairwire.decode.filter.emit;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** What emitted code calls; all of it is inlined there. Numbers are unsigned, 32 bits. */
final class Loads {
    private static final ValueLayout.OfByte U8 = ValueLayout.JAVA_BYTE;
    private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong U64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private Loads() {}

    static int u8(MemorySegment memory, long at) {
        return memory.get(U8, at) & 0xff;
    }

    static int u16(MemorySegment memory, long at) {
        return memory.get(U16, at) & 0xffff;
    }

    static int u32(MemorySegment memory, long at) {
        return memory.get(U32, at);
    }

    static long four(MemorySegment memory, long at) {
        return memory.get(U32, at) & 0xffff_ffffL;
    }

    static long eight(MemorySegment memory, long at) {
        return memory.get(U64, at);
    }

    /** Does a load end behind the captured bytes? {@code offsetAndWidth} is their sum, not negative. */
    static boolean isOutside(int base, long offsetAndWidth, int captured) {
        return (base & 0xffff_ffffL) + offsetAndWidth > captured;
    }

    static long place(long start, int base, long offset) {
        return start + (base & 0xffff_ffffL) + offset;
    }

    static int shiftLeft(int value, int by) {
        return by >= 0 && by < 32 ? value << by : 0;
    }

    static int shiftRight(int value, int by) {
        return by >= 0 && by < 32 ? value >>> by : 0;
    }
}
