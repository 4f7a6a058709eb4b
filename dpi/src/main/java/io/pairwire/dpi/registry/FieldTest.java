package io.pairwire.dpi.registry;

import io.pairwire.dpi.Payload;

/**
 * A test of a number in a payload, as signatures have them.
 *
 * @param offset of its first byte
 * @param bytes it takes, 1 to 4
 * @param little is the least significant byte first?
 * @param mask which bits count
 * @param times what they are multiplied with: lengths are often counted in words
 * @param comparison of the number with the bound
 * @param ofLength is the bound relative to the length that was sent?
 * @param bound a number, or what is added to the length
 */
record FieldTest(
        int offset,
        int bytes,
        boolean little,
        long mask,
        long times,
        Comparison comparison,
        boolean ofLength,
        long bound) {
    enum Comparison {
        EQUAL,
        UNEQUAL,
        BELOW,
        ABOVE,
        AT_MOST,
        AT_LEAST
    }

    boolean matches(Payload payload) {
        if (!payload.has(offset, bytes)) return false;
        long value = (value(payload) & mask) * times;
        long wanted = ofLength ? payload.sentLength() + bound : bound;
        return switch (comparison) {
            case EQUAL -> value == wanted;
            case UNEQUAL -> value != wanted;
            case BELOW -> value < wanted;
            case ABOVE -> value > wanted;
            case AT_MOST -> value <= wanted;
            case AT_LEAST -> value >= wanted;
        };
    }

    private long value(Payload payload) {
        return switch (bytes) {
            case 1 -> payload.u8(offset);
            case 2 -> little ? payload.littleU16(offset) : payload.u16(offset);
            case 3 ->
                little
                        ? payload.u8(offset) | payload.u8(offset + 1) << 8 | payload.u8(offset + 2) << 16
                        : payload.u24(offset);
            default -> Integer.toUnsignedLong(little ? payload.littleU32(offset) : payload.u32(offset));
        };
    }
}
