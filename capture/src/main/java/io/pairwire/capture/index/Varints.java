package io.pairwire.capture.index;

import java.util.Arrays;

/** Bytes that grow: numbers of seven bits a byte, the lowest first, and numbers of fixed length, little endian. */
final class Varints {
    private byte[] bytes = new byte[1 << 16];
    private int length;

    void clear() {
        length = 0;
    }

    int length() {
        return length;
    }

    /** The bytes, which go on behind {@link #length}. */
    byte[] bytes() {
        return bytes;
    }

    void put(long number) {
        if (bytes.length - length < 10) bytes = Arrays.copyOf(bytes, 2 * bytes.length);
        long left = number;
        while ((left & ~0x7fL) != 0) {
            bytes[length++] = (byte) (left | 0x80);
            left >>>= 7;
        }
        bytes[length++] = (byte) left;
    }

    void putFixed(long number, int count) {
        if (bytes.length - length < 8) bytes = Arrays.copyOf(bytes, 2 * bytes.length);
        for (int i = 0; i < count; i++) bytes[length++] = (byte) (number >>> 8 * i);
    }
}
