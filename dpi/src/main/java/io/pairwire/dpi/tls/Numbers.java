package io.pairwire.dpi.tls;

import io.pairwire.dpi.bytes.ByteCursor;

/** Lists of numbers as hellos have them. */
final class Numbers {
    static final int[] NONE = {};

    private Numbers() {}

    /** All numbers of two bytes that a range holds whole. */
    static int[] u16s(ByteCursor list) {
        int[] numbers = new int[(int) (list.remaining() / 2)];
        for (int i = 0; i < numbers.length; i++) numbers[i] = list.u16();
        return numbers;
    }

    static int[] u8s(ByteCursor list) {
        int[] numbers = new int[(int) list.remaining()];
        for (int i = 0; i < numbers.length; i++) numbers[i] = list.u8();
        return numbers;
    }
}
