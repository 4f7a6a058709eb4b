package io.pairwire.dpi.tls;

import java.util.Arrays;

/** Numbers that clients offer to see whether servers stay calm, <a href="https://www.rfc-editor.org/rfc/rfc8701">RFC 8701</a>. */
public final class Grease {
    private Grease() {}

    /** 0x0a0a, 0x1a1a … 0xfafa. */
    public static boolean isReserved(int number) {
        return (number & 0x0f0f) == 0x0a0a && number >>> 8 == (number & 0xff);
    }

    /** The numbers that mean something. */
    static int[] without(int[] numbers) {
        return Arrays.stream(numbers).filter(number -> !isReserved(number)).toArray();
    }
}
