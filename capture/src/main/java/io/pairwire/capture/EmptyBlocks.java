package io.pairwire.capture;

import java.util.Arrays;

/**
 * Blocks of deflate, <a href="https://www.rfc-editor.org/rfc/rfc1951">RFC 1951</a>, that hold nothing, to begin a stream in the
 * middle of a byte: so many of them that the last ends where the block begins that is wanted.
 *
 * <p>One with fixed codes takes 10 bits, which reaches all even places. For the odd ones there is one with codes of its own,
 * made to take 93.
 */
final class EmptyBlocks {
    private final byte[] bytes = new byte[24];
    private int length;

    private EmptyBlocks() {}

    /**
     * The bytes to begin with.
     *
     * @param bits of the last byte that they fill, the lowest, 1 to 7
     * @param first the byte whose other bits belong to what is wanted
     */
    static byte[] before(int bits, int first) {
        var blocks = new EmptyBlocks();
        int left = bits;
        if (bits % 2 == 1) {
            blocks.ownCodes();
            left = bits - 5 & 7; // 93 mod 8
        }
        for (; left > 0; left -= 2) blocks.fixedCodes();
        blocks.put(first >>> bits, 8 - bits);
        return Arrays.copyOf(blocks.bytes, blocks.length / 8);
    }

    private void put(int value, int count) {
        for (int i = 0; i < count; i++, length++) {
            if ((value >>> i & 1) != 0) bytes[length / 8] |= (byte) (1 << length % 8);
        }
    }

    private void fixedCodes() {
        put(0b010, 3); // not the last, fixed codes
        put(0, 7); // end of block
    }

    private void ownCodes() {
        put(0b100, 3); // not the last, codes of its own
        put(0, 5); // 257 literals and lengths
        put(0, 5); // one distance
        put(14, 4); // 18 lengths of codes for lengths, in the order of the RFC
        int[] order = {0, 0, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2};
        for (int each : order) put(each, 3);
        // 0 is "0", 1 is "10", 18 (zeros, 11 and more) is "11"
        put(0b11, 2);
        put(127, 7); // 138 zeros
        put(0b11, 2);
        put(107, 7); // 118 zeros
        put(0b01, 2); // end of block has one bit
        put(0, 1); // no distance
        put(0, 1); // end of block
    }
}
